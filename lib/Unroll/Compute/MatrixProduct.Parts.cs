using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <content>What one thread does: panels are packed, and rows taken past them.</content>
internal static unsafe partial class MatrixProduct
{
    // A part of a panel (512 × 64 columns × 4 bytes = 128 KiB) leaves most of a second-level cache of 512 KiB to the left.
    private const int DepthBlock = 512;

    /// <summary>Makes a part of the result: some rows and some panels of columns.</summary>
    public static void Run(in MatrixJob job, int fromRow, int toRow, int fromPanel, int toPanel)
    {
        if (job.Form != RightForm.Packed && IsNarrow(job.Columns))
            Run<Simd256>(job, fromRow, toRow, fromPanel, toPanel);
        else if (Vector512.IsHardwareAccelerated)
            Run<Simd512>(job, fromRow, toRow, fromPanel, toPanel);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256>(job, fromRow, toRow, fromPanel, toPanel);
        else
            Run<Simd128>(job, fromRow, toRow, fromPanel, toPanel);
    }

    private static void Run<V>(in MatrixJob job, int fromRow, int toRow, int fromPanel, int toPanel)
        where V : struct, ISimd<V>
    {
        if (job.Form == RightForm.Packed)
        {
            Run<V>(job, fromRow, toRow, fromPanel, toPanel, null);
            return;
        }

        var buffer = ArrayPool<float>.Shared.Rent(Math.Min(job.Depth, DepthBlock) * Width<V>() + CacheLine.Numbers);
        fixed (float* start = buffer)
            Run<V>(job, fromRow, toRow, fromPanel, toPanel, CacheLine.Align(start));
        ArrayPool<float>.Shared.Return(buffer);
    }

    [SkipLocalsInit]
    private static void Run<V>(in MatrixJob job, int fromRow, int toRow, int fromPanel, int toPanel, float* buffer)
        where V : struct, ISimd<V>
    {
        var panelWidth = Width<V>();
        var edge = stackalloc float[MatrixTile.MaxRows * panelWidth];
        for (var first = 0; first < job.Depth; first += DepthBlock)
        {
            var depth = Math.Min(DepthBlock, job.Depth - first);
            var add = job.Accumulate || first > 0;
            var bias = first + depth == job.Depth ? job.Bias : null;
            var firstPanel = fromPanel;
            if (job.Form == RightForm.Packed && job.ColumnStep == 1 && bias is null && toRow - fromRow <= MatrixTile.PairRows)
            {
                // Whole panels, of which few rows take two at a time.
                firstPanel = Math.Max(fromPanel, Math.Min(toPanel, job.Columns / panelWidth));
                MatrixTile.RunStrip<V>(
                    ref *(job.Left + (nint)fromRow * job.RowStep + first),
                    job.RowStep,
                    ref *(job.Right + ((nint)fromPanel * job.Depth + first) * panelWidth),
                    (nint)job.Depth * panelWidth,
                    ref *(job.Result + (nint)fromRow * job.ResultStep + fromPanel * panelWidth),
                    job.ResultStep,
                    toRow - fromRow,
                    (firstPanel - fromPanel) * panelWidth,
                    depth,
                    add);
            }

            for (var panel = firstPanel; panel < toPanel; panel++)
            {
                var column = panel * panelWidth;
                var width = Math.Min(panelWidth, job.Columns - column);
                var lines = buffer;
                switch (job.Form)
                {
                    case RightForm.Rows:
                        Panel.FromRows<V>(job.Right + (nint)first * job.RightStep + column, job.RightStep, depth, width, lines);
                        break;
                    case RightForm.Columns:
                        Panel.FromColumns<V>(job.Right + (nint)column * job.RightStep + first, job.RightStep, depth, width, lines);
                        break;
                    default:
                        lines = job.Right + ((nint)panel * job.Depth + first) * panelWidth;
                        break;
                }

                for (var row = fromRow; row < toRow; row += MatrixTile.MaxRows)
                {
                    var left = job.Left + (nint)row * job.RowStep + (nint)first * job.ColumnStep;
                    var result = job.Result + (nint)row * job.ResultStep + column;
                    var rows = Math.Min(MatrixTile.MaxRows, toRow - row);
                    if (width == panelWidth)
                    {
                        MatrixTile.Run<V>(ref *left, job.RowStep, job.ColumnStep, ref *lines, ref *result, job.ResultStep, rows, depth, add);
                    }
                    else
                    {
                        // A tile is as wide as a panel; at the right edge it goes through a tile of its own.
                        MatrixTile.Run<V>(ref *left, job.RowStep, job.ColumnStep, ref *lines, ref *edge, panelWidth, rows, depth, accumulate: false);
                        for (var i = 0; i < rows; i++)
                            Put<V>(edge + i * panelWidth, result + i * (nint)job.ResultStep, width, add);
                    }

                    for (var i = 0; bias is not null && i < rows; i++)
                        Put<V>(bias + column, result + i * (nint)job.ResultStep, width, add: true);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V>(float* row, float* result, int width, bool add)
        where V : struct, ISimd<V>
    {
        for (var i = 0; i < width; i += V.Count)
        {
            var numbers = Lanes.Load<V>(row + i, width - i);
            Lanes.Store(add ? Lanes.Load<V>(result + i, width - i) + numbers : numbers, result + i, width - i);
        }
    }
}
