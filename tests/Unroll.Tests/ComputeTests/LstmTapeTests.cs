using Unroll.Layers;

namespace Unroll.Tests.ComputeTests;

/// <summary>What an LSTM keeps for the way back: used up once, kept for the next step, as large as it says.</summary>
[Collection(nameof(Support.OneByOne))]
public class LstmTapeTests
{
    private readonly LSTM _lstm = new(20);
    private readonly Tensor _x = new RandomState(1).Normal(0, 1, [3, 7, 4]);

    [Fact]
    public void A_persistent_tape_goes_back_twice()
    {
        using var tape = new GradientTape(persistent: true);
        tape.Watch(_x);
        var y = _lstm.Apply(_x).Sum();
        var first = tape.Gradient(y, _x)!.ToArray();
        Assert.Equal(first, tape.Gradient(y, _x)!.ToArray());
    }

    [Fact]
    public void Two_tapes_go_back_each()
    {
        using var one = new GradientTape();
        using var other = new GradientTape();
        one.Watch(_x);
        other.Watch(_x);
        var y = _lstm.Apply(_x).Sum();
        one.Dispose();
        other.Dispose();
        Assert.Equal(one.Gradient(y, _x)!.ToArray(), other.Gradient(y, _x)!.ToArray());
    }

    [Fact]
    public void Two_calls_of_one_layer_have_a_tape_each()
    {
        var expected = Gradient(_x);
        using var tape = new GradientTape();
        tape.Watch(_x);
        var first = _lstm.Apply(_x).Sum();
        var second = _lstm.Apply(new RandomState(2).Normal(0, 1, _x.Shape)).Sum();
        Assert.Equal(expected, tape.Gradient(first + second, _x)!.ToArray());
    }

    [Fact]
    public void Another_shape_gets_another_tape()
    {
        var expected = Gradient(_x);
        Gradient(new RandomState(3).Normal(0, 1, [5, 2, 4]));
        Assert.Equal(expected, Gradient(_x));
    }

    /// <summary>The formula of the documentation of RecurrentTape, by what a step of training allocates more for more time.</summary>
    [Fact]
    public void Memory_of_training_is_what_the_formula_says()
    {
        var before = Backend.Threads;
        try
        {
            Backend.Threads = 1;
            const int Batch = 3, Features = 4, Units = 20;
            long Formula(int steps) => 4L * Batch * (steps * (Features + 6 * Units) + Features + Units);

            // The least of some: the pools of arrays are filled by the first, and the collector may empty them.
            var grown = Least(400) - Least(100);
            Assert.InRange(grown, Formula(400) - Formula(100), 1.01 * (Formula(400) - Formula(100)));

            long Least(int steps) => Enumerable.Range(0, 5).Min(_ => TrainingBytes(steps));

            long TrainingBytes(int steps)
            {
                // A new layer, since one that has trained keeps its tape.
                var lstm = new LSTM(Units);
                var x = Tensor.Zeros(Batch, steps, Features);
                lstm.EnsureBuilt([x.Shape], from: null);
                var start = GC.GetAllocatedBytesForCurrentThread();
                using var tape = new GradientTape();
                tape.Gradient(lstm.Apply(x).Sum(), lstm.TrainableWeights);
                return GC.GetAllocatedBytesForCurrentThread() - start;
            }
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    private float[] Gradient(Tensor x)
    {
        using var tape = new GradientTape();
        tape.Watch(x);
        return tape.Gradient(_lstm.Apply(x).Sum(), x)!.ToArray();
    }
}
