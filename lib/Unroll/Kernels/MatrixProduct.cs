using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Kernels;

/// <summary>
/// Products of row-major float32 matrices. The result is built in tiles of four rows by two vectors, which stay in
/// registers while the tile runs over the inner axis; what is left over at the edges is done by smaller tiles.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>
    /// <c>result (m, n) = left (m, k) · right (k, n)</c>, or <c>+=</c> with <paramref name="accumulate"/>.
    /// </summary>
    public static void Multiply(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(left.Length, m * k);
        ArgumentOutOfRangeException.ThrowIfLessThan(right.Length, k * n);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, m * n);
        if (!accumulate) result[..(m * n)].Clear();
        if (m == 0 || n == 0 || k == 0) return;
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var c = ref MemoryMarshal.GetReference(result);
        var width = Vector<float>.Count;
        var column = 0;

        // A strip of two vectors' width of `right` is read for every four rows: it stays in the cache between them.
        for (; column + 2 * width <= n; column += 2 * width)
        {
            var row = 0;
            for (; row + 4 <= m; row += 4)
                FourByTwo(ref Unsafe.Add(ref a, row * k), ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, row * n + column), k, n);
            for (; row < m; row++)
            {
                OneByOne(ref Unsafe.Add(ref a, row * k), ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, row * n + column), k, n);
                OneByOne(ref Unsafe.Add(ref a, row * k), ref Unsafe.Add(ref b, column + width), ref Unsafe.Add(ref c, row * n + column + width), k, n);
            }
        }

        for (; column + width <= n; column += width)
        {
            for (var row = 0; row < m; row++)
                OneByOne(ref Unsafe.Add(ref a, row * k), ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, row * n + column), k, n);
        }

        for (; column < n; column++)
        {
            for (var row = 0; row < m; row++)
            {
                var sum = result[row * n + column];
                for (var i = 0; i < k; i++) sum = float.MultiplyAddEstimate(left[row * k + i], right[i * n + column], sum);
                result[row * n + column] = sum;
            }
        }
    }

    /// <summary><c>result (m, n) = left (m, k) · rightᵀ</c> with <paramref name="right"/> stored as (n, k).</summary>
    public static void MultiplyTransposedRight(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        var turned = ArrayPool<float>.Shared.Rent(k * n);
        Transpose(right, turned, n, k);
        Multiply(left, turned, result, m, k, n, accumulate);
        ArrayPool<float>.Shared.Return(turned);
    }

    /// <summary><c>result (m, n) = leftᵀ · right (k, n)</c> with <paramref name="left"/> stored as (k, m).</summary>
    public static void MultiplyTransposedLeft(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        var turned = ArrayPool<float>.Shared.Rent(k * m);
        Transpose(left, turned, k, m);
        Multiply(turned, right, result, m, k, n, accumulate);
        ArrayPool<float>.Shared.Return(turned);
    }

    /// <summary><c>result (columns, rows)</c> is <paramref name="matrix"/> <c>(rows, columns)</c> transposed.</summary>
    public static void Transpose(ReadOnlySpan<float> matrix, Span<float> result, int rows, int columns)
    {
        // In squares that fit the first-level cache, so that neither side is read across cache lines for long.
        const int Block = 32;
        for (var top = 0; top < rows; top += Block)
        {
            for (var start = 0; start < columns; start += Block)
            {
                for (var row = top; row < Math.Min(top + Block, rows); row++)
                {
                    for (var column = start; column < Math.Min(start + Block, columns); column++)
                        result[column * rows + row] = matrix[row * columns + column];
                }
            }
        }
    }

    private static void FourByTwo(ref float a, ref float b, ref float c, int k, int n)
    {
        var width = Vector<float>.Count;
        ref var c1 = ref Unsafe.Add(ref c, n);
        ref var c2 = ref Unsafe.Add(ref c, 2 * n);
        ref var c3 = ref Unsafe.Add(ref c, 3 * n);
        Vector<float> s00 = Vector.LoadUnsafe(ref c), s01 = Vector.LoadUnsafe(ref c, (nuint)width);
        Vector<float> s10 = Vector.LoadUnsafe(ref c1), s11 = Vector.LoadUnsafe(ref c1, (nuint)width);
        Vector<float> s20 = Vector.LoadUnsafe(ref c2), s21 = Vector.LoadUnsafe(ref c2, (nuint)width);
        Vector<float> s30 = Vector.LoadUnsafe(ref c3), s31 = Vector.LoadUnsafe(ref c3, (nuint)width);
        for (var i = 0; i < k; i++)
        {
            var right0 = Vector.LoadUnsafe(ref b, (nuint)(i * n));
            var right1 = Vector.LoadUnsafe(ref b, (nuint)(i * n + width));
            var left = new Vector<float>(Unsafe.Add(ref a, i));
            s00 = Vector.MultiplyAddEstimate(left, right0, s00);
            s01 = Vector.MultiplyAddEstimate(left, right1, s01);
            left = new Vector<float>(Unsafe.Add(ref a, k + i));
            s10 = Vector.MultiplyAddEstimate(left, right0, s10);
            s11 = Vector.MultiplyAddEstimate(left, right1, s11);
            left = new Vector<float>(Unsafe.Add(ref a, 2 * k + i));
            s20 = Vector.MultiplyAddEstimate(left, right0, s20);
            s21 = Vector.MultiplyAddEstimate(left, right1, s21);
            left = new Vector<float>(Unsafe.Add(ref a, 3 * k + i));
            s30 = Vector.MultiplyAddEstimate(left, right0, s30);
            s31 = Vector.MultiplyAddEstimate(left, right1, s31);
        }

        s00.StoreUnsafe(ref c);
        s01.StoreUnsafe(ref c, (nuint)width);
        s10.StoreUnsafe(ref c1);
        s11.StoreUnsafe(ref c1, (nuint)width);
        s20.StoreUnsafe(ref c2);
        s21.StoreUnsafe(ref c2, (nuint)width);
        s30.StoreUnsafe(ref c3);
        s31.StoreUnsafe(ref c3, (nuint)width);
    }

    private static void OneByOne(ref float a, ref float b, ref float c, int k, int n)
    {
        var sum = Vector.LoadUnsafe(ref c);
        for (var i = 0; i < k; i++)
            sum = Vector.MultiplyAddEstimate(new Vector<float>(Unsafe.Add(ref a, i)), Vector.LoadUnsafe(ref b, (nuint)(i * n)), sum);
        sum.StoreUnsafe(ref c);
    }
}
