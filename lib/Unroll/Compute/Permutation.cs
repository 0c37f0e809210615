namespace Unroll.Compute;

/// <summary>
/// Copies an array with its axes in another order. Axes that stay side by side are taken as one; what is left is rows that
/// are copied whole, or squares that are turned.
/// </summary>
internal static class Permutation
{
    // A square of so many rows and columns fits the first-level cache, read along one side and written along the other.
    private const int Square = 32;

    /// <summary>Axis <c>i</c> of the result is axis <c>order[i]</c> of the source.</summary>
    public static void Copy(ReadOnlySpan<float> source, ReadOnlySpan<int> axes, ReadOnlySpan<int> order, Span<float> result)
    {
        Span<int> lengths = stackalloc int[axes.Length];
        Span<int> steps = stackalloc int[axes.Length];
        var rank = Merge(axes, order, lengths, steps);
        if (result.IsEmpty)
            return;
        if (rank < 2)
            source.CopyTo(result);
        else if (steps[rank - 1] == 1)
            Rows(source, lengths[..rank], steps[..rank], result);
        else
            Squares(source, lengths[..rank], steps[..rank], result);
    }

    /// <summary>The lengths of the result's axes, and how far to go in the source for a step along each; says how many are left.</summary>
    private static int Merge(ReadOnlySpan<int> axes, ReadOnlySpan<int> order, Span<int> lengths, Span<int> steps)
    {
        var rank = 0;
        foreach (var axis in order)
        {
            var step = 1;
            for (var inner = axis + 1; inner < axes.Length; inner++)
                step *= axes[inner];
            if (axes[axis] == 1)
                continue;
            if (rank > 0 && steps[rank - 1] == step * axes[axis])
                (lengths[rank - 1], steps[rank - 1]) = (lengths[rank - 1] * axes[axis], step);
            else
                (lengths[rank], steps[rank++]) = (axes[axis], step);
        }

        return rank;
    }

    /// <summary>The last axis runs along memory: it is copied as it is.</summary>
    private static void Rows(ReadOnlySpan<float> source, ReadOnlySpan<int> lengths, ReadOnlySpan<int> steps, Span<float> result)
    {
        var length = lengths[^1];
        Span<int> place = stackalloc int[lengths.Length - 1];
        place.Clear();
        var at = 0;
        for (var start = 0; start < result.Length; start += length)
        {
            source.Slice(at, length).CopyTo(result[start..]);
            at = Next(place, lengths, steps, at);
        }
    }

    /// <summary>The last two axes, a matrix of the result, a square at a time.</summary>
    private static void Squares(ReadOnlySpan<float> source, ReadOnlySpan<int> lengths, ReadOnlySpan<int> steps, Span<float> result)
    {
        var (rows, columns, rowStep, columnStep) = (lengths[^2], lengths[^1], steps[^2], steps[^1]);
        Span<int> place = stackalloc int[lengths.Length - 2];
        place.Clear();
        var at = 0;
        for (var start = 0; start < result.Length; start += rows * columns)
        {
            for (var top = 0; top < rows; top += Square)
            {
                for (var left = 0; left < columns; left += Square)
                {
                    for (var row = top; row < Math.Min(rows, top + Square); row++)
                    {
                        var line = result.Slice(start + row * columns, columns);
                        for (var column = left; column < Math.Min(columns, left + Square); column++)
                            line[column] = source[at + row * rowStep + column * columnStep];
                    }
                }
            }

            at = Next(place, lengths, steps, at);
        }
    }

    /// <summary>Goes on to the next place of the outer axes, and says where it is in the source.</summary>
    private static int Next(Span<int> place, ReadOnlySpan<int> lengths, ReadOnlySpan<int> steps, int at)
    {
        for (var axis = place.Length - 1; axis >= 0; axis--)
        {
            at += steps[axis];
            if (++place[axis] < lengths[axis])
                break;
            at -= steps[axis] * lengths[axis];
            place[axis] = 0;
        }

        return at;
    }
}
