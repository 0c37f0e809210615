namespace Unroll.Compute;

/// <summary>Copies a box of elements from one row-major array into another.</summary>
internal static class Boxes
{
    /// <summary>Copies the box of lengths <paramref name="box"/>; all axis lists have one length.</summary>
    public static void Copy(
        ReadOnlySpan<float> source,
        ReadOnlySpan<int> sourceAxes,
        ReadOnlySpan<int> sourceStart,
        Span<float> target,
        ReadOnlySpan<int> targetAxes,
        ReadOnlySpan<int> targetStart,
        ReadOnlySpan<int> box)
    {
        if (box.IsEmpty)
        {
            target[0] = source[0];
            return;
        }

        // A run of elements that lies together in both arrays: the last axis and those after a whole one.
        var run = 1;
        var axis = box.Length;
        do
        {
            axis--;
            run *= box[axis];
        }
        while (axis > 0 && box[axis] == sourceAxes[axis] && box[axis] == targetAxes[axis]);

        if (run == 0)
            return;
        Copy(source, sourceAxes, sourceStart, target, targetAxes, targetStart, box, 0, 0, 0, axis, run);
    }

    private static void Copy(
        ReadOnlySpan<float> source,
        ReadOnlySpan<int> sourceAxes,
        ReadOnlySpan<int> sourceStart,
        Span<float> target,
        ReadOnlySpan<int> targetAxes,
        ReadOnlySpan<int> targetStart,
        ReadOnlySpan<int> box,
        int axis,
        int sourceAt,
        int targetAt,
        int runAxis,
        int run)
    {
        sourceAt = sourceAt * sourceAxes[axis] + sourceStart[axis];
        targetAt = targetAt * targetAxes[axis] + targetStart[axis];
        if (axis == runAxis)
        {
            for (var inner = axis + 1; inner < box.Length; inner++)
            {
                sourceAt *= sourceAxes[inner];
                targetAt *= targetAxes[inner];
            }

            source.Slice(sourceAt, run).CopyTo(target[targetAt..]);
            return;
        }

        for (var i = 0; i < box[axis]; i++)
            Copy(source, sourceAxes, sourceStart, target, targetAxes, targetStart, box, axis + 1, sourceAt + i, targetAt + i, runAxis, run);
    }
}
