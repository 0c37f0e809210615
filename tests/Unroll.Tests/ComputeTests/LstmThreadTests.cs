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
            var lstm = new LSTM(units, returnSequences: true, timeMajor: timeMajor, goBackwards: goBackwards);
            var x = new RandomState(1).Normal(0, 1, [19, 21, 30]);
            Backend.Threads = 1;
            var alone = Run(lstm, x);
            foreach (var threads in (int[])[2, 3, 5])
            {
                Backend.Threads = threads;
                Assert.Equal(alone, Run(lstm, x));
            }
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    private static float[] Run(LSTM lstm, Tensor x)
    {
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = lstm.Apply(x);
        var gradients = tape.Gradient((y * y).Sum(), [x, .. lstm.Weights.Select(weight => weight.Value)]);
        return [.. y.ToArray(), .. gradients.SelectMany(gradient => gradient!.ToArray())];
    }
}
