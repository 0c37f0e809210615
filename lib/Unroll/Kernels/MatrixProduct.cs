using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Unroll.Kernels.Simd;

namespace Unroll.Kernels;

/// <summary>
/// Products of row-major float32 matrices. The right matrix is packed into panels, the work is cut into blocks that stay in
/// the second-level cache, and <see cref="MatrixTile"/> does the rest. Every number of the result is summed in one fixed
/// order, whatever the number of threads.
/// </summary>
internal static unsafe class MatrixProduct
{
    // A block of a panel (depth × 64 columns × 4 bytes = 128 KiB) and a block of rows of the left (96 × 512 × 4 = 192 KiB)
    // lie in a second-level cache of 512 KiB or more together.
    private const int DepthBlock = 512;
    private const int RowBlock = 96;

    // With fewer rows the packing costs more than it gives: each number of the right is used once for every row.
    private const int PackFromRows = 4;

    // Below this many multiplications a second thread costs more than it gives (about 10 µs to start).
    private const long ParallelFrom = 2_000_000;

    /// <summary><c>result (m, n) = left (m, k) · right (k, n)</c>, or <c>+=</c> with <paramref name="accumulate"/>.</summary>
    public static void Multiply(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        Check(left, right, result, m, k, n);
        if (m < PackFromRows || (long)m * n * k < 4096)
        {
            DirectProduct.Multiply(left, right, result, m, k, n, accumulate);
            return;
        }

        var packed = PackedMatrix.Pack(right, k, n, n, PanelWidth);
        Multiply(left, k, 1, packed, result, n, m, accumulate);
        packed.Return();
    }

    /// <summary><c>result (m, n) = left (m, k) · rightᵀ</c> with <paramref name="right"/> stored as (n, k).</summary>
    public static void MultiplyTransposedRight(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        Check(left, right, result, m, k, n);
        var packed = PackedMatrix.PackTransposed(right, k, n, PanelWidth);
        Multiply(left, k, 1, packed, result, n, m, accumulate);
        packed.Return();
    }

    /// <summary><c>result (m, n) = leftᵀ · right (k, n)</c> with <paramref name="left"/> stored as (k, m).</summary>
    public static void MultiplyTransposedLeft(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        Check(left, right, result, m, k, n);
        var packed = PackedMatrix.Pack(right, k, n, n, PanelWidth);
        Multiply(left, 1, m, packed, result, n, m, accumulate);
        packed.Return();
    }

    /// <summary>The width of the panels that <see cref="Multiply(ReadOnlySpan{float}, int, int, PackedMatrix, Span{float}, int, int, bool)"/> takes.</summary>
    public static int PanelWidth => Vector512.IsHardwareAccelerated ? Width<Simd512>() : Vector256.IsHardwareAccelerated ? Width<Simd256>() : Width<Simd128>();

    /// <summary>
    /// The product with a packed matrix. Rows of <paramref name="left"/> lie <paramref name="rowStep"/> apart, its columns
    /// <paramref name="columnStep"/>, rows of <paramref name="result"/> <paramref name="resultStep"/>.
    /// </summary>
    public static void Multiply(
        ReadOnlySpan<float> left, int rowStep, int columnStep, PackedMatrix packed, Span<float> result, int resultStep, int m, bool accumulate)
    {
        if (m == 0 || packed.Columns == 0) return;
        if (packed.Rows == 0)
        {
            if (!accumulate) result.Clear();
            return;
        }

        fixed (float* a = left, b = packed.Values, c = result)
        {
            var job = new MatrixJob(a, rowStep, columnStep, b, packed.Rows, packed.Columns, c, resultStep, accumulate);
            if (Backend.Threads > 1 && (long)m * packed.Rows * packed.Columns >= ParallelFrom) Share(job, m, packed.Panels);
            else Run(job, 0, m, 0, packed.Panels);
        }
    }

    private static int Width<V>()
        where V : struct, ISimd<V> => V.TileVectors * V.Count;

    /// <summary>Gives each thread a part of the rows, in whole tiles, or where they are few, of the panels.</summary>
    private static void Share(MatrixJob job, int m, int panels)
    {
        var threads = Backend.Threads;
        var byRows = m >= 2 * threads * MatrixTile.MaxRows;
        var parts = byRows ? (m + MatrixTile.MaxRows - 1) / MatrixTile.MaxRows : panels;
        Workers.Run(threads, worker =>
        {
            int from = worker * parts / threads, to = (worker + 1) * parts / threads;
            if (byRows) Run(job, from * MatrixTile.MaxRows, Math.Min(m, to * MatrixTile.MaxRows), 0, panels);
            else Run(job, 0, m, from, to);
        });
    }

    /// <summary>Makes a part of the result: some rows and some panels of columns.</summary>
    public static void Run(in MatrixJob job, int fromRow, int toRow, int fromPanel, int toPanel)
    {
        if (Vector512.IsHardwareAccelerated) Run<Simd512>(job, fromRow, toRow, fromPanel, toPanel);
        else if (Vector256.IsHardwareAccelerated) Run<Simd256>(job, fromRow, toRow, fromPanel, toPanel);
        else Run<Simd128>(job, fromRow, toRow, fromPanel, toPanel);
    }

    [SkipLocalsInit]
    private static void Run<V>(in MatrixJob job, int fromRow, int toRow, int fromPanel, int toPanel)
        where V : struct, ISimd<V>
    {
        var panelWidth = Width<V>();
        var edge = stackalloc float[MatrixTile.MaxRows * panelWidth];
        for (var top = fromRow; top < toRow; top += RowBlock)
        {
            var bottom = Math.Min(top + RowBlock, toRow);
            for (var first = 0; first < job.Depth; first += DepthBlock)
            {
                var depth = Math.Min(DepthBlock, job.Depth - first);
                var add = job.Accumulate || first > 0;
                for (var panel = fromPanel; panel < toPanel; panel++)
                {
                    var column = panel * panelWidth;
                    var lines = job.Right + (nint)panel * job.Depth * panelWidth + (nint)first * panelWidth;
                    var width = Math.Min(panelWidth, job.Columns - column);
                    for (var row = top; row < bottom; row += MatrixTile.MaxRows)
                    {
                        var left = job.Left + (nint)row * job.RowStep + (nint)first * job.ColumnStep;
                        var result = job.Result + (nint)row * job.ResultStep + column;
                        var rows = Math.Min(MatrixTile.MaxRows, bottom - row);
                        if (width == panelWidth)
                        {
                            MatrixTile.Run<V>(ref *left, job.RowStep, job.ColumnStep, ref *lines, ref *result, job.ResultStep, rows, depth, add);
                            continue;
                        }

                        // A tile is as wide as a panel; at the right edge it goes through a tile of its own.
                        MatrixTile.Run<V>(ref *left, job.RowStep, job.ColumnStep, ref *lines, ref *edge, panelWidth, rows, depth, accumulate: false);
                        for (var i = 0; i < rows; i++) Put(edge + i * panelWidth, result + i * (nint)job.ResultStep, width, add);
                    }
                }
            }
        }
    }

    private static void Put(float* row, float* result, int width, bool add)
    {
        for (var i = 0; i < width; i++) result[i] = add ? result[i] + row[i] : row[i];
    }

    private static void Check(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> result, int m, int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(left.Length, m * k);
        ArgumentOutOfRangeException.ThrowIfLessThan(right.Length, k * n);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, m * n);
    }
}
