using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.ModelTests;

public class TrainingTests
{
    private static readonly Tensor X = new RandomState(1).Normal(0, 1, [20, 3]);
    private static readonly Tensor Y = X.Sum(1, keepDims: true) * 0.5f + 1;

    public TrainingTests() => Backend.ClearSession();

    [Fact]
    public void The_loss_of_a_stacked_LSTM_goes_down()
    {
        Backend.SetRandomSeed(1);
        var x = new RandomState(2).Normal(0, 1, [64, 5, 2]);
        var y = x.Sum(1).Sum(1, keepDims: true);
        var model = new Sequential([new LSTM(8, returnSequences: true, inputShape: [5, 2]), new LSTM(8), new Dense(1)]);
        model.Compile(new Adam(0.02f), "mse");
        var losses = model.Fit(x, y, epochs: 25, batchSize: 16, verbose: 0)["loss"];
        Assert.True(losses[^1] < losses[0] / 10, $"{losses[0]} went to {losses[^1]}");
    }

    [Fact]
    public void An_interrupt_of_the_thread_ends_training_between_two_batches()
    {
        var model = Linear("sgd");
        Thread.CurrentThread.Interrupt();
        Assert.Throws<ThreadInterruptedException>(() => model.Fit(X, Y, epochs: 1_000_000, verbose: 0));
        Assert.Single(model.Fit(X, Y, verbose: 0)["loss"]);
    }

    [Fact]
    public void A_token_ends_training_between_two_batches()
    {
        var model = Linear("sgd");
        using var source = new CancellationTokenSource();
        var stop = new StopAfter(source, epoch: 2);
        Assert.Throws<OperationCanceledException>(() => model.Fit(X, Y, epochs: 1_000_000, verbose: 0, callbacks: [stop], cancellationToken: source.Token));
        Assert.Equal(2, stop.LastEpoch);
        Assert.Throws<OperationCanceledException>(() => model.Fit(X, Y, verbose: 0, cancellationToken: source.Token));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    public void Every_optimizer_by_name(string optimizer)
    {
        var model = Linear(optimizer);
        var losses = model.Fit(X, Y, epochs: 5, verbose: 0)["loss"];
        Assert.True(losses[^1] < losses[0]);
    }

    [Theory]
    [InlineData("binaryCrossentropy", "sigmoid")]
    [InlineData("categoricalCrossentropy", "softmax")]
    public void Classes(string loss, string activation)
    {
        Backend.SetRandomSeed(1);
        var positive = Tensor.Greater(X[.., ..1], 0);
        var y = activation is "softmax" ? Tensor.Concat([positive, 1 - positive], axis: 1) : positive;
        var model = new Sequential([new Dense(y.Shape[1], activation)]);
        model.Compile(new Adam(0.1f), loss, metrics: ["accuracy"]);
        var history = model.Fit(X, y, epochs: 60, verbose: 0);
        Assert.True(history["loss"][^1] < 0.2);
        Assert.Equal(1, history["accuracy"][^1]);
    }

    [Fact]
    public void One_epoch_in_batches_equals_as_many_steps_by_hand()
    {
        Sequential fitted = Linear("sgd"), stepped = Linear("sgd");
        stepped.SetWeights(fitted.GetWeights());
        var history = fitted.Fit(X, Y, batchSize: 8, shuffle: false, verbose: 0);
        var losses = new[] { 0..8, 8..16, 16..20 }.Select(part => stepped.TrainOnBatch(X[part], Y[part])[0]).ToArray();
        Close.Assert(stepped.GetWeights(), fitted.GetWeights(), 0, "weight");
        Assert.Equal((losses[0] * 8 + losses[1] * 8 + losses[2] * 4) / 20, history["loss"][0], 1e-6f);
    }

    [Fact]
    public void Shuffling_repeats_by_seed_and_changes_the_way()
    {
        var shuffled = Trained(shuffle: true, seed: 3);
        Assert.Equal(shuffled, Trained(shuffle: true, seed: 3));
        Assert.NotEqual(shuffled, Trained(shuffle: true, seed: 4));
        Assert.Equal(Trained(shuffle: false, seed: 3), Trained(shuffle: false, seed: 4));

        static float[] Trained(bool shuffle, long seed)
        {
            var model = Linear("sgd");
            model.SetWeights([Tensor.Zeros(3, 1), Tensor.Zeros(1)]);
            Backend.SetRandomSeed(seed);
            model.Fit(X, Y, batchSize: 4, epochs: 2, shuffle: shuffle, verbose: 0);
            return model.GetWeights()[0].ToArray();
        }
    }

    [Fact]
    public void Shuffling_keeps_samples_and_their_truths_together_and_sees_each_once()
    {
        var seen = new List<float>();
        var x = Tensor.Arange(10).Reshape(10, 1);
        var spy = new Loss("spy", (yTrue, yPred) =>
        {
            seen.AddRange(yTrue.ToArray());
            return (yTrue - yPred).Square();
        });
        var model = new Sequential([new Activation("linear", inputShape: [1])]);
        model.Compile("sgd", spy);
        var history = model.Fit(x, x, batchSize: 3, verbose: 0);
        Assert.Equal(0, history["loss"][0]);
        Assert.NotEqual(x.ToArray(), seen);
        Assert.Equal(x.ToArray(), seen.Order());
    }

    [Fact]
    public void The_last_samples_validate()
    {
        var model = Linear(new SGD(0));
        var history = model.Fit(X, Y, validationSplit: 0.25, verbose: 0);
        Assert.Equal(["loss", "val_loss"], history.Keys.ToArray());
        Assert.Equal(model.Evaluate(X[..15], Y[..15], verbose: 0)[0], history["loss"][0], 1e-6f);
        Assert.Equal(model.Evaluate(X[15..], Y[15..], verbose: 0)[0], history["val_loss"][0], 1e-6f);

        var given = model.Fit(X, Y, validationData: (X[..4], Y[..4]), verbose: 0);
        Assert.Equal(model.Evaluate(X[..4], Y[..4], verbose: 0)[0], given["val_loss"][0], 1e-6f);
    }

    [Fact]
    public void History_holds_every_epoch()
    {
        var model = Linear("sgd");
        model.Compile("sgd", "mse", metrics: ["mae"]);
        var history = model.Fit(X, Y, epochs: 3, validationSplit: 0.5, verbose: 0);
        Assert.Equal([0, 1, 2], history.Epoch);
        Assert.Equal(["loss", "mae", "val_loss", "val_mae"], history.Keys.ToArray());
        Assert.All(history.Keys, key => Assert.Equal(3, history[key].Count));
        Assert.StartsWith("loss: [", history.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "Unknown number in History \"val_los\". Did you mean \"val_loss\"? Known: loss, mae, val_loss, val_mae.",
            Assert.Throws<ArgumentException>(() => history["val_los"]).Message);
    }

    [Fact]
    public void Evaluate_weighs_batches_by_their_samples()
    {
        var model = Linear("sgd");
        model.Compile("sgd", "mse", metrics: ["mae"]);
        var whole = model.Evaluate(X, Y, batchSize: 20, verbose: 0);
        Assert.Equal(2, whole.Length);
        var parts = model.Evaluate(X, Y, batchSize: 7, verbose: 0);
        Assert.Equal(whole[0], parts[0], 1e-5f);
        Assert.Equal(whole[1], parts[1], 1e-5f);
    }

    [Fact]
    public void Predict_in_batches_equals_Predict_at_once()
    {
        var model = new Sequential([new LSTM(3, inputShape: [4, 2])]);
        var x = new RandomState(1).Normal(0, 1, [10, 4, 2]);
        Close.Assert(model.Predict(x, batchSize: 10), model.Predict(x, batchSize: 3), 1e-6, "output");
        Close.Assert(model.Apply(x), model.Predict(x), 1e-6, "output");
    }

    [Fact]
    public void Several_outputs_add_their_losses()
    {
        var input = new Input([3]);
        var model = new Model(input, [new Dense(1, name: "first").Apply(input), new Dense(2, name: "second").Apply(input)]);
        model.Compile(new SGD(0), ["mse", "mae"], metrics: ["mae"]);
        var history = model.Fit(X, [Y, Tensor.Zeros(20, 2)], verbose: 0);
        Assert.Equal(["loss", "first_loss", "second_loss", "first_mae", "second_mae"], history.Keys.ToArray());
        Assert.Equal(history["first_loss"][0] + history["second_loss"][0], history["loss"][0], 1e-5f);
        Assert.Equal(history["second_loss"][0], history["second_mae"][0], 1e-6f);
    }

    [Fact]
    public void Frozen_layers_stay_as_they_are()
    {
        var model = new Sequential([new LSTM(3, inputShape: [3, 1]), new Dense(1)]);
        model.Layers[0].Trainable = false;
        model.Compile(new Adam(0.1f), "mse");
        var before = model.GetWeights();
        model.Fit(X.Reshape(20, 3, 1), Y, verbose: 0);
        Close.Assert(before[..3], model.GetWeights()[..3], 0, "frozen weight");
        Assert.NotEqual(before[3].ToArray(), model.GetWeights()[3].ToArray());

        model.Trainable = false;
        before = model.GetWeights();
        model.Fit(X.Reshape(20, 3, 1), Y, verbose: 0);
        Close.Assert(before, model.GetWeights(), 0, "weight");
    }

    [Fact]
    public void Dropout_works_in_Fit_alone()
    {
        var model = new Sequential([new Dropout(0.5f, inputShape: [3]), new Dense(1)]);
        model.Compile(new SGD(0), "mse");
        Assert.NotEqual(model.Fit(X, Y, verbose: 0)["loss"][0], model.Fit(X, Y, verbose: 0)["loss"][0]);
        Assert.Equal(model.Evaluate(X, Y, verbose: 0), model.Evaluate(X, Y, verbose: 0));
    }

    [Fact]
    public void Callbacks_are_called_in_order_and_see_the_numbers()
    {
        var calls = new List<string>();
        var model = Linear("sgd");
        model.Fit(X, Y, batchSize: 10, epochs: 2, verbose: 0, callbacks: [new Spy(calls)]);
        Assert.Equal(
            [
                "train begins with sequential", "epoch 0 begins", "batch 0: loss", "batch 1: loss", "epoch 0 ends: loss",
                "epoch 1 begins", "batch 0: loss", "batch 1: loss", "epoch 1 ends: loss", "train ends",
            ],
            calls);
    }

    [Fact]
    public void The_learning_rate_may_change_on_the_way()
    {
        var model = Linear(new SGD(0.1f));
        model.Optimizer.LearningRate = 0;
        var before = model.GetWeights();
        model.Fit(X, Y, verbose: 0);
        Close.Assert(before, model.GetWeights(), 0, "weight");
    }

    private static Sequential Linear(Optimizer optimizer)
    {
        var model = new Sequential([new Dense(1, inputShape: [3])]);
        model.Compile(optimizer, "mse");
        return model;
    }

    private sealed class Spy(List<string> calls) : Callback
    {
        public override void OnTrainBegin() => calls.Add($"train begins with {Model.Name}");

        public override void OnTrainEnd() => calls.Add("train ends");

        public override void OnEpochBegin(int epoch) => calls.Add($"epoch {epoch} begins");

        public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs) => calls.Add($"epoch {epoch} ends: {string.Join(' ', logs.Keys)}");

        public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, float> logs) => calls.Add($"batch {batch}: {string.Join(' ', logs.Keys)}");
    }

    private sealed class StopAfter(CancellationTokenSource source, int epoch) : Callback
    {
        public int LastEpoch { get; private set; }

        public override void OnEpochEnd(int finished, IReadOnlyDictionary<string, float> logs)
        {
            LastEpoch = finished;
            if (finished == epoch)
                source.Cancel();
        }
    }
}
