using Unroll.Training;

namespace Unroll.Models;

/// <content>The same methods on another engine.</content>
public partial class Model
{
    /// <summary>The loss of each output, or one for all.</summary>
    internal IReadOnlyList<Loss> OutputLosses => _losses;

    /// <summary>The metrics of each output.</summary>
    internal IReadOnlyList<Metric> Metrics => _metrics;

    /// <summary>What is wrong with a number that is not finite.</summary>
    internal InvalidOperationException NotFinite(string what, bool isNaN, string where) => new(
        $"{Name}: the {what} became {(isNaN ? "NaN" : "infinite")} {where}. " +
        "Look for NaN or huge numbers in x and y, or lower the learning rate.");

    /// <summary>Makes the engine ready, after the checks that the managed engine makes on its way through the layers.</summary>
    private EngineRun StartOn(Engine engine, Tensors x, Tensors? y, int batchSize, EngineTask task)
    {
        var shapes = BatchShapes(x, batchSize);
        EnsureBuilt(shapes, from: null);
        var outputs = OutputShapes(shapes);
        if (y is not null)
            CheckTruth(y, outputs);
        return engine.Start(this, x, y, task);
    }

    private EngineRuns StartFit(Engine engine, Tensors x, Tensors y, int batchSize, (Tensors X, Tensors Y)? validation)
    {
        var training = StartOn(engine, x, y, batchSize, EngineTask.Fit);
        try
        {
            return new EngineRuns(training, validation is { } data ? StartOn(engine, data.X, data.Y, batchSize, EngineTask.Evaluate) : null);
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    private Tensors PredictOn(Engine engine, Tensors x, int batchSize)
    {
        using var run = StartOn(engine, x, null, batchSize, EngineTask.Predict);
        var samples = x[0].Shape[0];
        var parts = Batches.Ranges(samples, batchSize).Select(range => run.Predict(range.Start, range.Count)).ToList();
        run.HandBack();
        return Joined(parts);
    }

    private static RunningMeans MeansOn(EngineRun run, Model model, int samples, int batchSize)
    {
        var means = new RunningMeans();
        foreach (var (start, count) in Batches.Ranges(samples, batchSize))
            model.AddTo(means, run.Evaluate(start, count), count);
        return means;
    }

    private RunningMeans EvaluateOn(Engine engine, Tensors x, Tensors y, int batchSize)
    {
        using var run = StartOn(engine, x, y, batchSize, EngineTask.Evaluate);
        var means = MeansOn(run, this, x[0].Shape[0], batchSize);
        run.HandBack();
        return means;
    }

    private void TrainOnBatchOn(Engine engine, Tensors x, Tensors y, RunningMeans means)
    {
        var samples = x[0].Shape[0];
        using var run = StartOn(engine, x, y, samples, EngineTask.TrainOnBatch);
        AddTo(means, run.Train(null, 0, samples, "in TrainOnBatch"), samples);
        run.HandBack();
    }

    /// <summary>Has callbacks look at the model as it is, and takes over what they change.</summary>
    private static void Tell(IReadOnlyList<Callback> callbacks, EngineRun? run, Action<Callback> tell)
    {
        if (callbacks.Count == 0)
            return;
        run?.HandBack();
        foreach (var callback in callbacks)
            tell(callback);
        run?.TakeOver();
    }

    private void AddTo(RunningMeans means, BatchResult result, int samples)
    {
        means.Add("loss", result.Losses.Aggregate((sum, loss) => sum + loss), samples);
        for (var i = 0; i < result.Losses.Count && result.Losses.Count > 1; i++)
            means.Add($"{OutputName(i)}_loss", result.Losses[i], samples);
        for (var i = 0; i < result.Losses.Count; i++)
        {
            foreach (var (metric, value) in _metrics.Zip(result.Metrics[i]))
                means.Add(result.Losses.Count == 1 ? metric.Name : $"{OutputName(i)}_{metric.Name}", value, samples);
        }
    }

    private void CheckTruth(Tensors y, IReadOnlyList<Shape> outputs)
    {
        CheckOutputCount(y.Count, outputs.Count);
        for (var i = 0; i < outputs.Count; i++)
            LossFor(i).CheckShapes(y[i].Shape.With(0, null), outputs[i].With(0, null));
    }
}
