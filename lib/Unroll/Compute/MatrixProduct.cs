using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// Products of row-major float32 matrices. The right matrix is copied into panels, one part of a panel at a time, which
/// stays in the second-level cache while <see cref="MatrixTile"/> takes all rows of the left past it: packing needs no more
/// memory than that part, and each number of the right comes from afar once. Measured on one core with 512 bits: 79 % of
/// the FMA peak at (32, 512, 2048) and 92 % at (3200, 256, 2048), where packing the whole matrix first gave 73 % and 90 %.
/// Every number of the result is summed in one fixed order, whatever the number of threads.
/// </summary>
internal static unsafe partial class MatrixProduct
{
    // With fewer rows the packing costs more than it gives: each number of the right is used once for every row.
    private const int PackFromRows = 4;

    // Below this many multiplications a second thread costs more than it gives (about 10 µs to start).
    private const long ParallelFrom = 2_000_000;

    /// <summary>The columns of a panel, with the widest vectors that the machine has.</summary>
    public static int PanelWidth => Vector512.IsHardwareAccelerated ? Width<Simd512>() : Vector256.IsHardwareAccelerated ? Width<Simd256>() : Width<Simd128>();

    /// <summary>How many panels so many columns make.</summary>
    public static int Panels(int columns) => Panels(columns, PanelWidth);

    /// <summary>How many panels a product goes through, with so many columns on its right.</summary>
    public static int Panels(int columns, RightForm form) =>
        form != RightForm.Packed && IsNarrow(columns) ? Panels(columns, Width<Simd256>()) : Panels(columns);

    /// <summary>
    /// Whether the columns fill at most half of the widest tile: then the product packs them for half as wide vectors. Measured
    /// on one core with 512 bits: 98 GFLOP/s in place of 52 at (3200, 128, 32), and 99 in place of 27 with 16 columns.
    /// </summary>
    public static bool IsNarrow(int columns) => Vector512.IsHardwareAccelerated && columns <= Width<Simd512>() / 2;

    /// <summary>Whether packing costs more than it gives.</summary>
    public static bool IsSmall(int m, int k, int n) => m < PackFromRows || (long)m * n * k < 4096;

    /// <summary><c>result (m, n) = left (m, k) · right (k, n)</c>, or <c>+=</c> with <paramref name="accumulate"/>.</summary>
    public static void Multiply(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        Check(left, right, result, m, k, n);
        if (IsSmall(m, k, n))
            DirectProduct.Multiply(left, right, result, m, k, n, accumulate);
        else
            Multiply(left, k, 1, right, RightForm.Rows, result, n, m, k, n, accumulate);
    }

    /// <summary><c>result (m, n) = left (m, k) · right (k, n) + bias (n)</c>; the bias is added while a tile is in the cache.</summary>
    public static void MultiplyAndAdd(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> bias, Span<float> result, int m, int k, int n)
    {
        Check(left, right, result, m, k, n);
        if (IsSmall(m, k, n))
        {
            DirectProduct.Multiply(left, right, result, m, k, n, accumulate: false);
            for (var row = 0; row < m; row++)
                TensorPrimitives.Add(result.Slice(row * n, n), bias, result.Slice(row * n, n));
            return;
        }

        fixed (float* a = left, b = right, c = result, row = bias)
            Run(new MatrixJob(a, k, 1, b, RightForm.Rows, k, n, c, n, accumulate: false) { Bias = row }, m);
    }

    /// <summary><c>result (m, n) = left (m, k) · rightᵀ</c> with <paramref name="right"/> stored as (n, k).</summary>
    public static void MultiplyTransposedRight(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        Check(left, right, result, m, k, n);
        Multiply(left, k, 1, right, RightForm.Columns, result, n, m, k, n, accumulate);
    }

    /// <summary><c>result (m, n) = leftᵀ · right (k, n)</c> with <paramref name="left"/> stored as (k, m).</summary>
    public static void MultiplyTransposedLeft(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result, int m, int k, int n, bool accumulate = false)
    {
        Check(left, right, result, m, k, n);
        Multiply(left, 1, m, right, RightForm.Rows, result, n, m, k, n, accumulate);
    }

    /// <summary>
    /// The product of m rows of <paramref name="left"/>, <paramref name="rowStep"/> apart and their columns
    /// <paramref name="columnStep"/>, with a matrix (k, n); rows of <paramref name="result"/> lie <paramref name="resultStep"/> apart.
    /// </summary>
    public static void Multiply(
        ReadOnlySpan<float> left,
        int rowStep,
        int columnStep,
        ReadOnlySpan<float> right,
        RightForm form,
        Span<float> result,
        int resultStep,
        int m,
        int k,
        int n,
        bool accumulate)
    {
        if (m == 0 || n == 0)
            return;
        if (k == 0)
        {
            if (!accumulate)
                result.Clear();
            return;
        }

        fixed (float* a = left, b = right, c = result)
            Run(new MatrixJob(a, rowStep, columnStep, b, form, k, n, c, resultStep, accumulate), m);
    }

    /// <summary>Makes so many rows of the result, on several threads where they are worth it.</summary>
    public static void Run(in MatrixJob job, int rows)
    {
        if (Threads((long)rows * job.Depth * job.Columns) == 1)
            Run(job, 0, rows, 0, Panels(job.Columns, job.Form));
        else
            Share(job, rows);
    }

    /// <summary>
    /// Gives each thread some panels, which it packs for itself, or where they are few, some rows in whole tiles: the work takes
    /// the first row, the one after the last, and so for the panels.
    /// </summary>
    public static void Share(int rows, int panels, long multiplications, Action<int, int, int, int> work)
    {
        var threads = Threads(multiplications);
        if (threads == 1)
        {
            work(0, rows, 0, panels);
            return;
        }

        var byPanels = panels % threads == 0 || panels >= 8 * threads;
        var parts = byPanels ? panels : (rows + MatrixTile.MaxRows - 1) / MatrixTile.MaxRows;
        Workers.Run(threads, worker =>
        {
            int from = worker * parts / threads, to = (worker + 1) * parts / threads;
            if (byPanels)
                work(0, rows, from, to);
            else
                work(from * MatrixTile.MaxRows, Math.Min(rows, to * MatrixTile.MaxRows), 0, panels);
        });
    }

    private static void Share(MatrixJob job, int rows) => Share(
        rows,
        Panels(job.Columns, job.Form),
        (long)rows * job.Depth * job.Columns,
        (fromRow, toRow, fromPanel, toPanel) => Run(job, fromRow, toRow, fromPanel, toPanel));

    private static int Threads(long multiplications) => multiplications < ParallelFrom ? 1 : Workers.Threads;

    private static int Width<V>()
        where V : struct, ISimd<V> => V.TileVectors * V.Count;

    private static int Panels(int columns, int width) => (columns + width - 1) / width;

    private static void Check(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> result, int m, int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(left.Length, m * k);
        ArgumentOutOfRangeException.ThrowIfLessThan(right.Length, k * n);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, m * n);
    }
}
