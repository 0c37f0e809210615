using Unroll.Training;

namespace Unroll.Models;

public partial class Model
{
    private static readonly ManualResetEvent InterruptionPoint = new(initialState: true);

    private Optimizer? _optimizer;
    private Loss[] _losses = [];
    private Metric[] _metrics = [];

    /// <summary>The rule that changes the weights.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Optimizer Optimizer => Compiled(nameof(Optimizer));

    /// <summary>Chooses how to train: <c>model.Compile(optimizer: "adam", loss: "mse")</c>.</summary>
    /// <param name="optimizer">A name, <c>"sgd"</c>, <c>"rmsprop"</c> or <c>"adam"</c>, or an object.</param>
    /// <param name="loss">A name, <c>"mse"</c>, <c>"mae"</c>, <c>"binaryCrossentropy"</c> or <c>"categoricalCrossentropy"</c>, or an
    /// object; the same for each output.</param>
    /// <param name="metrics">Names, <c>"accuracy"</c>, <c>"mae"</c>, <c>"mse"</c>, or objects, reported for each output under Keras' name.</param>
    /// <exception cref="ArgumentException">A name is unknown; the nearest known one is named.</exception>
    public void Compile(Optimizer optimizer, Loss loss, IReadOnlyList<Metric>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Compile(optimizer, [loss], metrics);
    }

    /// <summary>Chooses how to train, with a loss for each output; the losses are added.</summary>
    /// <inheritdoc cref="Compile(Optimizer, Loss, IReadOnlyList{Metric}?)"/>
    public void Compile(Optimizer optimizer, IReadOnlyList<Loss> loss, IReadOnlyList<Metric>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        NullCheck.Items(loss);
        if (metrics is not null) NullCheck.Items(metrics);
        if (loss.Count == 0) throw new ArgumentException($"{Name}: Compile needs a loss.", nameof(loss));
        _optimizer = optimizer;
        _losses = [.. loss];
        _metrics = [.. metrics ?? []];
    }

    /// <summary>Trains on data, batch by batch, and returns the numbers of every epoch.</summary>
    /// <param name="x">The input, (samples, …), or several in brackets.</param>
    /// <param name="y">The truth, (samples, …), or several in brackets.</param>
    /// <param name="batchSize">How many samples make one step.</param>
    /// <param name="epochs">How often the data are gone through.</param>
    /// <param name="verbose">0 prints nothing, 1 a bar for each epoch, 2 a line for each epoch.</param>
    /// <param name="callbacks">What else is to be done on the way.</param>
    /// <param name="validationSplit">The share of the last samples that is kept out of training, to validate.</param>
    /// <param name="validationData">Data to validate with after each epoch.</param>
    /// <param name="shuffle">Whether samples are put in another order before each epoch.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, or the loss became NaN or infinite; the step is not made then.</exception>
    /// <exception cref="ArgumentException">The data do not fit each other or the model.</exception>
    /// <exception cref="ThreadInterruptedException"><see cref="Thread.Interrupt"/> ended the training between two batches.</exception>
    public History Fit(
        Tensors x,
        Tensors y,
        int batchSize = 32,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        double validationSplit = 0,
        (Tensors X, Tensors Y)? validationData = null,
        bool shuffle = true)
    {
        Compiled(nameof(Fit));
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, batchSize, Name);
        CheckVerbose(verbose);
        if (callbacks is not null) NullCheck.Items(callbacks);
        if (epochs <= 0) throw new ArgumentException($"{Name}: epochs must be a positive whole number but is {epochs}.");
        if (validationSplit is < 0 or >= 1 || double.IsNaN(validationSplit))
            throw new ArgumentException(FormattableString.Invariant($"{Name}: validationSplit must be at least 0 and below 1 but is {validationSplit}."));
        if (validationData is null && validationSplit > 0) (x, y, validationData) = Batches.SplitOff(x, y, validationSplit, Name);
        BuildFor(x, batchSize);
        if (validationData is { } data) CheckValidation(data.X, data.Y, x, batchSize);

        var history = new History();
        callbacks ??= [];
        foreach (var callback in callbacks)
        {
            callback.Model = this;
            callback.OnTrainBegin();
        }

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var callback in callbacks) callback.OnEpochBegin(epoch);
            if (verbose != 0) Console.WriteLine($"Epoch {epoch + 1}/{epochs}");
            var logs = FitEpoch(epoch, x, y, batchSize, verbose, callbacks, validationData, shuffle);
            history.Add(epoch, logs);
            foreach (var callback in callbacks) callback.OnEpochEnd(epoch, logs);
        }

        foreach (var callback in callbacks) callback.OnTrainEnd();
        return history;
    }

    /// <summary>Makes one training step on one batch; returns the loss, then the metrics.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is not compiled, or the loss is NaN or infinite; nothing is changed then.
    /// </exception>
    public float[] TrainOnBatch(Tensors x, Tensors y)
    {
        Compiled(nameof(TrainOnBatch));
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, 1, Name);
        EnsureBuilt([.. x.Select(input => input.Shape)], from: null);
        var means = new RunningMeans();
        TrainStep(x, y, means, "in TrainOnBatch");
        return [.. means.Values().Values];
    }

    /// <summary>The loss, then the metrics, on data: means over all samples.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public float[] Evaluate(Tensors x, Tensors y, int batchSize = 32, int verbose = 1)
    {
        Compiled(nameof(Evaluate));
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, batchSize, Name);
        CheckVerbose(verbose);
        CheckLastBatch(x, batchSize);
        var progress = new ProgressBar(verbose, Batches.Count(x, batchSize));
        var logs = Means(x, y, batchSize).Values();
        progress.Finish(logs);
        return [.. logs.Values];
    }

    /// <summary>The output for data, batch by batch, in inference mode.</summary>
    /// <exception cref="InvalidOperationException">The model gives several tensors; use <see cref="PredictAll"/>.</exception>
    public Tensor Predict(Tensor x, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(x);
        var isOneBatch = x.Rank > 0 && x.Shape[0] > 0 && x.Shape[0] <= batchSize;
        return isOneBatch && LayerGraph?.Line is not null ? Apply(x) : Predict((Tensors)x, batchSize);
    }

    /// <summary>The output for data on several inputs, <c>model.Predict([a, b])</c>, batch by batch, in inference mode.</summary>
    /// <exception cref="InvalidOperationException">The model gives several tensors; use <see cref="PredictAll"/>.</exception>
    public Tensor Predict(Tensors x, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(x);
        var outputs = PredictAll(x, batchSize);
        return outputs.Count == 1 ? outputs[0] : throw new InvalidOperationException(
            $"{Name} gives {outputs.Count} tensors, but Predict returns one. Use PredictAll: var (first, …) = model.PredictAll(x);");
    }

    /// <summary>All outputs for data, batch by batch, in inference mode.</summary>
    public Tensors PredictAll(Tensors x, int batchSize = 32)
    {
        Batches.Check(x, null, batchSize, Name);
        CheckLastBatch(x, batchSize);
        var parts = Batches.Of(x, batchSize).Select(batch => ApplyAll(batch)).ToList();
        return parts.Count == 1
            ? parts[0]
            : new Tensors([.. Enumerable.Range(0, parts[0].Count).Select(output => Tensor.Concat([.. parts.Select(part => part[output])]))]);
    }

    private IReadOnlyDictionary<string, float> FitEpoch(
        int epoch,
        Tensors x,
        Tensors y,
        int batchSize,
        int verbose,
        IReadOnlyList<Callback> callbacks,
        (Tensors X, Tensors Y)? validationData,
        bool shuffle)
    {
        var means = new RunningMeans();
        var count = Batches.Count(x, batchSize);
        var progress = new ProgressBar(verbose, count);
        var order = shuffle ? new RandomState(Backend.NextSeed()).Permutation(x[0].Shape[0]) : null;
        var batch = 0;
        foreach (var (batchX, batchY) in Batches.Of(x, batchSize, order).Zip(Batches.Of(y, batchSize, order)))
        {
            // It never waits, but lets an interrupt in, as what waits does: a notebook's stop button ends training here.
            InterruptionPoint.WaitOne(0);
            TrainStep(batchX, batchY, means, $"in epoch {epoch + 1}, batch {batch + 1} of {count}");
            var soFar = means.Values();
            progress.Update(batch + 1, soFar);
            foreach (var callback in callbacks) callback.OnTrainBatchEnd(batch, soFar);
            batch++;
        }

        var logs = new OrderedDictionary<string, float>(means.Values(), StringComparer.Ordinal);
        if (validationData is { } data)
        {
            foreach (var (name, value) in Means(data.X, data.Y, batchSize).Values("val_")) logs[name] = value;
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
            if (variables.Count == 0) return;
            var gradients = tape.Gradient(loss, variables);
            for (var i = 0; i < gradients.Length; i++)
                if (gradients[i] is { } gradient) CheckFinite($"gradient of {variables[i].Name}", gradient, where);
            _optimizer!.ApplyGradients(gradients, variables);
        }
        catch
        {
            foreach (var putBack in keepers) putBack();
            throw;
        }
    }

    private void CheckFinite(string what, Tensor value, string where)
    {
        if (value.IsFinite) return;
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
        if (y.Count != predictions.Count) throw new ArgumentException($"{Name} gives {predictions.Count} outputs but y holds {y.Count}.");
        if (_losses.Length != 1 && _losses.Length != predictions.Count)
            throw new ArgumentException($"{Name} gives {predictions.Count} outputs but was compiled with {_losses.Length} losses.");
        var each = predictions.Select((prediction, i) => _losses[_losses.Length == 1 ? 0 : i].Call(y[i], prediction)).ToList();
        var total = each.Aggregate((sum, loss) => sum + loss);
        means.Add("loss", total.Item(), samples);
        for (var i = 0; i < each.Count && each.Count > 1; i++) means.Add($"{OutputName(i)}_loss", each[i].Item(), samples);
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

    /// <summary>Makes the weights for the first batch.</summary>
    private void BuildFor(Tensors x, int batchSize)
    {
        CheckLastBatch(x, batchSize);
        EnsureBuilt(BatchShapes(x, batchSize), from: null);
    }

    /// <summary>Data to validate with are found wrong before the first step, not after the first epoch.</summary>
    private void CheckValidation(Tensors x, Tensors y, Tensors trained, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(x, "validationData.X");
        ArgumentNullException.ThrowIfNull(y, "validationData.Y");
        Batches.Check(x, y, batchSize, Name);
        CheckLastBatch(x, batchSize);
        var (size, usual) = (Batches.First(x, batchSize), Batches.First(trained, batchSize));
        if (IsBoundToBatch && size != usual)
            throw new ArgumentException($"{Name}: all its batches must be of one size, but training has batches of {usual} and validation of {size}. Use validation data in batches of {usual}.");
        var outputs = OutputShapes(BatchShapes(x, batchSize));
        if (y.Count != outputs.Count) throw new ArgumentException($"{Name} gives {outputs.Count} outputs but y of validationData holds {y.Count}.");
        for (var i = 0; i < outputs.Count; i++) _losses[_losses.Length == 1 ? 0 : Math.Min(i, _losses.Length - 1)].CheckShapes(y[i].Shape.With(0, null), outputs[i].With(0, null));
    }

    /// <summary>A model that is bound to a batch size cannot take a smaller last batch.</summary>
    private void CheckLastBatch(Tensors x, int batchSize)
    {
        var samples = x[0].Shape[0];
        if (samples <= batchSize || samples % batchSize == 0 || !IsBoundToBatch) return;
        throw new ArgumentException(
            $"{Name}: all its batches must be of one size, as it is stateful or its Input has a batchSize, but {samples} samples in batches of {batchSize} leave {samples % batchSize} for the last one. " +
            "Use as many samples as batchSize goes into.");
    }

    private static Shape[] BatchShapes(Tensors x, int batchSize) => [.. x.Select(input => input.Shape.With(0, Batches.First(x, batchSize)))];

    private void CheckVerbose(int verbose)
    {
        if (verbose is < 0 or > 2) throw new ArgumentException($"{Name}: verbose must be 0, 1 or 2 but is {verbose}.");
    }

    private Optimizer Compiled(string asked) => _optimizer ?? throw new InvalidOperationException(
        $"{Name} is not compiled. Call model.Compile(optimizer: \"adam\", loss: \"mse\") before {asked}.");
}
