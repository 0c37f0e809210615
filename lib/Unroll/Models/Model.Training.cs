using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Models;

public partial class Model
{
    private Optimizer? _optimizer;
    private Loss[] _losses = [];
    private Metric[] _metrics = [];
    private TextWriter? _output;

    /// <summary>The rule that changes the weights.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Optimizer Optimizer => Compiled(nameof(Optimizer));

    /// <summary>The numbers of the last training, also of one that was stopped, by whatever: up to its last whole epoch. Null before.</summary>
    public History? History { get; private set; }

    /// <summary>Ends a training after the batch at hand: a callback sets it. Fit begins by clearing it.</summary>
    public bool StopTraining { get; set; }

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
        if (metrics is not null)
            NullCheck.Items(metrics);
        if (loss.Count == 0)
            throw new ArgumentException($"{Name}: Compile needs a loss.", nameof(loss));
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
    /// <param name="output">Where progress is printed. Default: the console.</param>
    /// <param name="cancellationToken">Ends the training between two batches; what was learned until then stays.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, or the loss became NaN or infinite; the step is not made then.</exception>
    /// <exception cref="ArgumentException">The data do not fit each other or the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
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
        bool shuffle = true,
        TextWriter? output = null,
        CancellationToken cancellationToken = default)
    {
        Compiled(nameof(Fit));
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, batchSize, Name);
        CheckVerbose(verbose);
        if (callbacks is not null)
            NullCheck.Items(callbacks);
        if (epochs <= 0)
            throw new ArgumentException($"{Name}: epochs must be a positive whole number but is {epochs}.");
        if (validationSplit is < 0 or >= 1 || double.IsNaN(validationSplit))
            throw new ArgumentException(FormattableString.Invariant($"{Name}: validationSplit must be at least 0 and below 1 but is {validationSplit}."));
        if (validationData is null && validationSplit > 0)
            (x, y, validationData) = Batches.SplitOff(x, y, validationSplit, Name);
        BuildFor(x, batchSize);
        if (validationData is { } data)
            CheckValidation(data.X, data.Y, x, batchSize);

        using var runs = EngineChoice.Current is { } engine ? StartFit(engine, x, y, batchSize, validationData) : null;
        var history = History = new History();
        callbacks ??= [];
        _output = output ??= Console.Out;
        StopTraining = false;
        foreach (var callback in callbacks)
        {
            callback.Model = this;
            callback.OnTrainBegin();
        }

        runs?.Training.TakeOver();
        try
        {
            for (var epoch = 0; epoch < epochs && !StopTraining; epoch++)
            {
                Tell(callbacks, runs?.Training, callback => callback.OnEpochBegin(epoch));
                if (verbose != 0)
                    output.WriteLine($"Epoch {epoch + 1}/{epochs}");
                var progress = new ProgressBar(verbose, Batches.Count(x, batchSize), output);
                var logs = FitEpoch(epoch, x, y, batchSize, progress, callbacks, validationData, shuffle, runs, cancellationToken);
                foreach (var callback in callbacks)
                    callback.AddTo(logs);
                history.Add(epoch, logs);
                Tell(callbacks, runs?.Training, callback => callback.OnEpochEnd(epoch, logs));
            }
        }
        finally
        {
            // What was learned stays, however the training ended.
            runs?.Training.HandBack();
        }

        foreach (var callback in callbacks)
            callback.OnTrainEnd();
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
        if (EngineChoice.Current is { } engine)
            TrainOnBatchOn(engine, x, y, means);
        else
            TrainStep(x, y, means, "in TrainOnBatch");
        return [.. means.Values().Values];
    }

    /// <summary>The loss, then the metrics, on data: means over all samples.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public float[] Evaluate(
        Tensors x, Tensors y, int batchSize = 32, int verbose = 1, IReadOnlyList<Callback>? callbacks = null, TextWriter? output = null)
    {
        Compiled(nameof(Evaluate));
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, batchSize, Name);
        CheckVerbose(verbose);
        CheckLastBatch(x, batchSize);
        var progress = new ProgressBar(verbose, Batches.Count(x, batchSize), output ?? Console.Out);
        var means = EngineChoice.Current is { } engine ? EvaluateOn(engine, x, y, batchSize) : Means(x, y, batchSize);
        var logs = means.Values();
        progress.Finish(logs);
        return [.. logs.Values];
    }

    /// <summary>The output for data, batch by batch, in inference mode.</summary>
    /// <exception cref="InvalidOperationException">The model gives several tensors; use <see cref="PredictAll"/>.</exception>
    public Tensor Predict(Tensor x, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(x);
        var isOneBatch = x.Rank > 0 && x.Shape[0] > 0 && x.Shape[0] <= batchSize;
        return isOneBatch && EngineChoice.Current is null && IsCalledAs(typeof(Model)) && LineFor(x.Shape) is { } line
            ? Graph.Run(line, x, training: false)
            : Predict((Tensors)x, batchSize);
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
        return EngineChoice.Current is { } engine ? PredictOn(engine, x, batchSize) : Joined([.. Batches.Of(x, batchSize).Select(batch => ApplyAll(batch))]);
    }

    /// <summary>Prints a line where the training prints.</summary>
    internal void Say(string line) => (_output ?? Console.Out).WriteLine(line);

    /// <summary>The outputs of all batches one after the other.</summary>
    private static Tensors Joined(IReadOnlyList<Tensors> parts) => parts.Count == 1
        ? parts[0]
        : new Tensors([.. Enumerable.Range(0, parts[0].Count).Select(output => Tensor.Concat([.. parts.Select(part => part[output])]))]);
}
