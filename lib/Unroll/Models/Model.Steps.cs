using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Models;

/// <content>The steps of training and of a test.</content>
public partial class Model
{
    private DirectTraining[] _direct = [];
    private (Layer[] Line, Shape Shape)? _tapeFollows;

    /// <summary>A step for each batch of an epoch; each adds its numbers, and is told where it is, for errors.</summary>
    private IEnumerable<Action<Tally, string>> TrainSteps(Samples data, int batchSize, bool shuffle, EngineRun? run)
    {
        var order = shuffle ? new RandomState(Session.Current.NextSeed()).Permutation(data.Count) : null;
        foreach (var (start, count) in Batches.Ranges(data.Count, batchSize))
        {
            yield return (tally, where) =>
            {
                if (run is null)
                    TrainStep(data.Part(start, count, order), tally, where);
                else
                    AddTo(tally, run.Train(order, start, count, where), count, () => data.Part(start, count, order));
            };
        }
    }

    private IEnumerable<Action<Tally>> TestSteps(Samples data, int batchSize, EngineRun? run)
    {
        foreach (var (start, count) in Batches.Ranges(data.Count, batchSize))
        {
            yield return tally =>
            {
                Samples Batch() => data.Part(start, count, order: null);
                if (run is null)
                    TestStep(Batch(), tally);
                else
                    AddTo(tally, run.Evaluate(start, count), count, Batch);
            };
        }
    }

    /// <summary>One step, or none: whatever goes wrong is found before a weight is changed, and states are put back.</summary>
    private void TrainStep(Samples batch, Tally tally, string where)
    {
        if (DirectFor(batch) is { } direct)
            TrainDirectly(direct, batch, tally, where);
        else
            TrainOnTape(batch, tally, where);
    }

    private void TrainOnTape(Samples batch, Tally tally, string where)
    {
        var variables = TrainableWeights;
        var keepers = StateKeepers().ToArray();
        try
        {
            using var tape = new GradientTape();
            var loss = LossOf(batch, training: true, tally, where);
            if (variables.Count == 0)
                return;
            var gradients = tape.Gradient(loss, variables);
            for (var i = 0; i < gradients.Length; i++)
                if (gradients[i] is { } gradient)
                    CheckFinite($"gradient of {variables[i].Name}", gradient, where);
            _optimizer!.ApplyGradients(gradients, variables);
        }
        catch
        {
            foreach (var putBack in keepers)
                putBack();
            throw;
        }
    }

    private void TrainDirectly(DirectTraining direct, Samples batch, Tally tally, string where)
    {
        var loss = direct.Loss(batch.X[0], batch.Y[0]);
        if (!float.IsFinite(loss))
            throw NotFinite("loss", float.IsNaN(loss), where);

        // The output's memory is the next step's too, and a metric may keep what it is given.
        var hasMetrics = _metrics.Length + _weightedMetrics.Length > 0 || _metricsByName is not null;
        tally.Add(loss, [loss], batch.Count, () => batch, hasMetrics ? direct.Output.Copy() : null);
        direct.Backward(batch.X[0]);
        for (var i = 0; i < direct.Gradients.Length; i++)
            CheckFinite($"gradient of {direct.Variables[i].Name}", direct.Gradients[i], where);
        _optimizer!.ApplyGradients(direct.Gradients, direct.Variables);
    }

    /// <summary>How to make steps like this one without a tape; null where one is needed.</summary>
    private DirectTraining? DirectFor(Samples batch)
    {
        var isPlain = batch is { X.Count: 1, Y.Count: 1, Weights: null } && batch.X[0].Mask is null &&
            _losses is [MeanSquaredError] && _lossByName is null && _lossWeights is null &&
            Trainable && IsCalledAs(typeof(Model)) && !GradientTape.IsRecording;
        if (!isPlain || LineFor(batch.X[0].Shape) is not { } line)
            return null;
        var shape = batch.X[0].Shape;
        var direct = Array.Find(_direct, known => known.IsFor(line, shape));
        if (direct is null && _tapeFollows != (line, shape))
        {
            direct = DirectTraining.Of(line, shape);
            if (direct is null)
                _tapeFollows = (line, shape);
            else
                // Two shapes come in turn where the last batch of an epoch is smaller.
                _direct = [direct, .. _direct.Where(one => one.Line == line).Take(1)];
        }

        return direct is { IsTrainable: true } && direct.Output.Shape == batch.Y[0].Shape ? direct : null;
    }

    private void TestStep(Samples batch, Tally tally) => LossOf(batch, training: false, tally);

    private void CheckFinite(string what, Tensor value, string where)
    {
        if (!value.IsFinite)
            throw NotFinite(what, value.Values.IndexOf(float.NaN) >= 0, where);
    }

    /// <summary>What training makes small, for a batch: the losses of the outputs, and what layers add. Adds losses and metrics to the tally.</summary>
    /// <param name="batch">The data.</param>
    /// <param name="training">Whether this is a step of training.</param>
    /// <param name="tally">Where the numbers go.</param>
    /// <param name="where">Where in a training this is: a loss that is not finite is an error there. Null in a test.</param>
    private Tensor LossOf(Samples batch, bool training, Tally tally, string? where = null)
    {
        using var added = CallLosses.Collect();
        var predictions = ApplyAll(batch.X, training);
        CheckOutputCount(batch.Y.Count, predictions.Count);
        var each = predictions.Select((prediction, i) => LossFor(i).Call(batch.Y[i], prediction, batch.WeightsOf(i))).ToList();
        var total = each.Select((loss, i) => LossWeight(i) is var weight and not 1 ? loss * (float)weight : loss)
            .Concat(Losses).Concat(added.Losses).Aggregate((sum, loss) => sum + loss);
        if (where is not null)
            CheckFinite("loss", total, where);
        tally.Add(total.Item(), [.. each.Select(loss => loss.Item())], batch.Count, () => batch, predictions);
        return total;
    }

    internal string OutputName(int i) => LayerGraph is { } graph && graph.Outputs.Select(output => output.Layer).Distinct().Count() == graph.Outputs.Count
        ? graph.Outputs[i].Layer.Name
        : $"output_{i + 1}";
}
