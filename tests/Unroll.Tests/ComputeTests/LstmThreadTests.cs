using Unroll.Layers;

namespace Unroll.Tests.ComputeTests;

/// <summary>A long sequence gives the same bits whatever the number of threads, forward and backward.</summary>
[Collection(nameof(Support.OneByOne))]
public class LstmThreadTests
{
    [Theory]
    [InlineData(70, false, false)]
    [InlineData(70, true, true)]
    [InlineData(13, false, false)]
    [InlineData(13, true, true)]
    public void The_number_of_threads_changes_no_bit(int units, bool timeMajor, bool goBackwards)
    {
        var before = Backend.Threads;
        try
        {
            Backend.SetRandomSeed(1);
            var x = new RandomState(1).Normal(0, 1, [19, 41, 30]);
            var mask = Tensor.Greater(new RandomState(2).Uniform(0, 1, [19, 41]), 0.3f);
            foreach (var layer in (RNN[])[
                new LSTM(units, returnSequences: true, timeMajor: timeMajor, goBackwards: goBackwards),
                new GRU(units, returnSequences: true, timeMajor: timeMajor, goBackwards: goBackwards),
                new SimpleRNN(2 * units, returnSequences: true, timeMajor: timeMajor, goBackwards: goBackwards)])
            {
                foreach (var input in (Tensor[])[x, x.WithMask(mask)])
                {
                    Backend.Threads = 1;
                    var alone = Run(layer, input);
                    foreach (var threads in (int[])[2, 3, 5])
                    {
                        Backend.Threads = threads;
                        Assert.Equal(alone, Run(layer, input));
                    }
                }
            }
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    /// <summary>So few samples that the threads share the units of each step.</summary>
    [Theory]
    [InlineData(1, 200, false)]
    [InlineData(2, 150, true)]
    [InlineData(5, 130, false)]
    public void Nor_does_it_where_the_batch_is_small(int batch, int units, bool goBackwards)
    {
        var before = Backend.Threads;
        try
        {
            Backend.SetRandomSeed(1);
            var x = new RandomState(1).Normal(0, 1, [batch, 20, 40]);
            var mask = Tensor.Greater(new RandomState(2).Uniform(0, 1, [batch, 20]), 0.3f);
            foreach (var layer in (RNN[])[
                new LSTM(units, returnSequences: true, goBackwards: goBackwards, zeroOutputForMask: goBackwards),
                new GRU(units, returnSequences: true, goBackwards: goBackwards),
                new SimpleRNN(2 * units, returnSequences: true, goBackwards: goBackwards)])
            {
                foreach (var input in (Tensor[])[x, x.WithMask(mask)])
                {
                    Backend.Threads = 1;
                    var (alone, inferred) = (Run(layer, input), layer.Apply(input).ToArray());
                    foreach (var threads in (int[])[2, 3])
                    {
                        Backend.Threads = threads;
                        Assert.Equal(alone, Run(layer, input));
                        Assert.Equal(inferred, layer.Apply(input).ToArray());
                    }
                }
            }
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    private static float[] Run(RNN layer, Tensor x)
    {
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = layer.Apply(x);
        var gradients = tape.Gradient((y * y).Sum(), [x, .. layer.Weights.Select(weight => weight.Value)]);
        return [.. y.ToArray(), .. gradients.SelectMany(gradient => gradient!.ToArray())];
    }
}
