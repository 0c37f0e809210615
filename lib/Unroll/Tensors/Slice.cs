namespace Unroll;

/// <summary>
/// What one place between the brackets of <c>x[.., 1..3, ^1]</c> may hold: a range keeps its axis, an index drops it.
/// </summary>
public readonly struct Slice
{
    private Slice(Range range, bool dropsAxis)
    {
        Range = range;
        DropsAxis = dropsAxis;
    }

    /// <summary>From where to where; from and to the same place where the axis is dropped.</summary>
    internal Range Range { get; }

    /// <summary>Whether the axis is gone from the result, as after an index.</summary>
    internal bool DropsAxis { get; }

    /// <summary>A range of an axis: <c>1..3</c>, <c>..</c>, <c>^2..</c>.</summary>
    public static implicit operator Slice(Range range) => new(range, dropsAxis: false);

    /// <summary>One place of an axis, counted from either end.</summary>
    public static implicit operator Slice(Index index) => new(new Range(index, index), dropsAxis: true);

    /// <summary>One place of an axis, counted from its start.</summary>
    public static implicit operator Slice(int index) => FromInt(index);

    /// <summary>The named form of the conversion from a range.</summary>
    public static Slice FromRange(Range range) => range;

    /// <summary>The named form of the conversion from an index.</summary>
    public static Slice FromIndex(Index index) => index;

    /// <summary>The named form of the conversion from an integer; negative ones count from the end, as in Python.</summary>
    public static Slice FromInt(int index) => index >= 0 ? (Index)index : new Index(-index, fromEnd: true);

    /// <summary>Start and length on an axis of the given length.</summary>
    internal (int Start, int Length) On(int length, int axis, Shape shape)
    {
        var start = Range.Start.GetOffset(length);
        var end = DropsAxis ? start + 1 : Range.End.GetOffset(length);
        if (start < 0 || end > length || start > end)
        {
            var asked = DropsAxis ? Range.Start.ToString() : Range.ToString();
            throw new ArgumentOutOfRangeException(
                nameof(axis), $"{asked} is outside axis {axis}, which has the length {length}, of a tensor of shape {shape}.");
        }

        return (start, end - start);
    }
}
