using Unroll.Layers;
using Unroll.Models;
using Unroll.TorchSharp;
using Unroll.Training;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>What the engine runs, what it keeps, what it refuses.</summary>
[Collection("engine")]
public class EngineTests
{
    [Fact]
    public void Predicts_in_batches_as_the_managed_engine_does()
    {
        var twins = new Twins(() => new Sequential(
        [
            new Conv1D(6, 3, padding: "same", strides: 2, activation: "relu", inputShape: [9, 3]),
            new Bidirectional(new LSTM(4, returnSequences: true), mergeMode: "ave"),
            new TimeDistributed(new Dense(3)),
            new Flatten(),
            new Dense(2, activation: "softmax"),
        ]));
        twins.Same(model => model.Predict(Twins.Data(1, 10, 9, 3), batchSize: 4).ToArray(), 1e-5);
    }

    [Fact]
    public void A_sequential_that_meets_another_length_is_made_again()
    {
        var twins = new Twins(() => new Sequential([new LSTM(4, inputShape: [null, 3]), new Dense(2)]));
        var late = new Twins(() =>
        {
            var model = new Sequential([new LSTM(4), new Dense(2)]);
            model.Predict(Twins.Data(1, 1, 5, 3));
            return model;
        });
        foreach (var steps in new[] { 5, 7 })
        {
            twins.Same(model => model.Predict(Twins.Data(1, 2, steps, 3)).ToArray(), 1e-5);
            late.Same(model => model.Predict(Twins.Data(1, 2, steps, 3)).ToArray(), 1e-5);
        }
    }

    [Fact]
    public void Stateful_layers_go_on_from_batch_to_batch_and_from_engine_to_engine()
    {
        var twins = new Twins(() =>
        {
            var input = new Input([3, 2], batchSize: 2);
            var x = new Bidirectional(new LSTM(3, returnSequences: true, stateful: true)).Apply(input);
            return new Model(input, new RNN([new LSTMCell(4), new LSTMCell(4)], stateful: true).Apply(x));
        });
        IReadOnlyList<float> Two(Model model) => [.. model.Predict(Twins.Data(1, 4, 3, 2), batchSize: 2).ToArray(), .. model.Predict(Twins.Data(2, 2, 3, 2)).ToArray()];
        twins.Same(Two, 1e-5);

        // Now here: the states came back.
        Assert.Equal(Two(twins.Managed), Two(twins.Torch), (a, b) => Math.Abs(a - b) < 1e-5);
        twins.Same(Two, 1e-5);
        twins.Managed.ResetStates();
        twins.Torch.ResetStates();
        twins.Same(Two, 1e-5);
    }

    [Fact]
    public void Stateful_training_goes_on_from_batch_to_batch()
    {
        var twins = new Twins(() =>
        {
            var input = new Input([4, 2], batchSize: 3);
            var model = new Model(input, new Dense(1).Apply(new LSTM(5, stateful: true).Apply(input)));
            model.Compile(new Adam(0.01), "mse");
            return model;
        });
        var (x, y) = (Twins.Data(1, 9, 4, 2), Twins.Data(2, 9, 1));
        twins.Same(model => model.Fit(x, y, batchSize: 3, epochs: 4, shuffle: false, verbose: 0, validationData: (x, y))["val_loss"]);
        twins.SameWeights();
        Assert.Equal(
            twins.Managed.Layers.OfType<LSTM>().Single().States!.SelectMany(state => state.ToArray()),
            twins.Torch.Layers.OfType<LSTM>().Single().States!.SelectMany(state => state.ToArray()),
            (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void A_batch_of_another_size_than_the_kept_states_is_refused_as_ever()
    {
        var layer = new LSTM(3, stateful: true);
        var input = new Input([3, 2], batchSize: 2);
        var model = new Model(input, layer.Apply(input));
        model.Predict(Twins.Data(1, 2, 3, 2));
        layer.States = new Tensors([Tensor.Zeros(4, 3), Tensor.Zeros(4, 3)]);
        using var torch = new OnTorch();
        var error = Assert.Throws<ArgumentException>(() => model.Predict(Twins.Data(1, 2, 3, 2)));
        Assert.StartsWith($"{layer.Name} is stateful and keeps states for a batch of 4 but got a batch of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_was_set_between_two_calls_counts()
    {
        var model = new Sequential([new Dense(1, useBias: false, inputShape: [2])]);
        using var torch = new OnTorch();
        model.Predict(Tensor.Ones(1, 2));
        model.SetWeights([Tensor.Of([[3f], [4f]])]);
        Assert.Equal(7, model.Predict(Tensor.Ones(1, 2)).Item(), 1e-6);

        // Written past the variable, where nothing tells that it changed.
        model.Weights[0].Value.Span[0] = 10;
        Assert.Equal(14, model.Predict(Tensor.Ones(1, 2)).Item(), 1e-6);
        model.Weights[0].Value.Span[0] = 20;
        Assert.Equal(24, model.Predict(Tensor.Ones(1, 2)).Item(), 1e-6);
    }

    [Fact]
    public void A_scope_around_a_call_takes_nothing_of_the_engines_with_it()
    {
        var twins = new Twins(() =>
        {
            var input = new Input([4, 2], batchSize: 3);
            var model = new Model(input, new Dense(1).Apply(new Bidirectional(new LSTM(5, stateful: true)).Apply(input)));
            model.Compile(new Adam(0.01), "mse");
            return model;
        });
        var (x, y) = (Twins.Data(1, 3, 4, 2), Twins.Data(2, 3, 1));
        twins.Same(model =>
        {
            var numbers = new List<float>();
            for (var i = 0; i < 3; i++)
            {
                using var scope = model == twins.Torch ? global::TorchSharp.torch.NewDisposeScope() : null;
                numbers.AddRange(model.TrainOnBatch(x, y));
                numbers.AddRange(model.Predict(x).ToArray());
            }

            return numbers;
        });
    }

    [Fact]
    public void Shapes_are_checked_with_the_managed_engines_words()
    {
        var model = new Sequential([new LSTM(3, inputShape: [5, 2]), new Dense(1)]);
        model.Compile("adam", "mse");
        var wrong = Assert.Throws<ArgumentException>(() => model.Predict(Twins.Data(1, 2, 5, 4)));
        var wrongTruth = Assert.Throws<ArgumentException>(() => model.TrainOnBatch(Twins.Data(1, 2, 5, 2), Twins.Data(1, 2, 3)));
        using var torch = new OnTorch();
        Assert.Equal(wrong.Message, Assert.Throws<ArgumentException>(() => model.Predict(Twins.Data(1, 2, 5, 4))).Message);
        var found = Assert.Throws<ArgumentException>(() => model.TrainOnBatch(Twins.Data(1, 2, 5, 2), Twins.Data(1, 2, 3)));
        Assert.Equal(wrongTruth.Message.Split(':')[0], found.Message.Split(':')[0]);
    }

    [Fact]
    public void What_it_cannot_run_is_refused_with_layer_and_argument()
    {
        var relu = new Sequential([new LSTM(3, activation: "relu", inputShape: [5, 2], name: "first")]);
        var dropped = new Sequential([new LSTM(3, recurrentDropout: 0.2, inputShape: [5, 2], name: "second")]);
        dropped.Compile("sgd", "mse");
        var own = new Sequential([new Dense(1, inputShape: [2])]);
        own.Compile(new OwnOptimizer(), "mse");
        using var torch = new OnTorch();
        Refused("first (LSTM): activation \"relu\"", () => relu.Predict(Twins.Data(1, 1, 5, 2)));
        dropped.Predict(Twins.Data(1, 1, 5, 2));
        Refused("second (LSTM): recurrentDropout 0.2", () => dropped.TrainOnBatch(Twins.Data(1, 1, 5, 2), Twins.Data(1, 1, 3)));
        Refused("optimizer OwnOptimizer", () => own.TrainOnBatch(Twins.Data(1, 1, 2), Twins.Data(1, 1, 1)));
        Assert.Equal("TorchSharpEngine: Predict 1, Evaluate 0, Fit 0, TrainOnBatch 0", torch.Engine.ToString());
    }

    [Fact]
    public void It_uses_as_many_threads_as_Backend_says()
    {
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        using var torch = new OnTorch();
        var before = Backend.Threads;
        try
        {
            Backend.Threads = 3;
            model.Predict(Tensor.Ones(1, 2));
            Assert.Equal(3, global::TorchSharp.torch.get_num_threads());
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused()
    {
        Libtorch.Need();
        Assert.StartsWith("\"abacus\" is not a device", Assert.Throws<ArgumentException>(() => new TorchSharpEngine("abacus")).Message, StringComparison.Ordinal);
        Assert.SkipWhen(global::TorchSharp.torch.cuda.is_available(), "this machine has CUDA");
        Assert.Contains("no CUDA", Assert.Throws<ArgumentException>(() => new TorchSharpEngine("cuda")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trains_on_CUDA_as_on_the_CPU()
    {
        Libtorch.Need();
        Assert.SkipUnless(global::TorchSharp.torch.cuda.is_available(), "needs a GPU, and libtorch for CUDA");
        var twins = new Twins(() =>
        {
            var model = new Sequential([new LSTM(8, inputShape: [5, 3]), new Dense(2)]);
            model.Compile(new Adam(0.01), "mse");
            return model;
        });
        var (x, y) = (Twins.Data(1, 12, 5, 3), Twins.Data(2, 12, 2));
        twins.Managed.Fit(x, y, epochs: 20, shuffle: false, verbose: 0);
        Backend.Engine = new TorchSharpEngine("cuda");
        try
        {
            twins.Torch.Fit(x, y, epochs: 20, shuffle: false, verbose: 0);
        }
        finally
        {
            Backend.Engine = null;
        }

        twins.SameWeights(1e-3);
    }

    private static void Refused(string start, Action act) =>
        Assert.StartsWith(start, Assert.Throws<NotSupportedException>(act).Message, StringComparison.Ordinal);

    private sealed class OwnOptimizer() : Optimizer(0.1)
    {
        protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
        {
        }
    }
}
