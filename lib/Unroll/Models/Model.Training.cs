using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Models;

public partial class Model
{
    private TextWriter? _output;

    /// <summary>The numbers of the last training, also of one that was stopped, by whatever: up to its last whole epoch. Null before.</summary>
    public History? History { get; private set; }

    /// <summary>Ends a training after the batch at hand: a callback sets it. Fit begins by clearing it.</summary>
    public bool StopTraining { get; set; }

    /// <summary>Trains on data, batch by batch, and returns the numbers of every epoch.</summary>
    /// <param name="x">The input, (samples, …), or several in brackets.</param>
    /// <param name="y">The truth, (samples, …), or several in brackets.</param>
    /// <param name="batchSize">How many samples make one step.</param>
    /// <param name="epochs">The number of the last epoch, counted from 1: how often the data are gone through.</param>
    /// <param name="verbose">0 prints nothing, 1 a bar for each epoch, 2 a line for each epoch.</param>
    /// <param name="callbacks">What else is to be done on the way.</param>
    /// <param name="validationSplit">The share of the last samples that is kept out of training, to validate.</param>
    /// <param name="validationData">Data to validate with after each epoch.</param>
    /// <param name="shuffle">Whether samples are put in another order before each epoch.</param>
    /// <param name="classWeight">How much a sample of a class counts; 1 where nothing is said. Instead of sampleWeight.</param>
    /// <param name="sampleWeight">How much each sample, (samples), or each step, (samples, time), counts: one tensor for all outputs or
    /// one for each in brackets.</param>
    /// <param name="initialEpoch">The epoch to begin with, counted from 0, to go on with a training.</param>
    /// <param name="validationBatchSize">How many samples are validated at a time; null for batchSize.</param>
    /// <param name="validationFreq">After every how many epochs is validated.</param>
    /// <param name="output">Where progress is printed. Default: the console.</param>
    /// <param name="cancellationToken">Ends the training between two batches; what was learned until then stays.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled, or the loss became NaN or infinite; the step is not made then.</exception>
    /// <exception cref="ArgumentException">The data do not fit each other or the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. <see cref="History"/> has the epochs before.</exception>
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
        IReadOnlyDictionary<int, double>? classWeight = null,
        Tensors? sampleWeight = null,
        int initialEpoch = 0,
        int? validationBatchSize = null,
        int validationFreq = 1,
        TextWriter? output = null,
        CancellationToken cancellationToken = default)
    {
        CheckFit(epochs, initialEpoch, verbose, callbacks, validationFreq);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, batchSize, Name);
        if (validationSplit is < 0 or >= 1 || double.IsNaN(validationSplit))
            throw new ArgumentException(FormattableString.Invariant($"{Name}: validationSplit must be at least 0 and below 1 but is {validationSplit}."));
        var data = new Samples(x, y, SampleWeights(x, y, sampleWeight, classWeight));
        var validation = validationData is { } given ? new Samples(given.X, given.Y, null) : null;
        if (validation is null && validationSplit > 0)
            (data, validation) = Batches.SplitOff(data, validationSplit, Name);
        BuildFor(data.X, batchSize);
        var testSize = validationBatchSize ?? batchSize;
        if (validation is not null)
            CheckValidation(validation.X, validation.Y, data.X, testSize);

        using var runs = EngineChoice.Current is { } engine ? StartFit(engine, data, validation, batchSize, testSize) : null;
        FitEpochs(new FitPlan
        {
            TrainSteps = () => TrainSteps(data, batchSize, shuffle, runs?.Training),
            TestSteps = validation is null ? null : () => TestSteps(validation, testSize, runs?.Validation),
            Batches = Batches.Count(data.X, batchSize),
            Training = runs?.Training,
            InitialEpoch = initialEpoch,
            Epochs = epochs,
            ValidationFreq = validationFreq,
            Verbose = verbose,
            Output = output ?? Console.Out,
            Callbacks = callbacks ?? [],
            Cancellation = cancellationToken,
        });
        return History!;
    }

    /// <summary>Trains on batches that come one after the other, such as those of a <c>TimeseriesDataset</c>.</summary>
    /// <param name="x">The batches, gone through once an epoch.</param>
    /// <param name="epochs">The number of the last epoch, counted from 1.</param>
    /// <param name="verbose">0 prints nothing, 1 a bar for each epoch, 2 a line for each epoch.</param>
    /// <param name="callbacks">What else is to be done on the way.</param>
    /// <param name="validationData">Batches to validate with after each epoch.</param>
    /// <param name="initialEpoch">The epoch to begin with, counted from 0, to go on with a training.</param>
    /// <param name="stepsPerEpoch">How many batches make an epoch: the next one goes on where this one ended, and at the end of the
    /// batches from the beginning. Null for all, once.</param>
    /// <param name="validationSteps">How many batches are validated with, or null for all.</param>
    /// <param name="validationFreq">After every how many epochs is validated.</param>
    /// <param name="output">Where progress is printed. Default: the console.</param>
    /// <param name="cancellationToken">Ends the training between two batches; what was learned until then stays.</param>
    /// <inheritdoc cref="Fit(Tensors, Tensors, int, int, int, IReadOnlyList{Callback}?, double, ValueTuple{Tensors, Tensors}?, bool, IReadOnlyDictionary{int, double}?, Tensors?, int, int?, int, TextWriter?, CancellationToken)" path="/exception"/>
    public History Fit(
        IEnumerable<(Tensors X, Tensors Y)> x,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        IEnumerable<(Tensors X, Tensors Y)>? validationData = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int validationFreq = 1,
        TextWriter? output = null,
        CancellationToken cancellationToken = default)
    {
        CheckFit(epochs, initialEpoch, verbose, callbacks, validationFreq);
        ArgumentNullException.ThrowIfNull(x);
        using var source = new BatchSource(x, stepsPerEpoch, Name);
        using var test = validationData is null ? null : new BatchSource(validationData, null, Name);
        FitEpochs(new FitPlan
        {
            TrainSteps = () => source.Epoch().Select(batch => (Action<Tally, string>)((tally, where) => TrainOn(batch, tally, where))),
            TestSteps = test is null ? null : () => test.Epoch().Take(validationSteps ?? int.MaxValue).Select(batch => (Action<Tally>)(tally => TestOn(batch, tally))),
            Batches = source.Count,
            InitialEpoch = initialEpoch,
            Epochs = epochs,
            ValidationFreq = validationFreq,
            Verbose = verbose,
            Output = output ?? Console.Out,
            Callbacks = callbacks ?? [],
            Cancellation = cancellationToken,
        });
        return History!;
    }

    /// <summary>Makes one training step on one batch; returns the loss, then the metrics.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The truth.</param>
    /// <param name="sampleWeight">How much each sample or step counts; null for 1 each.</param>
    /// <param name="classWeight">How much a sample of a class counts; 1 where nothing is said. Instead of sampleWeight.</param>
    /// <exception cref="InvalidOperationException">
    /// The model is not compiled, or the loss is NaN or infinite; nothing is changed then.
    /// </exception>
    public float[] TrainOnBatch(Tensors x, Tensors y, Tensors? sampleWeight = null, IReadOnlyDictionary<int, double>? classWeight = null)
    {
        Compiled(nameof(TrainOnBatch));
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, 1, Name);
        var tally = new Tally(this);
        TrainOn(new Samples(x, y, SampleWeights(x, y, sampleWeight, classWeight)), tally, "in TrainOnBatch");
        return [.. tally.Values().Values];
    }

    /// <summary>The loss, then the metrics, on data: over all samples.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The truth.</param>
    /// <param name="batchSize">How many samples are computed at a time.</param>
    /// <param name="verbose">0 prints nothing, 1 a bar, 2 a line.</param>
    /// <param name="sampleWeight">How much each sample or step counts; null for 1 each.</param>
    /// <param name="callbacks">Who hears of each batch.</param>
    /// <param name="output">Where progress is printed. Default: the console.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public float[] Evaluate(
        Tensors x,
        Tensors y,
        int batchSize = 32,
        int verbose = 1,
        Tensors? sampleWeight = null,
        IReadOnlyList<Callback>? callbacks = null,
        TextWriter? output = null)
    {
        Compiled(nameof(Evaluate));
        ArgumentNullException.ThrowIfNull(y);
        Batches.Check(x, y, batchSize, Name);
        CheckVerbose(verbose);
        CheckLastBatch(x, batchSize);
        var data = new Samples(x, y, SampleWeights(x, y, sampleWeight, classWeight: null));
        var progress = new ProgressBar(verbose, Batches.Count(x, batchSize), output ?? Console.Out);
        using var run = EngineChoice.Current is { } engine ? StartOn(engine, data, batchSize, EngineTask.Evaluate) : null;
        var logs = Test(TestSteps(data, batchSize, run), Heard(callbacks), training: null).Values();
        run?.HandBack();
        progress.Finish(logs);
        return [.. logs.Values];
    }

    /// <summary>The loss, then the metrics, on batches that come one after the other.</summary>
    /// <param name="x">The batches.</param>
    /// <param name="verbose">0 prints nothing, 1 a bar, 2 a line.</param>
    /// <param name="steps">How many batches are computed, or null for all.</param>
    /// <param name="callbacks">Who hears of each batch.</param>
    /// <param name="output">Where progress is printed. Default: the console.</param>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public float[] Evaluate(
        IEnumerable<(Tensors X, Tensors Y)> x,
        int verbose = 1,
        int? steps = null,
        IReadOnlyList<Callback>? callbacks = null,
        TextWriter? output = null)
    {
        Compiled(nameof(Evaluate));
        ArgumentNullException.ThrowIfNull(x);
        CheckVerbose(verbose);
        using var source = new BatchSource(x, null, Name);
        var progress = new ProgressBar(verbose, steps ?? source.Count, output ?? Console.Out);
        var batches = source.Epoch().Take(steps ?? int.MaxValue).Select((batch, number) => (Action<Tally>)(tally =>
        {
            TestOn(batch, tally);
            progress.Update(number + 1, tally);
        }));
        var logs = Test(batches, Heard(callbacks), training: null).Values();
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
    /// <param name="x">The input.</param>
    /// <param name="batchSize">How many samples are computed at a time.</param>
    /// <param name="callbacks">Who hears of each batch.</param>
    public Tensors PredictAll(Tensors x, int batchSize = 32, IReadOnlyList<Callback>? callbacks = null)
    {
        Batches.Check(x, null, batchSize, Name);
        CheckLastBatch(x, batchSize);
        var hearers = Heard(callbacks);
        using var run = EngineChoice.Current is { } engine ? StartOn(engine, x, null, null, batchSize, EngineTask.Predict) : null;
        foreach (var callback in hearers)
            callback.OnPredictBegin();
        var parts = new List<Tensors>();
        foreach (var (batch, (start, count)) in Batches.Ranges(x[0].Shape[0], batchSize).Index())
        {
            foreach (var callback in hearers)
                callback.OnPredictBatchBegin(batch);
            parts.Add(run is null ? ApplyAll(Batches.Part(x, start, count, order: null)) : run.Predict(start, count));
            foreach (var callback in hearers)
                callback.OnPredictBatchEnd(batch, parts[^1]);
        }

        run?.HandBack();
        foreach (var callback in hearers)
            callback.OnPredictEnd();
        return Joined(parts);
    }

    private void CheckFit(int epochs, int initialEpoch, int verbose, IReadOnlyList<Callback>? callbacks, int validationFreq)
    {
        Compiled(nameof(Fit));
        CheckVerbose(verbose);
        if (callbacks is not null)
            NullCheck.Items(callbacks);
        if (epochs <= 0)
            throw new ArgumentException($"{Name}: epochs must be a positive whole number but is {epochs}.");
        if (initialEpoch < 0)
            throw new ArgumentException($"{Name}: initialEpoch must not be negative but is {initialEpoch}.");
        if (validationFreq <= 0)
            throw new ArgumentException($"{Name}: validationFreq must be a positive whole number but is {validationFreq}.");
    }

    private void TrainOn(Samples batch, Tally tally, string where)
    {
        EnsureBuilt([.. batch.X.Select(input => input.Shape)], from: null);
        if (EngineChoice.Current is { } engine)
            TrainOnBatchOn(engine, batch, tally, where);
        else
            TrainStep(batch, tally, where);
    }

    private void TestOn(Samples batch, Tally tally)
    {
        if (EngineChoice.Current is { } engine)
            TestOnBatchOn(engine, batch, tally);
        else
            TestStep(batch, tally);
    }

    /// <summary>The weights of samples, however they were given.</summary>
    private Tensors? SampleWeights(Tensors x, Tensors y, Tensors? sampleWeight, IReadOnlyDictionary<int, double>? classWeight)
    {
        if (sampleWeight is not null && classWeight is not null)
            throw new ArgumentException($"{Name}: give sampleWeight or classWeight, not both.");
        if (classWeight is not null)
            return Samples.OfClasses(y, classWeight, Name);
        if (sampleWeight is null)
            return null;
        if (sampleWeight.Count != 1 && sampleWeight.Count != y.Count)
            throw new ArgumentException($"{Name}: sampleWeight holds {sampleWeight.Count} tensors for {y.Count} outputs.");
        foreach (var weights in sampleWeight)
        {
            if (weights.Rank == 0 || weights.Shape[0] != x[0].Shape[0])
                throw new ArgumentException($"{Name}: there are {x[0].Shape[0]} samples, but sampleWeight has shape {weights.Shape}.");
        }

        return sampleWeight;
    }

    private Callback[] Heard(IReadOnlyList<Callback>? callbacks)
    {
        foreach (var callback in callbacks ?? [])
            callback.Model = this;
        return [.. callbacks ?? []];
    }

    /// <summary>Prints a line where the training prints.</summary>
    internal void Say(string line) => (_output ?? Console.Out).WriteLine(line);

    /// <summary>The outputs of all batches one after the other.</summary>
    private static Tensors Joined(IReadOnlyList<Tensors> parts) => parts.Count == 1
        ? parts[0]
        : new Tensors([.. Enumerable.Range(0, parts[0].Count).Select(output => Tensor.Concat([.. parts.Select(part => part[output])]))]);
}
