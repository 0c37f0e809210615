using System.Numerics;
using System.Runtime.InteropServices;

namespace Unroll.Compute;

/// <summary>
/// Matrix products without packing, for few rows or small matrices: each row of the right matrix is added to the row of
/// the result, times one number of the left.
/// </summary>
internal static class DirectProduct
{
    /// <summary><c>result (m, n) = left (m, k) · right (k, n)</c>, or <c>+=</c> with <paramref name="accumulate"/>.</summary>
    public static void Multiply(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate)
    {
        if (!accumulate)
            result[..(m * n)].Clear();
        for (var row = 0; row < m; row++)
        {
            var numbers = left.Slice(row * k, k);
            var target = result.Slice(row * n, n);
            var column = 0;
            for (; column + 4 * Vector<float>.Count <= n; column += 4 * Vector<float>.Count)
                Four(numbers, right, target, column, n);
            for (; column + Vector<float>.Count <= n; column += Vector<float>.Count)
                OneVector(numbers, right, target, column, n);
            for (; column < n; column++)
            {
                var sum = target[column];
                for (var i = 0; i < numbers.Length; i++)
                    sum = float.MultiplyAddEstimate(numbers[i], right[i * n + column], sum);
                target[column] = sum;
            }
        }
    }

    private static void Four(ReadOnlySpan<float> numbers, ReadOnlySpan<float> right, Span<float> target, int column, int n)
    {
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var c = ref target[column];
        var w = (nuint)Vector<float>.Count;
        Vector<float> s0 = Vector.LoadUnsafe(ref c), s1 = Vector.LoadUnsafe(ref c, w);
        Vector<float> s2 = Vector.LoadUnsafe(ref c, 2 * w), s3 = Vector.LoadUnsafe(ref c, 3 * w);
        var at = (nuint)column;
        foreach (var number in numbers)
        {
            var x = new Vector<float>(number);
            s0 = Vector.MultiplyAddEstimate(x, Vector.LoadUnsafe(ref b, at), s0);
            s1 = Vector.MultiplyAddEstimate(x, Vector.LoadUnsafe(ref b, at + w), s1);
            s2 = Vector.MultiplyAddEstimate(x, Vector.LoadUnsafe(ref b, at + 2 * w), s2);
            s3 = Vector.MultiplyAddEstimate(x, Vector.LoadUnsafe(ref b, at + 3 * w), s3);
            at += (nuint)n;
        }

        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref c, w);
        s2.StoreUnsafe(ref c, 2 * w);
        s3.StoreUnsafe(ref c, 3 * w);
    }

    private static void OneVector(ReadOnlySpan<float> numbers, ReadOnlySpan<float> right, Span<float> target, int column, int n)
    {
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var c = ref target[column];
        var sum = Vector.LoadUnsafe(ref c);
        var at = (nuint)column;
        foreach (var number in numbers)
        {
            sum = Vector.MultiplyAddEstimate(new Vector<float>(number), Vector.LoadUnsafe(ref b, at), sum);
            at += (nuint)n;
        }

        sum.StoreUnsafe(ref c);
    }
}
