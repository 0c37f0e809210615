using System.Runtime.Intrinsics.X86;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// Fills a part of a panel, the form in which <see cref="MatrixTile"/> reads the right matrix: a few columns as wide as the
/// tile, row by row, so that the tile reads memory straight ahead. What is missing in the width is filled up with zeros.
/// </summary>
internal static unsafe class Panel
{
    // Rows of a wide matrix lie in different pages, which the machine does not fetch ahead by itself.
    private const int Ahead = 16;

    /// <summary>Takes columns of a matrix that is stored row by row, <paramref name="step"/> apart.</summary>
    public static void FromRows<V>(float* source, int step, int rows, int columns, float* panel)
        where V : struct, ISimd<V>
    {
        var panelWidth = V.TileVectors * V.Count;
        if (columns < panelWidth)
        {
            for (var row = 0; row < rows; row++)
            {
                var line = new Span<float>(panel + (nint)row * panelWidth, panelWidth);
                new ReadOnlySpan<float>(source + (nint)row * step, columns).CopyTo(line);
                line[columns..].Clear();
            }

            return;
        }

        for (var row = 0; row < rows; row++)
        {
            if (Sse.IsSupported)
            {
                // A line of the cache holds 16 numbers.
                for (var i = 0; i < panelWidth; i += 16)
                    Sse.Prefetch0(source + (nint)Ahead * step + i);
            }

            for (var i = 0; i < panelWidth; i += V.Count)
                V.Store(V.Load(ref source[i], 0), ref panel[i], 0);
            source += step;
            panel += panelWidth;
        }
    }

    /// <summary>Takes columns of a matrix that is stored column by column, <paramref name="step"/> apart.</summary>
    public static void FromColumns<V>(float* source, int step, int rows, int columns, float* panel)
        where V : struct, ISimd<V>
    {
        var panelWidth = V.TileVectors * V.Count;
        if (columns < panelWidth)
            new Span<float>(panel, rows * panelWidth).Clear();
        var whole = Sse.IsSupported ? columns & ~3 : 0;
        for (var column = 0; column < whole; column += 4)
            FourColumns(source + (nint)column * step, step, rows, panel + column, panelWidth);
        for (var column = whole; column < columns; column++)
            for (var row = 0; row < rows; row++)
                panel[(nint)row * panelWidth + column] = source[(nint)column * step + row];
    }

    /// <summary>Squares of four by four, turned in registers: a quarter of the loads and stores.</summary>
    private static void FourColumns(float* source, int step, int rows, float* target, int targetStep)
    {
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            var a = Sse.LoadVector128(source + row);
            var b = Sse.LoadVector128(source + (nint)step + row);
            var c = Sse.LoadVector128(source + 2 * (nint)step + row);
            var d = Sse.LoadVector128(source + 3 * (nint)step + row);
            var (abLow, abHigh, cdLow, cdHigh) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b), Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
            var line = target + (nint)row * targetStep;
            Sse.Store(line, Sse.MoveLowToHigh(abLow, cdLow));
            Sse.Store(line + targetStep, Sse.MoveHighToLow(cdLow, abLow));
            Sse.Store(line + 2 * (nint)targetStep, Sse.MoveLowToHigh(abHigh, cdHigh));
            Sse.Store(line + 3 * (nint)targetStep, Sse.MoveHighToLow(cdHigh, abHigh));
        }

        for (; row < rows; row++)
            for (var column = 0; column < 4; column++)
                target[(nint)row * targetStep + column] = source[(nint)column * step + row];
    }
}
