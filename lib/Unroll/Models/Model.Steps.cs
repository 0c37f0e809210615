using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Models;

/// <content>The steps of training.</content>
public partial class Model
{
    private IReadOnlyDictionary<string, float> FitEpoch(
        int epoch,
        Tensors x,
        Tensors y,
        int batchSize,
        ProgressBar progress,
        IReadOnlyList<Callback> callbacks,
        (Tensors X, Tensors Y)? validationData,
        bool shuffle,
        EngineRuns? runs,
        CancellationToken cancellationToken)
    {
        var means = new RunningMeans();
        var (samples, count) = (x[0].Shape[0], Batches.Count(x, batchSize));
        var order = shuffle ? new RandomState(Session.Current.NextSeed()).Permutation(samples) : null;
        Callback[] hearers = [.. callbacks.Where(callback => callback.HearsBatches)];
        foreach (var (batch, (start, size)) in Batches.Ranges(samples, batchSize).Index())
        {
            // Asked by its handle, the token also lets an interrupt of the thread in: a notebook's stop button ends training here.
            if (cancellationToken.WaitHandle.WaitOne(0))
                cancellationToken.ThrowIfCancellationRequested();
            var where = $"in epoch {epoch + 1}, batch {batch + 1} of {count}";
            if (runs is null)
                TrainStep(Batches.Part(x, start, size, order), Batches.Part(y, start, size, order), means, where);
            else
                AddTo(means, runs.Training.Train(order, start, size, where), size);
            var soFar = means.Values();
            progress.Update(batch + 1, soFar);
            Tell(hearers, runs?.Training, callback => callback.OnTrainBatchEnd(batch, soFar));
        }

        var logs = new OrderedDictionary<string, float>(means.Values(), StringComparer.Ordinal);
        if (validationData is { } data)
        {
            var validated = runs is null ? Means(data.X, data.Y, batchSize) : MeansOn(runs.Validation!, this, data.X[0].Shape[0], batchSize);
            foreach (var (name, value) in validated.Values("val_"))
                logs[name] = value;
        }

        progress.Finish(logs);
        return logs;
    }

    /// <summary>One step, or none: whatever goes wrong is found before a weight is changed, and states are put back.</summary>
    private void TrainStep(Tensors x, Tensors y, RunningMeans means, string where)
    {
        var variables = TrainableWeights;
        var keepers = StateKeepers().ToArray();
        try
        {
            using var tape = new GradientTape();
            var loss = LossOf(x, y, training: true, means);
            CheckFinite("loss", loss, where);
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

    private void CheckFinite(string what, Tensor value, string where)
    {
        if (!value.IsFinite)
            throw NotFinite(what, value.Values.IndexOf(float.NaN) >= 0, where);
    }

    private RunningMeans Means(Tensors x, Tensors y, int batchSize)
    {
        var means = new RunningMeans();
        foreach (var (batchX, batchY) in Batches.Of(x, batchSize).Zip(Batches.Of(y, batchSize)))
            LossOf(batchX, batchY, training: false, means);
        return means;
    }

    /// <summary>The sum of the outputs' losses and of what layers add to them; adds losses and metrics to the means.</summary>
    private Tensor LossOf(Tensors x, Tensors y, bool training, RunningMeans means)
    {
        using var added = CallLosses.Collect();
        var (predictions, samples) = (ApplyAll(x, training), x[0].Shape[0]);
        CheckOutputCount(y.Count, predictions.Count);
        var each = predictions.Select((prediction, i) => LossFor(i).Call(y[i], prediction)).ToList();
        var total = each.Concat(Losses).Concat(added.Losses).Aggregate((sum, loss) => sum + loss);
        means.Add("loss", total.Item(), samples);
        for (var i = 0; i < each.Count && each.Count > 1; i++)
            means.Add($"{OutputName(i)}_loss", each[i].Item(), samples);
        for (var i = 0; i < each.Count; i++)
        {
            var weight = MaskedMean.Weight(samples, predictions[i].Mask);
            foreach (var metric in _metrics)
                means.Add(each.Count == 1 ? metric.Name : $"{OutputName(i)}_{metric.Name}", metric.Call(y[i], predictions[i]), weight);
        }

        return total;
    }

    private void CheckOutputCount(int truths, int outputs)
    {
        if (truths != outputs)
            throw new ArgumentException($"{Name} gives {outputs} outputs but y holds {truths}.");
        if (_losses.Length != 1 && _losses.Length != outputs)
            throw new ArgumentException($"{Name} gives {outputs} outputs but was compiled with {_losses.Length} losses.");
    }

    /// <summary>The loss of an output.</summary>
    internal Loss LossFor(int output) => _losses[_losses.Length == 1 ? 0 : output];

    private string OutputName(int i) => LayerGraph is { } graph && graph.Outputs.Select(output => output.Layer).Distinct().Count() == graph.Outputs.Count
        ? graph.Outputs[i].Layer.Name
        : $"output_{i + 1}";
}
