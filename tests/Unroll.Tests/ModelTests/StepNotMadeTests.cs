using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.ModelTests;

/// <summary>What would spoil the weights is found before a step is made.</summary>
public class StepNotMadeTests
{
    private static readonly Tensor X = new RandomState(1).Normal(0, 1, [8, 5, 2]);
    private static readonly Tensor Y = new RandomState(2).Normal(0, 1, [8, 1]);

    public StepNotMadeTests() => Backend.ClearSession();

    public static TheoryData<string, float> BadNumbers => new()
    {
        { "x", float.NaN }, { "x", float.PositiveInfinity }, { "y", float.NaN }, { "y", float.NegativeInfinity }, { "y", 1e30f },
    };

    [Theory]
    [MemberData(nameof(BadNumbers))]
    public void Numbers_that_are_not_finite(string where, float bad)
    {
        foreach (var optimizer in new Optimizer[] { "sgd", "adam", "rmsprop", new SGD(momentum: 0.9) })
        {
            var model = Compiled(optimizer);
            model.TrainOnBatch(X, Y);
            var (weights, steps) = (model.GetWeights(), model.Optimizer.Iterations);
            var (x, y) = (X.Copy(), Y.Copy());
            (where == "x" ? x : y).Span[3] = bad;
            Assert.Matches("^sequential.*: the (loss|gradient of lstm.*/kernel) became (NaN|infinite) in epoch 1, batch 1 of 1. Look for NaN", Assert.ThrowsAny<InvalidOperationException>(() => model.Fit(x, y, verbose: 0)).Message);
            Assert.Contains("in TrainOnBatch. Look for NaN", Assert.ThrowsAny<InvalidOperationException>(() => model.TrainOnBatch(x, y)).Message, StringComparison.Ordinal);
            Close.Assert(weights, model.GetWeights(), 0, "weight");
            Assert.Equal(steps, model.Optimizer.Iterations);

            // The optimizer's memory is as it was, too: the next step is the one that would have come.
            var other = Compiled(optimizer.GetType() == typeof(SGD) ? new SGD(momentum: ((SGD)optimizer).Momentum) : Optimizer.FromString(optimizer.GetType().Name));
            other.TrainOnBatch(X, Y);
            other.TrainOnBatch(X, Y);
            model.TrainOnBatch(X, Y);
            Close.Assert(other.GetWeights(), model.GetWeights(), 0, "weight after the next step");
        }
    }

    [Fact]
    public void In_the_last_odd_batch_of_an_epoch()
    {
        var model = Compiled("sgd");
        var x = X.Copy();
        x.Span[^1] = float.NaN;
        Tensor[] before = [];
        var error = Assert.ThrowsAny<InvalidOperationException>(() => model.Fit(x, Y, batchSize: 3, shuffle: false, verbose: 0, callbacks: [new AfterBatch(() => before = model.GetWeights())]));
        Assert.Contains("the loss became NaN in epoch 1, batch 3 of 3.", error.Message, StringComparison.Ordinal);
        Close.Assert(before, model.GetWeights(), 0, "weight");
    }

    [Fact]
    public void A_gradient_that_is_not_finite_though_the_loss_is()
    {
        var model = new Sequential([new Dense(1, inputShape: [2], kernelInitializer: "zeros")]);
        model.Compile("sgd", new Loss("root", (yTrue, yPred) => (yPred - yTrue).Abs().Sqrt()));
        var before = model.GetWeights();
        var error = Assert.ThrowsAny<InvalidOperationException>(() => model.TrainOnBatch(Tensor.Ones(1, 2), Tensor.Zeros(1, 1)));
        Assert.Equal("sequential: the gradient of dense/kernel became NaN in TrainOnBatch. Look for NaN or huge numbers in x and y, or lower the learning rate.", error.Message);
        Close.Assert(before, model.GetWeights(), 0, "weight");
    }

    [Fact]
    public void States_are_put_back()
    {
        var model = new Sequential();
        model.Add(new Input([5, 2], batchSize: 8));
        model.Add(new LSTM(4, stateful: true));
        model.Add(new Dense(1));
        model.Compile("adam", "mse");
        model.TrainOnBatch(X, Y);
        var lstm = (LSTM)model.Layers[0];
        var states = lstm.States!.Select(state => state.ToArray()).ToArray();
        var x = X.Copy();
        x.Span[0] = float.NaN;
        Assert.ThrowsAny<InvalidOperationException>(() => model.TrainOnBatch(x, Y));
        Assert.Equal(states, lstm.States!.Select(state => state.ToArray()).ToArray());
    }

    [Fact]
    public void A_last_batch_that_a_stateful_model_cannot_take()
    {
        foreach (var make in new Func<Sequential>[] { Stateful, StatefulWithoutInput, OfFixedBatch })
        {
            var model = make();
            if (model.Built)
                Untouched(model, () => model.Fit(X, Y, batchSize: 3, verbose: 0));
            else
                Refused(() => model.Fit(X, Y, batchSize: 3, verbose: 0));
            Refused(() => model.Predict(X, batchSize: 3));
            Refused(() => model.Evaluate(X, Y, batchSize: 3, verbose: 0));
            model.Fit(X[..6], Y[..6], batchSize: 3, verbose: 0);
        }

        static void Refused(Action call) => Assert.Contains("8 samples in batches of 3 leave 2 for the last one", Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_data_that_do_not_fit()
    {
        var model = Compiled("sgd");
        Untouched(model, () => model.Fit(X, Y, validationData: (X, Tensor.Zeros(8, 2)), verbose: 0));
        Untouched(model, () => model.Fit(X, Y, validationData: (Tensor.Zeros(8, 5, 3), Y), verbose: 0));
        Untouched(model, () => model.Fit(X, Y, validationData: (Tensor.Zeros(8, 5), Y), verbose: 0));
        Untouched(model, () => model.Fit(X, Y, validationData: (X, Y[..4]), verbose: 0));
        Untouched(model, () => model.Fit(X, Y, validationData: (X, new Tensor[] { Y, Y }), verbose: 0));
        var stateful = Stateful();
        Untouched(stateful, () => stateful.Fit(X[..6], Y[..6], batchSize: 3, validationData: (X[..2], Y[..2]), verbose: 0));
    }

    [Fact]
    public void Data_that_do_not_fit()
    {
        var model = Compiled("sgd");
        Untouched(model, () => model.Fit(X, Y[..7], verbose: 0));
        Untouched(model, () => model.Fit(X, Tensor.Zeros(8, 2), verbose: 0));
        Untouched(model, () => model.Fit(X[.., .., ..1], Y, verbose: 0));
        Untouched(model, () => model.TrainOnBatch(X, Y[..7]));
        Untouched(model, () => model.TrainOnBatch(new[] { X, X }, Y));
    }

    [Fact]
    public void Huge_batches_are_one_batch()
    {
        var model = Compiled("sgd");
        Assert.Equal(model.Predict(X).ToArray(), model.Predict(X, batchSize: int.MaxValue).ToArray());
        model.Fit(X, Y, batchSize: int.MaxValue, verbose: 0);
        model.Fit(X, Y, batchSize: int.MaxValue - 1, verbose: 0);
    }

    private static Sequential Compiled(Optimizer optimizer)
    {
        Backend.SetRandomSeed(1);
        var model = new Sequential([new LSTM(4, inputShape: [5, 2]), new Dense(1)]);
        model.Compile(optimizer, "mse");
        return model;
    }

    private static Sequential Stateful()
    {
        var model = new Sequential();
        model.Add(new Input([5, 2], batchSize: 3));
        model.Add(new LSTM(4, stateful: true));
        model.Add(new Dense(1));
        model.Compile("sgd", "mse");
        return model;
    }

    private static Sequential OfFixedBatch()
    {
        var model = new Sequential();
        model.Add(new Input([5, 2], batchSize: 3));
        model.Add(new LSTM(4));
        model.Add(new Dense(1));
        model.Compile("sgd", "mse");
        return model;
    }

    private static Sequential StatefulWithoutInput()
    {
        var model = new Sequential([new TimeDistributed(new Dense(2)), new Bidirectional(new LSTM(4, stateful: true)), new Dense(1)]);
        model.Compile("sgd", "mse");
        return model;
    }

    private static void Untouched(Model model, Action call)
    {
        var before = model.GetWeights();
        Assert.Throws<ArgumentException>(call);
        Close.Assert(before, model.GetWeights(), 0, "weight");
    }

    private sealed class AfterBatch(Action action) : Callback
    {
        public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, float> logs) => action();
    }
}
