using System.Numerics;

namespace Unroll.Compute;

/// <summary>
/// e to the power of each element, through double precision: exp(0) is 1, where TensorPrimitives.Exp gives 1.0000001.
/// </summary>
internal static class Exponential
{
    public static void Run(ReadOnlySpan<float> values, Span<float> result)
    {
        var width = Vector<float>.Count;
        var at = 0;
        for (; at + width <= values.Length; at += width)
            Exp(new Vector<float>(values[at..])).CopyTo(result[at..]);
        for (; at < values.Length; at++)
            result[at] = (float)Math.Exp(values[at]);
    }

    private static Vector<float> Exp(Vector<float> x)
    {
        Vector.Widen(x, out var low, out var high);
        return Vector.Narrow(Vector.Exp(low), Vector.Exp(high));
    }
}
