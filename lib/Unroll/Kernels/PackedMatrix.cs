using System.Buffers;

namespace Unroll.Kernels;

/// <summary>
/// A right-hand matrix laid out for <see cref="MatrixTile"/>: cut into panels as wide as a tile, each panel holding its rows
/// one behind the other, so that a tile reads memory straight ahead. The last panel is filled up with zeros.
/// </summary>
internal readonly ref struct PackedMatrix
{
    private readonly float[] _buffer;

    private PackedMatrix(float[] buffer, int rows, int columns, int panelWidth)
    {
        _buffer = buffer;
        Rows = rows;
        Columns = columns;
        PanelWidth = panelWidth;
    }

    public int Rows { get; }

    public int Columns { get; }

    public int PanelWidth { get; }

    public int Panels => (Columns + PanelWidth - 1) / PanelWidth;

    /// <summary>Packs rows of <paramref name="matrix"/>, which stands as (rows, columns) with the given step between rows.</summary>
    public static PackedMatrix Pack(ReadOnlySpan<float> matrix, int rows, int columns, int step, int panelWidth)
    {
        var packed = Rent(rows, columns, panelWidth);
        for (var panel = 0; panel < packed.Panels; panel++)
        {
            var left = panel * panelWidth;
            var width = Math.Min(panelWidth, columns - left);
            var target = packed.Panel(panel);
            for (var row = 0; row < rows; row++)
            {
                var line = target.Slice(row * panelWidth, panelWidth);
                matrix.Slice(row * step + left, width).CopyTo(line);
                line[width..].Clear();
            }
        }

        return packed;
    }

    /// <summary>Packs the transpose of <paramref name="matrix"/>, which stands as (columns, rows).</summary>
    public static PackedMatrix PackTransposed(ReadOnlySpan<float> matrix, int rows, int columns, int panelWidth)
    {
        var packed = Rent(rows, columns, panelWidth);
        for (var panel = 0; panel < packed.Panels; panel++)
        {
            var left = panel * panelWidth;
            var width = Math.Min(panelWidth, columns - left);
            var target = packed.Panel(panel);
            if (width < panelWidth) target.Clear();

            // In squares, so that lines of the source stay in the first-level cache until they are used up.
            const int Block = 16;
            for (var top = 0; top < rows; top += Block)
            {
                var bottom = Math.Min(top + Block, rows);
                for (var column = 0; column < width; column++)
                {
                    var source = matrix.Slice((left + column) * rows, rows);
                    for (var row = top; row < bottom; row++) target[row * panelWidth + column] = source[row];
                }
            }
        }

        return packed;
    }

    /// <summary>
    /// Packs both kernels of an LSTM, one above the other, with their columns in another order: units in groups of
    /// <paramref name="lanes"/>, and in each group the four gates one behind the other. So a few panels hold all the gates of
    /// a vector of units. The last group is filled up with zeros.
    /// </summary>
    public static PackedMatrix PackGates(
        ReadOnlySpan<float> kernel, ReadOnlySpan<float> recurrentKernel, int units, int lanes, int panelWidth)
    {
        var rows = (kernel.Length + recurrentKernel.Length) / (4 * units);
        var features = kernel.Length / (4 * units);
        var groups = (units + lanes - 1) / lanes;
        var packed = Rent(rows, groups * 4 * lanes, panelWidth);
        for (var column = 0; column < packed.Columns; column += lanes)
        {
            var (group, gate) = Math.DivRem(column / lanes, 4);
            var first = gate * units + group * lanes;
            var count = Math.Min(lanes, units - group * lanes);
            var target = packed.Panel(column / panelWidth);
            for (var row = 0; row < rows; row++)
            {
                var source = row < features ? kernel[(row * 4 * units)..] : recurrentKernel[((row - features) * 4 * units)..];
                var line = target.Slice(row * panelWidth + column % panelWidth, lanes);
                source.Slice(first, count).CopyTo(line);
                line[count..].Clear();
            }
        }

        return packed;
    }

    public ReadOnlySpan<float> Values => _buffer;

    public Span<float> Panel(int panel) => _buffer.AsSpan(panel * Rows * PanelWidth, Rows * PanelWidth);

    public void Return() => ArrayPool<float>.Shared.Return(_buffer);

    private static PackedMatrix Rent(int rows, int columns, int panelWidth)
    {
        var panels = (columns + panelWidth - 1) / panelWidth;
        return new PackedMatrix(ArrayPool<float>.Shared.Rent(panels * rows * panelWidth), rows, columns, panelWidth);
    }
}
