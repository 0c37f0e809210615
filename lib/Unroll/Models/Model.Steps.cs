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
        CancellationToken cancellationToken)
    {
        var means = new RunningMeans();
        var count = Batches.Count(x, batchSize);
        var order = shuffle ? new RandomState(Session.Current.NextSeed()).Permutation(x[0].Shape[0]) : null;
        var batch = 0;
        foreach (var (batchX, batchY) in Batches.Of(x, batchSize, order).Zip(Batches.Of(y, batchSize, order)))
        {
            // Asked by its handle, the token also lets an interrupt of the thread in: a notebook's stop button ends training here.
            if (cancellationToken.WaitHandle.WaitOne(0))
                cancellationToken.ThrowIfCancellationRequested();
            TrainStep(batchX, batchY, means, $"in epoch {epoch + 1}, batch {batch + 1} of {count}");
            var soFar = means.Values();
            progress.Update(batch + 1, soFar);
            foreach (var callback in callbacks)
                callback.OnTrainBatchEnd(batch, soFar);
            batch++;
        }

        var logs = new OrderedDictionary<string, float>(means.Values(), StringComparer.Ordinal);
        if (validationData is { } data)
        {
            foreach (var (name, value) in Means(data.X, data.Y, batchSize).Values("val_"))
                logs[name] = value;
        }

        progress.Finish(logs);
        return logs;
    }

    /// <summary>One step, or none: whatever goes wrong is found before a weight is changed, and states are put back.</summary>
    private void TrainStep(Tensors x, Tensors y, RunningMeans means, string where)
    {
        var variables = TrainableWeights;
        var keepers = IsBoundToBatch ? StateKeepers().ToArray() : [];
        try
        {
            using var tape = new GradientTape();
            var loss = LossOf(y, ApplyAll(x, training: true), means, x[0].Shape[0]);
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
        if (value.IsFinite)
            return;
        throw new InvalidOperationException(
            $"{Name}: the {what} became {(value.Values.IndexOf(float.NaN) >= 0 ? "NaN" : "infinite")} {where}. " +
            "Look for NaN or huge numbers in x and y, or lower the learning rate.");
    }

    private RunningMeans Means(Tensors x, Tensors y, int batchSize)
    {
        var means = new RunningMeans();
        foreach (var (batchX, batchY) in Batches.Of(x, batchSize).Zip(Batches.Of(y, batchSize)))
            LossOf(batchY, ApplyAll(batchX), means, batchX[0].Shape[0]);
        return means;
    }

    /// <summary>The sum of the outputs' losses; adds losses and metrics to the means.</summary>
    private Tensor LossOf(Tensors y, Tensors predictions, RunningMeans means, int samples)
    {
        if (y.Count != predictions.Count)
            throw new ArgumentException($"{Name} gives {predictions.Count} outputs but y holds {y.Count}.");
        if (_losses.Length != 1 && _losses.Length != predictions.Count)
            throw new ArgumentException($"{Name} gives {predictions.Count} outputs but was compiled with {_losses.Length} losses.");
        var each = predictions.Select((prediction, i) => _losses[_losses.Length == 1 ? 0 : i].Call(y[i], prediction)).ToList();
        var total = each.Aggregate((sum, loss) => sum + loss);
        means.Add("loss", total.Item(), samples);
        for (var i = 0; i < each.Count && each.Count > 1; i++)
            means.Add($"{OutputName(i)}_loss", each[i].Item(), samples);
        for (var i = 0; i < each.Count; i++)
        {
            foreach (var metric in _metrics)
                means.Add(each.Count == 1 ? metric.Name : $"{OutputName(i)}_{metric.Name}", metric.Call(y[i], predictions[i]), samples);
        }

        return total;
    }

    private string OutputName(int i) => LayerGraph is { } graph && graph.Outputs.Select(output => output.Layer).Distinct().Count() == graph.Outputs.Count
        ? graph.Outputs[i].Layer.Name
        : $"output_{i + 1}";
}
