using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Layers made in a RematScope: the same numbers from less memory.</summary>
public class RematScopeTests
{
    [Theory]
    [InlineData(1, false, false, false)]
    [InlineData(4, true, false, true)]
    [InlineData(4, false, true, false)]
    [InlineData(9, true, true, true)]
    public void Gradients_are_the_same(int batch, bool goBackwards, bool timeMajor, bool masked)
    {
        foreach (var steps in (int[])[1, 2, 3, 37])
        {
            var x = new RandomState(1).Normal(0, 1, timeMajor ? [steps, batch, 35] : [batch, steps, 35]);
            var mask = Tensor.Greater(new RandomState(2).Uniform(0, 1, timeMajor ? [steps, batch] : [batch, steps]), 0.4f);
            foreach (var kind in (Func<FusedRNN>[])[
                () => new LSTM(20, returnSequences: true, returnState: true, goBackwards: goBackwards, timeMajor: timeMajor, zeroOutputForMask: goBackwards),
                () => new GRU(20, returnSequences: true, returnState: true, goBackwards: goBackwards, timeMajor: timeMajor),
                () => new LSTM(5, returnState: true, goBackwards: goBackwards, timeMajor: timeMajor),
                () => new SimpleRNN(20, returnState: true, goBackwards: goBackwards, timeMajor: timeMajor)])
            {
                var plain = kind();
                FusedRNN spare;
                using (new RematScope())
                    spare = kind();
                var expected = Run(plain, plain, masked ? x.WithMask(mask) : x);
                Close.Assert(expected, Run(spare, plain, masked ? x.WithMask(mask) : x), 2e-5, $"{plain.Name}, {steps} steps");
            }
        }
    }

    [Fact]
    public void A_step_takes_a_fraction_of_the_memory()
    {
        var (plain, spare) = (Bytes(Made()), 0L);
        using (new RematScope())
            spare = Bytes(Made());

        // What is left is mostly inputs, outputs and their gradients: (steps, units) four times a layer, where the tape has seven more.
        Assert.InRange(spare, 1, 0.5 * plain);

        static LSTM Made() => new(32, inputShape: [900, 16]);

        static long Bytes(LSTM layer)
        {
            var x = new RandomState(1).Normal(0, 1, [4, 900, 16]);
            layer.Apply(x);
            var before = GC.GetAllocatedBytesForCurrentThread();
            using (var tape = new GradientTape())
            {
                var y = layer.Apply(x).Sum();
                tape.Gradient(y, layer.Weights);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_model_learns_the_same()
    {
        var x = new RandomState(1).Normal(0, 1, [6, 50, 3]);
        var y = new RandomState(2).Normal(0, 1, [6, 1]);
        var plain = Trained(Made());
        Tensor[] spare;
        using (new RematScope())
            spare = Trained(Made());
        Close.Assert(plain, spare, 1e-5, "weights");

        Sequential Made()
        {
            Backend.SetRandomSeed(7);
            return new Sequential([new LSTM(20, returnSequences: true, inputShape: [50, 3]), new Bidirectional(new GRU(6)), new Dense(1)]);
        }

        Tensor[] Trained(Sequential model)
        {
            model.Compile(optimizer: "adam", loss: "mse");
            for (var step = 0; step < 5; step++)
                model.TrainOnBatch(x, y);
            return model.GetWeights();
        }
    }

    private static Tensor[] Run(FusedRNN layer, FusedRNN weights, Tensor x)
    {
        layer.EnsureBuilt([x.Shape], from: null);
        weights.EnsureBuilt([x.Shape], from: null);
        layer.SetWeights(weights.GetWeights());
        using var tape = new GradientTape();
        tape.Watch(x);
        var all = layer.ApplyAll(x);
        var loss = all.Select(each => (each * each).Sum()).Aggregate((a, b) => a + b);
        return [.. all, .. tape.Gradient(loss, [x, .. layer.Weights.Select(weight => weight.Value)]).Select(gradient => gradient!)];
    }
}
