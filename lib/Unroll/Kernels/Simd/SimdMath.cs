using System.Runtime.CompilerServices;

namespace Unroll.Kernels.Simd;

/// <summary>
/// exp, sigmoid and tanh of every lane. All come from exp(x) - 1: x is n·ln 2 + r with |r| ≤ ln 2 / 2, the Taylor series of
/// degree 7 gives exp(r) - 1 (its rest is below 1.5e-8 of it), and 2ⁿ is put together from bits.
/// NaN stays NaN. Sigmoid and tanh are within 2.5 units in the last place of the right result, which a test holds.
/// </summary>
internal static class SimdMath
{
    // ln 2 in two parts, the first with so few digits that n times it is exact.
    private const float LogTwoHigh = 0.693145752f;
    private const float LogTwoLow = 1.42860677e-6f;
    private const float LogTwoReciprocal = 1.44269504f;

    // Below the first, exp underflows; at the second, 2ⁿ is infinite. Kept between them, 2ⁿ has an exponent that fits.
    private const float Smallest = -87.3f;
    private const float Largest = 89;

    // tanh is 1 to float32 from here on.
    private const float TanhSaturates = 9.02f;

    /// <summary>e to the power of x; infinite from 88.4 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, ISimd<V>
    {
        var (power, rest) = Split(V.Min(V.Broadcast(Largest), V.Max(V.Broadcast(Smallest), x)));
        return (rest + V.Broadcast(1)) * power;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, ISimd<V>
    {
        var one = V.Broadcast(1);
        return one / (one + Exp(V.Broadcast(0) - x));
    }

    /// <summary>With e = exp(2|x|) - 1 the tangent is e / (e + 2), right to the last digits near 0 too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, ISimd<V>
    {
        var size = V.Min(V.Broadcast(TanhSaturates), V.Abs(x));
        var (power, rest) = Split(size + size);
        var e = V.MultiplyAdd(power, rest, power - V.Broadcast(1));
        return V.CopySign(e / (e + V.Broadcast(2)), x);
    }

    /// <summary>2ⁿ and exp(r) - 1 of x = n·ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Power, V Series) Split<V>(V x)
        where V : struct, ISimd<V>
    {
        var n = V.Round(x * V.Broadcast(LogTwoReciprocal));
        var r = V.MultiplyAdd(n, V.Broadcast(-LogTwoHigh), x);
        r = V.MultiplyAdd(n, V.Broadcast(-LogTwoLow), r);
        var series = V.Broadcast(1f / 5040);
        series = V.MultiplyAdd(series, r, V.Broadcast(1f / 720));
        series = V.MultiplyAdd(series, r, V.Broadcast(1f / 120));
        series = V.MultiplyAdd(series, r, V.Broadcast(1f / 24));
        series = V.MultiplyAdd(series, r, V.Broadcast(1f / 6));
        series = V.MultiplyAdd(series, r, V.Broadcast(0.5f));
        return (V.PowerOfTwo(n), V.MultiplyAdd(series, r * r, r));
    }
}
