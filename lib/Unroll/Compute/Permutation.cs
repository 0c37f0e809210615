namespace Unroll.Compute;

/// <summary>Copies an array with its axes in another order.</summary>
internal static class Permutation
{
    /// <summary>Axis <c>i</c> of the result is axis <c>order[i]</c> of the source.</summary>
    public static void Copy(ReadOnlySpan<float> source, ReadOnlySpan<int> axes, ReadOnlySpan<int> order, Span<float> result)
    {
        var rank = axes.Length;
        if (rank < 2)
        {
            source.CopyTo(result);
            return;
        }

        Span<int> steps = stackalloc int[rank];
        Span<int> lengths = stackalloc int[rank];
        for (var i = 0; i < rank; i++)
        {
            lengths[i] = axes[order[i]];
            steps[i] = 1;
            for (var inner = order[i] + 1; inner < rank; inner++)
                steps[i] *= axes[inner];
        }

        Span<int> place = stackalloc int[rank];
        place.Clear();
        var last = rank - 1;
        var at = 0;
        for (var start = 0; start < result.Length; start += lengths[last])
        {
            for (var i = 0; i < lengths[last]; i++)
                result[start + i] = source[at + i * steps[last]];
            for (var axis = last - 1; axis >= 0; axis--)
            {
                at += steps[axis];
                if (++place[axis] < lengths[axis])
                    break;
                at -= steps[axis] * lengths[axis];
                place[axis] = 0;
            }
        }
    }
}
