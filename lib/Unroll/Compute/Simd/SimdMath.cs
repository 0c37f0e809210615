using System.Runtime.CompilerServices;

namespace Unroll.Compute.Simd;

/// <summary>
/// Sigmoid and tanh of every lane. Both come from exp(x): x is n·ln 2 + r with |r| ≤ ln 2 / 2, the Taylor series of degree 7
/// gives exp(r) - 1 (its rest is below 1.5e-8 of it), and 2ⁿ is put together from bits. The series is summed in pairs, so
/// that its parts do not wait for each other: a step of a small layer is one long chain of such waits.
/// NaN stays NaN. Both are within 3 units in the last place of the right result, which a test holds.
/// </summary>
internal static class SimdMath
{
    // ln 2 in two parts, the first with so few digits that n times it is exact.
    private const float LogTwoHigh = 0.693145752f;
    private const float LogTwoLow = 1.42860677e-6f;
    private const float LogTwoReciprocal = 1.44269504f;

    // exp(-x) underflows above the first; at the second, 2ⁿ is infinite. Kept between them, 2ⁿ has an exponent that fits.
    private const float Largest = 87.3f;
    private const float Smallest = -89;

    // The nearest whole number of halvings is 127 here, for which PowerOfTwo gives 0.
    private const float Underflows = -88;

    // tanh is 1 to float32 from here on.
    private const float TanhSaturates = 9.02f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, ISimd<V> => V.Broadcast(1) / SigmoidDivisor(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, ISimd<V>
    {
        var (number, divisor) = TanhParts(x);
        return number / divisor;
    }

    /// <summary>e to the power of numbers up to 88, within 2 units in the last place; 0 below -88, where float32 has few digits left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, ISimd<V>
    {
        var one = V.Broadcast(1);
        x = V.Min(V.Broadcast(-Underflows), V.Max(V.Broadcast(Underflows), x));
        var n = V.Round(x * V.Broadcast(LogTwoReciprocal));
        var r = V.MultiplyAdd(n, V.Broadcast(-LogTwoLow), V.MultiplyAdd(n, V.Broadcast(-LogTwoHigh), x));
        var square = r * r;
        var first = V.MultiplyAdd(r, V.Broadcast(1f / 6), V.Broadcast(0.5f));
        var second = V.MultiplyAdd(r, V.Broadcast(1f / 120), V.Broadcast(1f / 24));
        var third = V.MultiplyAdd(r, V.Broadcast(1f / 5040), V.Broadcast(1f / 720));
        var series = V.MultiplyAdd(V.MultiplyAdd(third, square, second), square, first);
        return V.MultiplyAdd(series, square, one + r) * V.PowerOfTwo(n);
    }

    /// <summary>1 + exp(-x), what 1 is divided by in the sigmoid, with the signs of the series turned in place of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SigmoidDivisor<V>(V x)
        where V : struct, ISimd<V>
    {
        var one = V.Broadcast(1);
        x = V.Min(V.Broadcast(Largest), V.Max(V.Broadcast(Smallest), x));
        var n = V.Round(x * V.Broadcast(-LogTwoReciprocal));
        var r = V.MultiplyAdd(n, V.Broadcast(LogTwoLow), V.MultiplyAdd(n, V.Broadcast(LogTwoHigh), x));
        var square = r * r;
        var first = V.MultiplyAdd(r, V.Broadcast(-1f / 6), V.Broadcast(0.5f));
        var second = V.MultiplyAdd(r, V.Broadcast(-1f / 120), V.Broadcast(1f / 24));
        var third = V.MultiplyAdd(r, V.Broadcast(-1f / 5040), V.Broadcast(1f / 720));
        var series = V.MultiplyAdd(V.MultiplyAdd(third, square, second), square, first);
        return V.MultiplyAdd(V.MultiplyAdd(series, square, one - r), V.PowerOfTwo(n), one);
    }

    /// <summary>With e = exp(2|x|) - 1 the tangent is e / (e + 2), right to the last digits near 0 too; the sign goes to e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Number, V Divisor) TanhParts<V>(V x)
        where V : struct, ISimd<V>
    {
        // r is half of what it is above, and the powers of 2 are in the factors.
        var size = V.Min(V.Broadcast(TanhSaturates), V.Abs(x));
        var n = V.Round(size * V.Broadcast(2 * LogTwoReciprocal));
        var r = V.MultiplyAdd(n, V.Broadcast(-LogTwoLow / 2), V.MultiplyAdd(n, V.Broadcast(-LogTwoHigh / 2), size));
        var square = r * r;
        var first = V.MultiplyAdd(r, V.Broadcast(4f / 3), V.Broadcast(2));
        var second = V.MultiplyAdd(r, V.Broadcast(4f / 15), V.Broadcast(2f / 3));
        var third = V.MultiplyAdd(r, V.Broadcast(8f / 315), V.Broadcast(4f / 45));
        var series = V.MultiplyAdd(V.MultiplyAdd(third, square, second), square, first);
        var rest = V.MultiplyAdd(series, square, r + r);
        V power = V.PowerOfTwo(n), one = V.Broadcast(1);
        return (V.CopySign(V.MultiplyAdd(power, rest, power - one), x), V.MultiplyAdd(power, rest, power + one));
    }
}
