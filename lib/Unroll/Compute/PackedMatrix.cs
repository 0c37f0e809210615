using System.Buffers;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// A right-hand matrix laid out for <see cref="MatrixTile"/> as a whole, where it is used for every step of a sequence: cut
/// into panels as wide as a tile, each panel holding its rows one after the other, so that a tile reads memory straight
/// ahead. The last panel is filled up with zeros.
/// </summary>
internal readonly unsafe ref struct PackedMatrix
{
    private readonly float[] _buffer;
    private readonly int _start;

    private PackedMatrix(float[] buffer, int start, int rows, int columns)
    {
        _buffer = buffer;
        _start = start;
        Rows = rows;
        Columns = columns;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The panels, one after the other, and what lies after them.</summary>
    public ReadOnlySpan<float> Values => _buffer.AsSpan(_start);

    /// <summary>Packs for the widest vectors that the machine has, which <see cref="MatrixProduct"/> uses.</summary>
    public static PackedMatrix Pack(ReadOnlySpan<float> matrix, int rows, int columns) =>
        Vector512.IsHardwareAccelerated ? Pack<Simd512>(matrix, rows, columns)
        : Vector256.IsHardwareAccelerated ? Pack<Simd256>(matrix, rows, columns)
        : Pack<Simd128>(matrix, rows, columns);

    /// <summary>The same for the transpose of what stands as (columns, rows).</summary>
    public static PackedMatrix PackTransposed(ReadOnlySpan<float> matrix, int rows, int columns) =>
        Vector512.IsHardwareAccelerated ? PackTransposed<Simd512>(matrix, rows, columns)
        : Vector256.IsHardwareAccelerated ? PackTransposed<Simd256>(matrix, rows, columns)
        : PackTransposed<Simd128>(matrix, rows, columns);

    /// <summary>Packs <paramref name="matrix"/>, which stands as (rows, columns).</summary>
    public static PackedMatrix Pack<V>(ReadOnlySpan<float> matrix, int rows, int columns)
        where V : struct, ISimd<V>
    {
        var panelWidth = V.TileVectors * V.Count;
        var packed = Rent(rows, columns, panelWidth);
        fixed (float* source = matrix, target = packed.Values)
        {
            for (var left = 0; left < columns; left += panelWidth)
                Panel.FromRows<V>(source + left, columns, rows, Math.Min(panelWidth, columns - left), target + (nint)left * rows);
        }

        return packed;
    }

    /// <summary>Packs the transpose of <paramref name="matrix"/>, which stands as (columns, rows).</summary>
    public static PackedMatrix PackTransposed<V>(ReadOnlySpan<float> matrix, int rows, int columns)
        where V : struct, ISimd<V>
    {
        var panelWidth = V.TileVectors * V.Count;
        var packed = Rent(rows, columns, panelWidth);
        fixed (float* source = matrix, target = packed.Values)
        {
            for (var left = 0; left < columns; left += panelWidth)
                Panel.FromColumns<V>(source + (nint)left * rows, rows, rows, Math.Min(panelWidth, columns - left), target + (nint)left * rows);
        }

        return packed;
    }

    public void Return() => ArrayPool<float>.Shared.Return(_buffer);

    private static PackedMatrix Rent(int rows, int columns, int panelWidth)
    {
        var panels = (columns + panelWidth - 1) / panelWidth;
        var buffer = ArrayPool<float>.Shared.Rent(panels * rows * panelWidth + CacheLine.Numbers);

        // Where the collector moves the array before it is pinned again, this costs time and nothing else.
        fixed (float* start = buffer)
            return new PackedMatrix(buffer, (int)(CacheLine.Align(start) - start), rows, columns);
    }
}
