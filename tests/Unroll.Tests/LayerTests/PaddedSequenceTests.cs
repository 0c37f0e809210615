using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>
/// Padded sequences of many lengths in one batch, which the kernels sort: each gives what it gives alone, without what its
/// mask passes over.
/// </summary>
[Collection(nameof(OneByOne))]
public class PaddedSequenceTests
{
    private const int Batch = 23;
    private const int Time = 11;
    private const int Features = 3;

    public static TheoryData<string, string, bool, bool, int> Cases()
    {
        var cases = new TheoryData<string, string, bool, bool, int>();
        foreach (var layer in (string[])["LSTM", "GRU", "SimpleRNN"])
            foreach (var padding in (string[])["post", "pre", "holes"])
                foreach (var (timeMajor, goBackwards, threads) in ((bool, bool, int)[])[(false, false, 1), (true, false, 3), (false, true, 2)])
                    cases.Add(layer, padding, timeMajor, goBackwards, threads);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_sequence_gives_what_it_gives_alone(string name, string padding, bool timeMajor, bool goBackwards, int threads)
    {
        // Enough work for threads to share.
        const int Units = 150;
        var random = new RandomState(4);
        var x = random.Normal(0, 1, [Batch, Time, Features]);
        var counts = Counts(random, padding);
        RNN layer = name switch
        {
            "LSTM" => new LSTM(Units, returnSequences: true, returnState: true, goBackwards: goBackwards, timeMajor: timeMajor),
            "GRU" => new GRU(Units, returnSequences: true, returnState: true, goBackwards: goBackwards, timeMajor: timeMajor),
            _ => new SimpleRNN(Units, returnSequences: true, returnState: true, goBackwards: goBackwards, timeMajor: timeMajor),
        };
        var (input, mask) = (timeMajor ? x.Transpose(1, 0, 2) : x, timeMajor ? counts.Transpose() : counts);
        var initial = Enumerable.Range(0, name == "LSTM" ? 2 : 1).Select(_ => random.Normal(0, 1, [Batch, Units])).ToArray();
        var before = Backend.Threads;
        Backend.Threads = threads;
        try
        {
            var together = layer.ApplyAll([input.WithMask(mask), .. initial]);
            var sequences = timeMajor ? together[0].Transpose(1, 0, 2) : together[0];
            for (var sample = 0; sample < Batch; sample++)
            {
                var steps = Enumerable.Range(0, Time).Where(step => counts.Span[sample * Time + step] != 0).ToArray();
                if (steps.Length == 0)
                {
                    Assert.Equal(initial[0][sample].ToArray(), together[1][sample].ToArray());
                    continue;
                }

                var alone = Rows(x[sample], steps).ExpandDims(timeMajor ? 1 : 0);
                var expected = layer.ApplyAll([alone, .. initial.Select(state => state[sample].ExpandDims(0))]);
                for (var state = 1; state < expected.Count; state++)
                    Close.Assert(expected[state][0], together[state][sample], 1e-5, $"state {state} of sample {sample}");
                var outputs = timeMajor ? expected[0].Transpose(1, 0, 2)[0] : expected[0][0];
                var made = goBackwards ? steps.Select(step => Time - 1 - step).Reverse() : steps;
                Close.Assert(outputs, Rows(sequences[sample], made), 1e-5, $"outputs of sample {sample}");
            }
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    private static Tensor Rows(Tensor matrix, IEnumerable<int> rows) => matrix.Gather(Tensor.Of([.. rows.Select(row => (float)row)]));

    /// <summary>(batch, time): lengths from none to all, and for holes, any steps.</summary>
    private static Tensor Counts(RandomState random, string padding)
    {
        var counts = new float[Batch * Time];
        for (var sample = 0; sample < Batch; sample++)
        {
            var length = (int)random.RandInt(0, Time + 1);
            for (var step = 0; step < Time; step++)
            {
                var isIn = padding switch
                {
                    "post" => step < length,
                    "pre" => step >= Time - length,
                    _ => random.RandInt(0, 3) == 0,
                };
                counts[sample * Time + step] = isIn ? 1 : 0;
            }
        }

        return Tensor.Of(counts).Reshape(Batch, Time);
    }
}
