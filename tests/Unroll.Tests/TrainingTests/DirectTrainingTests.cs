using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.TrainingTests;

/// <summary>Steps without a tape, which small models make, change weights as steps on a tape do.</summary>
public class DirectTrainingTests
{
    public static TheoryData<string> Networks => [.. Made.Keys];

    private static readonly Dictionary<string, Func<Layer[]>> Made = new(StringComparer.Ordinal)
    {
        ["lstm, dense"] = () => [new LSTM(5, inputShape: [7, 3]), new Dense(2)],
        ["lstm alone"] = () => [new LSTM(5, inputShape: [7, 3])],
        ["stack"] = () => [
            new LSTM(20, returnSequences: true, inputShape: [7, 3]), new GRU(6, returnSequences: true, goBackwards: true), new SimpleRNN(4), new Dense(1)],
        ["no biases"] = () => [new LSTM(5, useBias: false, inputShape: [7, 3]), new Dense(2, useBias: false)],
        ["dense over time"] = () => [new GRU(5, returnSequences: true, inputShape: [7, 3]), new Dense(4, "tanh"), new Dense(2)],
        ["functions"] = () => [new SimpleRNN(5, inputShape: [7, 3]), new Dense(9, "relu"), new Dense(8, "sigmoid"), new Dense(3, "tanh")],
        ["dense alone"] = () => [new Dense(6, "tanh", inputShape: [7, 3]), new Dense(1)],
        ["constraint"] = () => [new LSTM(5, inputShape: [7, 3], kernelConstraint: new Constraints.MaxNorm(0.5)), new Dense(2)],
        ["wide"] = () => [new LSTM(40, returnSequences: true, inputShape: [7, 3]), new LSTM(33), new Dense(2)],
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_weights_are_those_of_a_tape(string network)
    {
        var (direct, taped) = (Model(network), Model(network));
        taped.SetWeights(direct.GetWeights());
        var x = new RandomState(5).Normal(0, 1, [11, 7, 3]);
        var y = new RandomState(6).Normal(0, 1, [.. direct.Predict(x).Shape]);
        var unit = direct.Predict(x);
        for (var step = 0; step < 4; step++)
        {
            // Batches of two sizes.
            var part = step % 2 == 0 ? .. : 3..8;
            var losses = direct.TrainOnBatch(x[part], y[part]);
            float[] expected;
            using (var tape = new GradientTape())
            {
                // What a tape sees from outside is made on a tape.
                expected = taped.TrainOnBatch(x[part], y[part]);
            }

            Assert.Equal(expected[0], losses[0], 1e-6f);
            Assert.Equal(expected[1], losses[1], 1e-6f);
            foreach (var (own, other) in direct.GetWeights().Zip(taped.GetWeights()))
                Assert.Equal(other.ToArray(), own.ToArray(), (a, b) => Math.Abs(a - b) < 2e-6);
        }

        Assert.NotEqual(unit.ToArray(), direct.Predict(x).ToArray());
    }

    [Fact]
    public void A_step_makes_little_anew()
    {
        var model = Model("lstm, dense");
        model.Compile(optimizer: "adam", loss: "mse");
        var x = new RandomState(5).Normal(0, 1, [11, 7, 3]);
        var y = Tensor.Zeros(11, 2);
        long Bytes()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            model.TrainOnBatch(x, y);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(Enumerable.Range(0, 20).Select(_ => Bytes()).Min(), 0, 6000);
    }

    [Fact]
    public void A_metric_may_keep_the_predictions_that_it_is_given()
    {
        var kept = new List<Tensor>();
        var model = Model("lstm, dense");
        model.Compile(optimizer: "adam", loss: "mse", metrics: [new Metric("keeper", (yTrue, yPred) =>
        {
            kept.Add(yPred);
            return (yTrue - yPred).Abs().Mean(-1);
        })]);
        var x = new RandomState(5).Normal(0, 1, [11, 7, 3]);
        var expected = new List<float[]>();
        for (var step = 0; step < 3; step++)
        {
            expected.Add(model.Predict(x).ToArray());
            model.TrainOnBatch(x, Tensor.Ones(11, 2));
        }

        Assert.Equal(3, kept.Count);
        foreach (var (before, prediction) in expected.Zip(kept))
            Assert.Equal(before, prediction.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_layer_that_is_frozen_stays_as_it_is_from_the_next_step_on()
    {
        var model = Model("lstm, dense");
        var x = new RandomState(5).Normal(0, 1, [11, 7, 3]);
        var y = Tensor.Ones(11, 2);
        model.TrainOnBatch(x, y);
        var frozen = model.Layers[0].GetWeights();
        model.Layers[0].Trainable = false;
        var head = model.Layers[1].GetWeights();
        model.TrainOnBatch(x, y);
        foreach (var (before, now) in frozen.Zip(model.Layers[0].GetWeights()))
            Assert.Equal(before.ToArray(), now.ToArray());
        Assert.NotEqual(head[0].ToArray(), model.Layers[1].GetWeights()[0].ToArray());

        model.Layers[0].Trainable = true;
        model.TrainOnBatch(x, y);
        Assert.NotEqual(frozen[0].ToArray(), model.Layers[0].GetWeights()[0].ToArray());
    }

    [Fact]
    public void What_is_not_finite_is_refused_and_nothing_is_changed()
    {
        var model = Model("lstm, dense");
        var x = new RandomState(5).Normal(0, 1, [11, 7, 3]);
        var y = Tensor.Full([11, 2], float.PositiveInfinity);
        var before = model.GetWeights();
        var error = Assert.ThrowsAny<InvalidOperationException>(() => model.TrainOnBatch(x, y));
        Assert.Contains("loss", error.Message, StringComparison.Ordinal);
        foreach (var (kept, now) in before.Zip(model.GetWeights()))
            Assert.Equal(kept.ToArray(), now.ToArray());
    }

    [Fact]
    public void A_truth_of_another_shape_is_refused()
    {
        var model = Model("lstm, dense");
        var error = Assert.Throws<ArgumentException>(() => model.TrainOnBatch(Tensor.Zeros(4, 7, 3), Tensor.Zeros(4, 3)));
        Assert.Contains("(4, 3)", error.Message, StringComparison.Ordinal);
    }

    private static Sequential Model(string network)
    {
        Backend.SetRandomSeed(9);
        var model = new Sequential(Made[network]());
        model.Compile(optimizer: new Adam(learningRate: 0.01), loss: "mse", metrics: ["mae"]);
        return model;
    }
}
