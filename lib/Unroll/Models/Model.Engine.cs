using Unroll.Training;

namespace Unroll.Models;

/// <content>The same methods on another engine.</content>
public partial class Model
{
    /// <summary>What is wrong with a number that is not finite.</summary>
    internal NotFiniteException NotFinite(string what, bool isNaN, string where) => new(
        $"{Name}: the {what} became {(isNaN ? "NaN" : "infinite")} {where}. " +
        "Look for NaN or huge numbers in x and y, or lower the learning rate.");

    /// <summary>Makes the engine ready, after the checks that the managed engine makes on its way through the layers.</summary>
    private EngineRun StartOn(Engine engine, Samples data, int batchSize, EngineTask task) =>
        StartOn(engine, data.X, data.Y, data.Weights, batchSize, task);

    private EngineRun StartOn(Engine engine, Tensors x, Tensors? y, Tensors? weights, int batchSize, EngineTask task)
    {
        var shapes = BatchShapes(x, batchSize);
        EnsureBuilt(shapes, from: null);
        var outputs = OutputShapes(shapes);
        if (y is not null)
            CheckTruth(y, outputs);
        return engine.Start(this, x, y, weights, task);
    }

    private EngineRuns StartFit(Engine engine, Samples data, Samples? validation, int batchSize, int validationBatchSize)
    {
        var training = StartOn(engine, data, batchSize, EngineTask.Fit);
        try
        {
            return new EngineRuns(training, validation is null ? null : StartOn(engine, validation, validationBatchSize, EngineTask.Evaluate));
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    private void TrainOnBatchOn(Engine engine, Samples batch, Tally tally, string where)
    {
        using var run = StartOn(engine, batch, batch.Count, EngineTask.TrainOnBatch);
        AddTo(tally, run.Train(null, 0, batch.Count, where), batch.Count, () => batch);
        run.HandBack();
    }

    private void TestOnBatchOn(Engine engine, Samples batch, Tally tally)
    {
        using var run = StartOn(engine, batch, batch.Count, EngineTask.Evaluate);
        AddTo(tally, run.Evaluate(0, batch.Count), batch.Count, () => batch);
        run.HandBack();
    }

    private void AddTo(Tally tally, BatchResult result, int samples, Func<Samples> batch)
    {
        var total = result.Losses.Select((loss, i) => (float)LossWeight(i) * loss).Aggregate((sum, loss) => sum + loss);
        tally.Add(total, result.Losses, samples, batch, result.Outputs);
    }

    private void CheckTruth(Tensors y, IReadOnlyList<Shape> outputs)
    {
        CheckOutputCount(y.Count, outputs.Count);
        for (var i = 0; i < outputs.Count; i++)
            LossFor(i).CheckShapes(y[i].Shape.With(0, null), outputs[i].With(0, null));
    }
}
