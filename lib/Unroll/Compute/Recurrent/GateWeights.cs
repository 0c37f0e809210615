using System.Buffers;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// A recurrent layer's weights as <see cref="RecurrentForward"/> reads them: both kernels, one above the other, in panels,
/// and the biases. Their columns stand in another order: units in groups of a vector, and in each group its gates one after
/// the other, so that a few panels hold all the gates of a vector of units. The last group, and the last panel, are filled
/// up with zeros.
/// </summary>
internal sealed unsafe class GateWeights
{
    private readonly float[] _buffer;
    private readonly int _start;

    private GateWeights(float[] buffer, int start, int rows, int columns)
    {
        _buffer = buffer;
        _start = start;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The columns of both kernels, filled up to whole panels.</summary>
    public int Columns { get; }

    /// <summary>The panels, one after the other, then the biases.</summary>
    public ReadOnlySpan<float> Values => _buffer.AsSpan(_start);

    /// <summary>Where the first bias begins.</summary>
    public int BiasAt => Rows * Columns;

    private int Rows { get; }

    /// <summary>Packs the weights into memory of the pool, for one pass.</summary>
    /// <param name="layout">The sizes.</param>
    /// <param name="inputs">The weights; an empty bias stands for zeros.</param>
    /// <param name="biases">How many biases there are, one after the other.</param>
    public static GateWeights Rent<V>(RecurrentLayout layout, in RecurrentInputs inputs, int biases)
        where V : struct, ISimd<V>
    {
        var length = Length<V>(layout, biases);
        var buffer = ArrayPool<float>.Shared.Rent(length + CacheLine.Numbers);

        // Where the collector moves the array before it is pinned again, this costs time and nothing else.
        fixed (float* start = buffer)
            return Pack<V>(layout, inputs, biases, buffer, (int)(CacheLine.Align(start) - start));
    }

    /// <summary>Packs the weights into memory that stays where it is, for many passes.</summary>
    /// <inheritdoc cref="Rent{V}"/>
    public static GateWeights Make<V>(RecurrentLayout layout, in RecurrentInputs inputs, int biases)
        where V : struct, ISimd<V>
    {
        var buffer = GC.AllocateUninitializedArray<float>(Length<V>(layout, biases) + CacheLine.Numbers, pinned: true);
        fixed (float* start = buffer)
            return Pack<V>(layout, inputs, biases, buffer, (int)(CacheLine.Align(start) - start));
    }

    /// <summary>Gives rented memory back.</summary>
    public void Return() => ArrayPool<float>.Shared.Return(_buffer);

    private static int ColumnsOf<V>(RecurrentLayout layout)
        where V : struct, ISimd<V>
    {
        var groups = (layout.Units + V.Count - 1) / V.Count;
        var panels = (groups * layout.Gates + V.TileVectors - 1) / V.TileVectors;
        return panels * V.TileVectors * V.Count;
    }

    private static int Length<V>(RecurrentLayout layout, int biases)
        where V : struct, ISimd<V> => (layout.Depth + biases) * ColumnsOf<V>(layout);

    private static GateWeights Pack<V>(RecurrentLayout layout, in RecurrentInputs inputs, int biases, float[] buffer, int start)
        where V : struct, ISimd<V>
    {
        var packed = new GateWeights(buffer, start, layout.Depth, ColumnsOf<V>(layout));
        fixed (float* top = inputs.Kernel, bottom = inputs.RecurrentKernel, target = packed.Values)
            PackKernels<V>(layout, top, bottom, target, packed.Columns);
        PackBias(layout, inputs.Bias, buffer.AsSpan(start + packed.BiasAt, biases * packed.Columns), V.Count, packed.Columns);
        return packed;
    }

    private static void PackKernels<V>(RecurrentLayout layout, float* top, float* bottom, float* target, int columns)
        where V : struct, ISimd<V>
    {
        var (units, gates, rows, features, width) = (layout.Units, layout.Gates, layout.Depth, layout.Features, layout.Width);
        var panelWidth = V.TileVectors * V.Count;
        for (var column = 0; column < columns; column += V.Count)
        {
            var (group, gate) = Math.DivRem(column / V.Count, gates);
            var first = gate * units + group * V.Count;
            var lanes = Math.Max(0, units - group * V.Count);
            var line = target + (nint)(column / panelWidth) * rows * panelWidth + column % panelWidth;
            for (var row = 0; row < rows; row++)
            {
                var source = row < features ? top + (nint)row * width : bottom + (nint)(row - features) * width;
                V.Store(lanes == 0 ? V.Broadcast(0) : Lanes.Load<V>(source + first, lanes), ref line[(nint)row * panelWidth], 0);
            }
        }
    }

    private static void PackBias(RecurrentLayout layout, ReadOnlySpan<float> bias, Span<float> packed, int lanes, int columns)
    {
        var (units, gates) = (layout.Units, layout.Gates);
        packed.Clear();
        for (var unit = 0; unit < units && !bias.IsEmpty; unit++)
        {
            for (var gate = 0; gate < packed.Length / columns * gates; gate++)
                packed[gate / gates * columns + (unit / lanes * gates + gate % gates) * lanes + unit % lanes] = bias[gate * units + unit];
        }
    }
}
