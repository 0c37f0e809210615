using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Benchmarks.Measuring;

/// <summary>
/// What the machine's multipliers give at most: a loop of multiply-adds on the widest vectors that the runtime has, which
/// touches registers alone. Twelve sums in turn hide the latency of the instruction (4 cycles) on two units with room to spare.
/// </summary>
internal static class FmaPeak
{
    private const int Sums = 12;
    private const int Iterations = 20_000;

    /// <summary>The bits of the widest vectors.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>GFLOP/s of so many threads together: of each, the best of some short runs.</summary>
    public static double Measure(int threads)
    {
        var rates = new double[threads];
        using var start = new Barrier(threads);
        var others = Enumerable.Range(1, threads - 1).Select(i => new Thread(() => Work(i))).ToList();
        foreach (var thread in others)
            thread.Start();
        Work(0);
        foreach (var thread in others)
            thread.Join();
        return rates.Sum();

        void Work(int i)
        {
            start.SignalAndWait();
            rates[i] = BestRate();
        }
    }

    private static double BestRate()
    {
        var best = 0.0;
        for (var run = 0; run < 8; run++)
        {
            var before = Stopwatch.GetTimestamp();
            var lanes = Vector512.IsHardwareAccelerated ? Loop<Simd512>() : Vector256.IsHardwareAccelerated ? Loop<Simd256>() : Loop<Simd128>();
            var seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
            best = Math.Max(best, 2.0 * lanes * Sums * Iterations / seconds / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Loop<V>()
        where V : struct, ISimd<V>
    {
        // x ← x·m + a tends to a / (1 − m): no overflow and no denormal number, whatever the count.
        V m = V.Broadcast(0.5f), a = V.Broadcast(1);
        V s0 = a, s1 = m, s2 = a, s3 = m, s4 = a, s5 = m, s6 = a, s7 = m, s8 = a, s9 = m, s10 = a, s11 = m;
        for (var i = 0; i < Iterations; i++)
        {
            s0 = V.MultiplyAdd(s0, m, a);
            s1 = V.MultiplyAdd(s1, m, a);
            s2 = V.MultiplyAdd(s2, m, a);
            s3 = V.MultiplyAdd(s3, m, a);
            s4 = V.MultiplyAdd(s4, m, a);
            s5 = V.MultiplyAdd(s5, m, a);
            s6 = V.MultiplyAdd(s6, m, a);
            s7 = V.MultiplyAdd(s7, m, a);
            s8 = V.MultiplyAdd(s8, m, a);
            s9 = V.MultiplyAdd(s9, m, a);
            s10 = V.MultiplyAdd(s10, m, a);
            s11 = V.MultiplyAdd(s11, m, a);
        }

        // The sums are used, so that the loop stays.
        Span<float> sink = stackalloc float[V.Count];
        V.Store(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11, ref sink[0], 0);
        return float.IsFinite(sink[0]) ? V.Count : throw new InvalidOperationException("The loop of multiply-adds went wrong.");
    }
}
