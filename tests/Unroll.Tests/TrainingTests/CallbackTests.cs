using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.TrainingTests;

/// <summary>Keras' callbacks on trainings whose numbers are known.</summary>
public sealed class CallbackTests : IDisposable
{
    private static readonly Tensor X = Tensor.Ones(4, 1);
    private static readonly Tensor Y = Tensor.Zeros(4, 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("callbacks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Training_stops_when_nothing_becomes_better_and_the_best_weights_come_back()
    {
        // The weight goes 1, 0.5, 0, 1, 2, 3: the loss, its square, is least after the second epoch.
        var model = Line();
        var stop = new EarlyStopping("loss", patience: 2, restoreBestWeights: true, verbose: 1);
        var output = new StringWriter();
        var history = model.Fit(X, Y, epochs: 10, verbose: 0, callbacks: [Weights(0.5f, 0.1f, 1, 2, 3, 4, 5, 6, 7, 8), stop], output: output);
        Assert.Equal(4, history["loss"].Count);
        Assert.Equal((3, 1), (stop.StoppedEpoch, stop.BestEpoch));
        Assert.Equal("Epoch 4: early stopping\nRestoring model weights from the end of the best epoch: 2.\n", output.ToString().ReplaceLineEndings("\n"));
        Assert.Equal(0.1f, model.GetWeights()[0].Item(), 1e-5f);
    }

    [Fact]
    public void The_baseline_has_to_be_beaten()
    {
        var stop = new EarlyStopping("loss", patience: 3, baseline: 0.001);
        var history = Line().Fit(X, Y, epochs: 10, verbose: 0, callbacks: [Weights(0.9f, 0.8f, 0.7f, 0.7f, 0.1f), stop]);
        Assert.Equal(4, history["loss"].Count);
    }

    [Fact]
    public void The_first_epochs_are_not_watched()
    {
        var stop = new EarlyStopping("loss", startFromEpoch: 4);
        var history = Line().Fit(X, Y, epochs: 10, verbose: 0, callbacks: [Weights(1, 2, 3, 4, 5, 6, 7), stop]);
        Assert.Equal(6, history["loss"].Count);
    }

    [Fact]
    public void A_number_that_is_not_there_is_named_with_those_that_are()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Line().Fit(X, Y, epochs: 2, verbose: 0, callbacks: [new EarlyStopping()]));
        Assert.Equal(
            "EarlyStopping watches \"val_loss\", and an epoch of this training has loss. " +
            "Give Fit a validationSplit or validationData, or watch another number.",
            error.Message);
    }

    [Theory]
    [InlineData("loss", false)]
    [InlineData("val_dense_loss", false)]
    [InlineData("val_acc", true)]
    [InlineData("root_mean_squared_error", false)]
    [InlineData("val_dense_auc", true)]
    [InlineData("own", true)]
    public void The_name_tells_which_way_is_better(string name, bool rises) =>
        Assert.Equal(rises, Metrics.IsBetterGreater(name, [new Metric("own", (_, p) => p) { IsBetterGreater = true }]));

    [Fact]
    public void A_name_that_does_not_tell_asks_for_the_mode()
    {
        var model = Line(new Metric("mine", (_, p) => p));
        var error = Assert.Throws<ArgumentException>(() => model.Fit(X, Y, verbose: 0, callbacks: [new EarlyStopping("mine")]));
        Assert.Equal("Whether \"mine\" is better when it rises or when it falls is not known by its name. Give the mode, \"max\" or \"min\".", error.Message);
        model.Fit(X, Y, verbose: 0, callbacks: [new EarlyStopping("mine", mode: "max")]);
        Assert.Equal("EarlyStopping: mode must be \"auto\", \"min\" or \"max\" but is \"up\".", Assert.Throws<ArgumentException>(() => new EarlyStopping(mode: "up")).Message);
    }

    [Fact]
    public void The_learning_rate_falls_on_a_plateau_and_is_in_the_history()
    {
        var model = Line(rate: 1e-9);
        var reduce = new ReduceLROnPlateau("loss", factor: 0.5, patience: 2, cooldown: 1, minLr: 3e-10);
        var history = model.Fit(X, Y, epochs: 9, verbose: 0, callbacks: [reduce]);
        Assert.Equal([1e-9, 1e-9, 1e-9, 5e-10, 5e-10, 3e-10, 3e-10, 3e-10, 3e-10], history["learning_rate"].Select(rate => Math.Round(rate * 1e10) / 1e10));
    }

    [Fact]
    public void A_schedule_sets_the_learning_rate_of_each_epoch()
    {
        var model = Line(rate: 0.4);
        var history = model.Fit(X, Y, epochs: 3, verbose: 0, callbacks: [new LearningRateScheduler((epoch, rate) => epoch == 0 ? rate : rate / 2)]);
        Assert.Equal([0.4f, 0.2f, 0.1f], history["learning_rate"]);
        history = model.Fit(X, Y, epochs: 2, verbose: 0, callbacks: [new LearningRateScheduler(epoch => epoch + 1)]);
        Assert.Equal([1f, 2f], history["learning_rate"]);
    }

    [Fact]
    public void A_file_has_a_line_for_each_epoch()
    {
        var path = Path.Combine(_folder.FullName, "log.csv");
        var model = Line();
        model.Fit(X, Y, epochs: 2, verbose: 0, validationData: (X, Y), validationFreq: 2, callbacks: [Weights(2, 3), new CSVLogger(path)]);
        model.Fit(X, Y, epochs: 3, initialEpoch: 2, verbose: 0, callbacks: [Weights(0, 0, 4), new CSVLogger(path, append: true)]);
        Assert.Equal(["epoch", "0", "1", "2"], File.ReadAllLines(path).Select(line => line.Split(',')[0]), StringComparer.Ordinal);
        Assert.Equal("epoch,loss", File.ReadAllLines(path)[0]);
    }

    [Fact]
    public void Training_ends_in_peace_where_the_loss_is_no_number()
    {
        var x = Tensor.Of([[1.0], [1], [double.NaN], [1]]);
        var output = new StringWriter();
        var model = Line();
        var history = model.Fit(x, Y, batchSize: 1, epochs: 5, verbose: 0, shuffle: false, callbacks: [new TerminateOnNaN()], output: output);
        Assert.Equal("Batch 2: Invalid loss, terminating training\n", output.ToString().ReplaceLineEndings("\n"));
        Assert.True(float.IsNaN(Assert.Single(history["loss"])));
        Assert.True(float.IsFinite(model.GetWeights()[0].Item()));
        Assert.Throws<NotFiniteException>(() => Line().Fit(x, Y, batchSize: 1, verbose: 0));
    }

    [Fact]
    public void The_best_model_is_saved_under_a_name_with_its_numbers()
    {
        var saved = new List<string>();
        var keep = new ModelCheckpoint("best-{epoch:00}-{loss:0.00}.bin", (_, path) => saved.Add(path), "loss", saveBestOnly: true);
        Line().Fit(X, Y, epochs: 4, verbose: 0, callbacks: [Weights(3, 2, 5, 1), keep]);
        Assert.Equal(["best-01-9.00.bin", "best-02-4.00.bin", "best-04-1.00.bin"], saved);
        var error = Assert.Throws<InvalidOperationException>(() =>
            Line().Fit(X, Y, verbose: 0, callbacks: [new ModelCheckpoint("{val_mae}", (_, _) => { })]));
        Assert.Equal("ModelCheckpoint: the path {val_mae} asks for val_mae, and an epoch of this training has epoch, loss.", error.Message);
    }

    [Fact]
    public void Functions_hear_of_all_in_order()
    {
        var heard = new List<string>();
        var lambda = new LambdaCallback(
            epoch => heard.Add($"epoch {epoch}"), (epoch, logs) => heard.Add($"end {epoch} {string.Join(' ', logs.Keys)}"),
            () => heard.Add("begin"), () => heard.Add("over"), batch => heard.Add($"batch {batch}"), (batch, _) => heard.Add($"done {batch}"));
        Line().Fit(X, Y, batchSize: 2, verbose: 0, callbacks: [lambda]);
        Assert.Equal(["begin", "epoch 0", "batch 0", "done 0", "batch 1", "done 1", "end 0 loss", "over"], heard);
    }

    [Fact]
    public void Tests_and_predictions_are_heard_of_too()
    {
        var heard = new Hearer();
        var model = Line();
        model.Fit(X, Y, verbose: 0, batchSize: 4, validationData: (X, Y), validationBatchSize: 2, callbacks: [heard]);
        model.Evaluate(X, Y, batchSize: 4, verbose: 0, callbacks: [heard]);
        model.PredictAll(X, batchSize: 3, callbacks: [heard]);
        Assert.Equal(
            ["test", "test 0", "tested 0", "test 1", "tested 1", "tested", "test", "test 0", "tested 0", "tested",
             "predict", "predict 0", "predicted 0 3", "predict 1", "predicted 1 1", "predicted"],
            heard.Lines);
    }

    [Fact]
    public void History_survives_an_interruption()
    {
        var model = Line();
        using var source = new CancellationTokenSource();
        var callback = new LambdaCallback(onEpochEnd: (epoch, _) =>
        {
            if (epoch == 2)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => model.Fit(X, Y, epochs: 9, verbose: 0, callbacks: [callback], cancellationToken: source.Token));
        Assert.Equal(3, model.History!["loss"].Count);
    }

    [Fact]
    public void A_callback_can_stop_within_an_epoch()
    {
        var model = Line();
        var batches = 0;
        var history = model.Fit(X, Y, batchSize: 1, epochs: 5, verbose: 0, callbacks:
        [
            new LambdaCallback(onTrainBatchEnd: (batch, _) =>
            {
                batches++;
                model.StopTraining = batch == 1;
            }),
        ]);
        Assert.Equal((1, 2), (history["loss"].Count, batches));
        Assert.Equal(2, model.Fit(X, Y, epochs: 2, verbose: 0)["loss"].Count);
    }

    /// <summary>Before each epoch the weight is set, so that the loss is its square.</summary>
    private static LambdaCallback Weights(params float[] weights)
    {
        LambdaCallback? callback = null;
        callback = new LambdaCallback(onEpochBegin: epoch => callback!.Model.SetWeights([Tensor.Full([1, 1], weights[epoch])]));
        return callback;
    }

    private static Sequential Line(Metric? metric = null, double rate = 0)
    {
        var model = new Sequential([new Dense(1, useBias: false, kernelInitializer: new Constant(1), inputShape: [1])]);
        model.Compile(new SGD(rate), "mse", metrics: metric is null ? null : [metric]);
        return model;
    }

    private sealed class Hearer : Callback
    {
        public List<string> Lines { get; } = [];

        public override void OnTestBegin() => Lines.Add("test");

        public override void OnTestBatchBegin(int batch) => Lines.Add($"test {batch}");

        public override void OnTestBatchEnd(int batch, IReadOnlyDictionary<string, float> logs) => Lines.Add($"tested {batch}");

        public override void OnTestEnd(IReadOnlyDictionary<string, float> logs) => Lines.Add("tested");

        public override void OnPredictBegin() => Lines.Add("predict");

        public override void OnPredictBatchBegin(int batch) => Lines.Add($"predict {batch}");

        public override void OnPredictBatchEnd(int batch, Tensors outputs) => Lines.Add($"predicted {batch} {outputs[0].Shape[0]}");

        public override void OnPredictEnd() => Lines.Add("predicted");
    }
}
