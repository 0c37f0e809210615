using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Training on the engine beside training without it: numbers, weights, callbacks, and what an optimizer keeps.</summary>
[Collection("engine")]
public class EngineTrainingTests
{
    private static readonly Tensor X = Twins.Data(1, 12, 5, 3);
    private static readonly Tensor Y = Twins.Data(2, 12, 2);

    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new(StringComparer.Ordinal)
    {
        ["sgd"] = () => new SGD(0.05),
        ["momentum"] = () => new SGD(0.05, momentum: 0.9),
        ["nesterov"] = () => new SGD(0.05, momentum: 0.9, nesterov: true),
        ["rmsprop"] = () => new RMSprop(0.01),
        ["centered rmsprop with momentum"] = () => new RMSprop(0.005, momentum: 0.5, centered: true),
        ["adam"] = () => new Adam(0.01),
        ["amsgrad"] = () => new Adam(0.01, amsgrad: true),
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_goes_on_with_the_other_engine(string name)
    {
        var twins = new Twins(() => Compiled(Optimizers[name]()));
        for (var step = 0; step < 20; step++)
            twins.Managed.TrainOnBatch(X, Y);

        // Five steps here, ten on torch, five here: slots and the number of the step go there and back.
        Steps(twins.Torch, 5);
        using (new OnTorch())
            Steps(twins.Torch, 10);
        Steps(twins.Torch, 5);
        twins.SameWeights();
        Assert.Equal(20, twins.Torch.Optimizer.Iterations);
    }

    /// <summary>A GRU's bias is two parameters in torch, whose gates stand in another order: slots go there and back.</summary>
    [Fact]
    public void Other_recurrent_layers_train_as_without_the_engine()
    {
        var twins = new Twins(() =>
        {
            var model = new Sequential(
            [
                new Embedding(6, 4, inputShape: [5]), new GRU(3, returnSequences: true), new Bidirectional(new GRU(2, returnSequences: true)),
                new RNN([new SimpleRNNCell(3), new GRUCell(2), new LSTMCell(3)], returnSequences: true), new SimpleRNN(4), new Dense(2),
            ]);
            model.Compile(new Adam(0.01), "mse");
            return model;
        });
        var x = Tensor.Of([[1.0, 2, 3, 4, 5], [0, 0, 1, 1, 2], [5, 5, 4, 3, 3]]);
        var y = Twins.Data(3, 3, 2);
        twins.Same(model => [.. model.Predict(x).ToArray()], 1e-5);
        for (var step = 0; step < 12; step++)
            twins.Managed.TrainOnBatch(x, y);
        Go(4);
        using (new OnTorch())
            Go(4);
        Go(4);
        twins.SameWeights();

        void Go(int steps)
        {
            for (var step = 0; step < steps; step++)
                twins.Torch.TrainOnBatch(x, y);
        }
    }

    [Fact]
    public void A_model_with_a_regularizer_is_not_trained_but_predicts()
    {
        var model = new Sequential([new Dense(1, kernelRegularizer: "l2", inputShape: [2])]);
        model.Compile(new SGD(), "mse");
        using var torch = new OnTorch();
        Assert.Equal(3, model.Predict(Tensor.Zeros(3, 2)).Size);
        var error = Assert.Throws<NotSupportedException>(() => model.TrainOnBatch(Tensor.Zeros(3, 2), Tensor.Zeros(3, 1)));
        Assert.Contains("the regularizer of dense/kernel is not supported by the TorchSharp engine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void History_has_the_same_names_and_numbers()
    {
        var twins = new Twins(() =>
        {
            var model = Network();
            model.Compile(optimizer: "adam", loss: "binaryCrossentropy", metrics: ["accuracy", "mse"]);
            return model;
        });
        var y = Tensor.Greater(Y, 0);
        string[][] names = [[], []];
        twins.Same(model =>
        {
            Backend.SetRandomSeed(7);
            var history = model.Fit(X, y, batchSize: 5, epochs: 4, verbose: 0, validationSplit: 0.25);
            names[model == twins.Managed ? 0 : 1] = [.. history.Keys];
            return [.. history.Keys.SelectMany(key => history[key])];
        });
        Assert.Equal(["loss", "accuracy", "mse", "val_loss", "val_accuracy", "val_mse"], names[1]);
        Assert.Equal(names[0], names[1]);
        twins.SameWeights();
    }

    [Fact]
    public void A_loss_and_a_metric_of_ones_own_are_used()
    {
        var twins = new Twins(() =>
        {
            var model = Network();
            model.Compile(
                new Adam(0.01),
                new Loss("quartic", (y, p) => (p - y).Square().Square()),
                metrics: [new Metric("worst", (y, p) => (p - y).Abs().Max())]);
            return model;
        });
        twins.Same(model => Steps(model, 10));
        twins.SameWeights();
    }

    [Fact]
    public void Losses_of_several_outputs_are_added()
    {
        var twins = new Twins(() =>
        {
            var (a, b) = (new Input([5, 3]), new Input([4]));
            var (sequence, h, c) = new LSTM(6, returnSequences: true, returnState: true).ApplyAll(a);
            var other = new LSTM(6).Apply(sequence, [h, c]);
            var joined = new Concatenate().Apply([other, new Dense(4, activation: "tanh").Apply(b)]);
            var model = new Model([a, b], [new Dense(2, name: "first").Apply(joined), new Dense(2, name: "second", activation: "sigmoid").Apply(joined)]);
            model.Compile(new Adam(0.01), [new MeanSquaredError(), new BinaryCrossentropy()], metrics: ["mae"]);
            return model;
        });
        Tensors x = [X, Twins.Data(3, 12, 4)], y = [Y, Tensor.Greater(Y, 0)];
        twins.Same(model => [.. Enumerable.Range(0, 10).SelectMany(_ => model.TrainOnBatch(x, y))]);
        twins.Same(model => [.. model.Evaluate(x, y, batchSize: 5, verbose: 0)]);
        twins.SameWeights();
    }

    [Fact]
    public void Callbacks_see_the_weights_of_the_moment_and_may_change_them()
    {
        var twins = new Twins(() => Compiled(new SGD(0.1)));
        twins.Same(model =>
        {
            var callback = new Meddler();
            model.Fit(X, Y, batchSize: 4, epochs: 3, verbose: 0, shuffle: false, callbacks: [callback]);
            return callback.Seen;
        });
        twins.SameWeights();
    }

    [Fact]
    public void Frozen_layers_stay_as_they_are()
    {
        var twins = new Twins(() =>
        {
            var model = Compiled(new Adam(0.01));
            model.Layers[0].Trainable = false;
            return model;
        });
        var before = twins.Torch.Layers[0].GetWeights();
        twins.Same(model => Steps(model, 5));
        twins.SameWeights();
        Assert.Equal(before.SelectMany(weight => weight.ToArray()), twins.Torch.Layers[0].GetWeights().SelectMany(weight => weight.ToArray()));
    }

    [Fact]
    public void A_step_that_gives_NaN_is_not_made()
    {
        var model = Compiled(new Adam(0.01));
        var before = model.GetWeights();
        using var torch = new OnTorch();
        var error = Assert.ThrowsAny<InvalidOperationException>(() => model.TrainOnBatch(Tensor.Full([12, 5, 3], float.NaN), Y));
        Assert.StartsWith($"{model.Name}: the loss became NaN in TrainOnBatch.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before.SelectMany(weight => weight.ToArray()), model.GetWeights().SelectMany(weight => weight.ToArray()));
        Assert.Equal(0, model.Optimizer.Iterations);
    }

    [Fact]
    public void What_was_learned_stays_when_training_is_cancelled()
    {
        var model = Compiled(new Adam(0.01));
        var before = model.GetWeights()[0].ToArray();
        using var cancel = new CancellationTokenSource();
        using var torch = new OnTorch();
        Assert.Throws<OperationCanceledException>(() => model.Fit(
            X, Y, batchSize: 4, epochs: 100, verbose: 0, callbacks: [new After(2, cancel.Cancel)], cancellationToken: cancel.Token));
        Assert.NotEqual(before, model.GetWeights()[0].ToArray());
        Assert.Equal(2, model.Optimizer.Iterations);
    }

    [Fact]
    public void Dropout_drops_in_training_alone()
    {
        var model = new Sequential([new Dropout(0.5, inputShape: [1000]), new Dense(1, useBias: false, kernelInitializer: "ones")]);
        model.Compile(new SGD(0), "mae");
        var (x, y) = (Tensor.Ones(8, 1000), Tensor.Zeros(8, 1));
        using var torch = new OnTorch();
        Assert.Equal(1000, model.Evaluate(x, y, verbose: 0)[0], 0.01);
        var losses = Enumerable.Range(0, 20).Select(_ => model.TrainOnBatch(x, y)[0]).ToArray();
        Assert.NotEqual(losses[0], losses[1]);
        Assert.InRange(losses.Average(), 980, 1020);
    }

    [Fact]
    public void An_LSTM_drops_the_same_features_at_every_step()
    {
        // With kernels of zeros but one, the output tells which samples had that feature dropped: all steps or none.
        var model = new Sequential([new LSTM(1, dropout: 0.5, returnSequences: true, inputShape: [6, 1], useBias: false)]);
        model.SetWeights([Tensor.Of([[0f, 0f, 1f, 0f]]), Tensor.Zeros(1, 4)]);
        using var module = Module(model);
        module.train();
        var outputs = module.forward(Tensor.Ones(64, 6, 1).ToTorch()).ToUnroll();
        var rows = Enumerable.Range(0, 64).Select(i => outputs[i].ToArray()).ToArray();
        Assert.All(rows, row => Assert.True(Array.TrueForAll(row, value => value == 0) || Array.TrueForAll(row, value => value > 0)));
        Assert.InRange(rows.Count(row => row[0] == 0), 12, 52);
    }

    private static Unroll.TorchSharp.TorchSharpModule Module(Model model)
    {
        Libtorch.Need();
        return model.ToTorchSharp();
    }

    private static Sequential Network() =>
        new([new LSTM(8, inputShape: [5, 3]), new Dense(4, activation: "tanh"), new Dense(2, activation: "sigmoid")]);

    private static Sequential Compiled(Optimizer optimizer)
    {
        var model = Network();
        model.Compile(optimizer, "mse");
        return model;
    }

    private static float[] Steps(Model model, int steps) => [.. Enumerable.Range(0, steps).SelectMany(_ => model.TrainOnBatch(X, Y))];

    private sealed class Meddler : Callback
    {
        public List<float> Seen { get; } = [];

        public override void OnEpochBegin(int epoch) => Model.Optimizer.LearningRate = 0.1 / (epoch + 1);

        public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, float> logs) => Seen.Add(Model.Weights[0].Value.Sum().Item());

        public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
        {
            Seen.Add(Model.Predict(X).Sum().Item());
            var last = Model.Layers[^1];
            last.SetWeights([.. last.GetWeights().Select(weight => weight * 0.5f)]);
        }
    }

    private sealed class After(int steps, Action act) : Callback
    {
        private int _steps;

        public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, float> logs)
        {
            if (++_steps == steps)
                act();
        }
    }
}
