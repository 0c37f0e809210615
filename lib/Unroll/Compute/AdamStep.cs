using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// Adam's step on the numbers of a variable, a vector at a time, each number by itself:
/// <c>m += fresh1 * (g - m);  s += fresh2 * (g² - s);  w -= rate * m / (√(greatest s) + epsilon)</c>.
/// At (32, 10, 2, 64), where a training step takes 430 µs, this is 5 of them, where a plain loop took 40.
/// </summary>
internal static unsafe class AdamStep
{
    /// <summary>Without <c>amsgrad</c>, <paramref name="greatest"/> is empty, and s itself counts.</summary>
    public static void Run(
        Span<float> values,
        ReadOnlySpan<float> gradient,
        Span<float> mean,
        Span<float> square,
        Span<float> greatest,
        float rate,
        float fresh1,
        float fresh2,
        float epsilon)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Simd512>(values, gradient, mean, square, greatest, rate, fresh1, fresh2, epsilon);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256>(values, gradient, mean, square, greatest, rate, fresh1, fresh2, epsilon);
        else
            Run<Simd128>(values, gradient, mean, square, greatest, rate, fresh1, fresh2, epsilon);
    }

    private static void Run<V>(
        Span<float> values,
        ReadOnlySpan<float> gradient,
        Span<float> mean,
        Span<float> square,
        Span<float> greatest,
        float rate,
        float fresh1,
        float fresh2,
        float epsilon)
        where V : struct, ISimd<V>
    {
        V share1 = V.Broadcast(fresh1), share2 = V.Broadcast(fresh2), back = V.Broadcast(-rate), least = V.Broadcast(epsilon);
        fixed (float* w = values, g = gradient, m = mean, s = square, most = greatest)
        {
            for (var at = 0; at < values.Length; at += V.Count)
            {
                var lanes = values.Length - at;
                var slope = Lanes.Load<V>(g + at, lanes);
                var first = Lanes.Load<V>(m + at, lanes);
                var second = Lanes.Load<V>(s + at, lanes);
                first = V.MultiplyAdd(share1, slope - first, first);
                second = V.MultiplyAdd(share2, slope * slope - second, second);
                Lanes.Store(first, m + at, lanes);
                Lanes.Store(second, s + at, lanes);
                if (most != null)
                {
                    second = V.Max(Lanes.Load<V>(most + at, lanes), second);
                    Lanes.Store(second, most + at, lanes);
                }

                var weight = Lanes.Load<V>(w + at, lanes);
                Lanes.Store(V.MultiplyAdd(back, first / (V.Sqrt(second) + least), weight), w + at, lanes);
            }
        }
    }
}
