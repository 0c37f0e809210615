using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Unroll.Compute;

/// <summary>
/// Sums in double, rounded once: a long float32 sum would lose digits. The order of addition is the same whatever vectors the
/// processor has, so that the results are the same bits.
/// </summary>
internal static class Sums
{
    private const int RowsAtOnce = 4;

    /// <summary>
    /// The sum of all numbers, as 32 sums of every 32nd one that are added up at the end: eight chains of vectors, so that an
    /// addition need not wait for the one before.
    /// </summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        Vector256<double> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        var fours = MemoryMarshal.Cast<float, Vector128<float>>(values);
        var i = 0;
        for (; i + 8 <= fours.Length; i += 8)
        {
            a += Wide(fours[i]);
            b += Wide(fours[i + 1]);
            c += Wide(fours[i + 2]);
            d += Wide(fours[i + 3]);
            e += Wide(fours[i + 4]);
            f += Wide(fours[i + 5]);
            g += Wide(fours[i + 6]);
            h += Wide(fours[i + 7]);
        }

        var sum = Vector256.Sum(((a + b) + (c + d)) + ((e + f) + (g + h)));
        foreach (var value in values[(i * Vector128<float>.Count)..])
            sum += value;
        return sum;
    }

    /// <summary>The sum of all squares, each rounded, in the order of <see cref="Of"/>.</summary>
    public static double OfSquares(ReadOnlySpan<float> values)
    {
        var squares = ArrayPool<float>.Shared.Rent(values.Length);
        TensorPrimitives.Multiply(values, values, squares);
        var sum = Of(squares.AsSpan(0, values.Length));
        ArrayPool<float>.Shared.Return(squares);
        return sum;
    }

    /// <summary>The sum of each column of a row-major matrix, added up from the first row to the last; or what it is to be added to.</summary>
    public static void OfColumns(ReadOnlySpan<float> matrix, int columns, Span<float> sums, bool accumulate = false)
    {
        var rented = ArrayPool<double>.Shared.Rent(columns);
        var totals = rented.AsSpan(0, columns);
        totals.Clear();
        var rows = columns == 0 ? 0 : matrix.Length / columns;
        var row = 0;
        for (; row + RowsAtOnce <= rows; row += RowsAtOnce)
            AddRows(matrix.Slice(row * columns, RowsAtOnce * columns), totals);
        for (; row < rows; row++)
        {
            var last = matrix.Slice(row * columns, columns);
            for (var i = 0; i < totals.Length; i++)
                totals[i] += last[i];
        }

        for (var i = 0; i < totals.Length; i++)
            sums[i] = (float)(accumulate ? sums[i] + totals[i] : totals[i]);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Adds four rows one after the other, with one look at each total.</summary>
    private static void AddRows(ReadOnlySpan<float> rows, Span<double> totals)
    {
        var columns = totals.Length;
        ref var first = ref MemoryMarshal.GetReference(rows);
        ref var total = ref MemoryMarshal.GetReference(totals);
        var i = 0;
        for (; i + Vector256<double>.Count <= columns; i += Vector256<double>.Count)
        {
            var sum = Vector256.LoadUnsafe(ref total, (nuint)i);
            sum += Wide(Vector128.LoadUnsafe(ref first, (nuint)i));
            sum += Wide(Vector128.LoadUnsafe(ref first, (nuint)(i + columns)));
            sum += Wide(Vector128.LoadUnsafe(ref first, (nuint)(i + 2 * columns)));
            sum += Wide(Vector128.LoadUnsafe(ref first, (nuint)(i + 3 * columns)));
            sum.StoreUnsafe(ref total, (nuint)i);
        }

        for (; i < columns; i++)
            totals[i] = totals[i] + rows[i] + rows[i + columns] + rows[i + 2 * columns] + rows[i + 3 * columns];
    }

    /// <summary>Four numbers in double; one instruction where the processor has it.</summary>
    private static Vector256<double> Wide(Vector128<float> four)
    {
        if (Avx.IsSupported)
            return Avx.ConvertToVector256Double(four);
        var (low, high) = Vector128.Widen(four);
        return Vector256.Create(low, high);
    }
}
