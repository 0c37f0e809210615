namespace Unroll.Benchmarks.Peers;

/// <summary>Arrays with their axes in another order.</summary>
internal static class Axes
{
    /// <summary>The values of an array of shape <paramref name="dims"/> with the axes in the order given.</summary>
    public static float[] Permuted(ReadOnlySpan<float> values, ReadOnlySpan<int> dims, ReadOnlySpan<int> order)
    {
        var strides = new int[dims.Length];
        for (int axis = dims.Length - 1, stride = 1; axis >= 0; stride *= dims[axis--])
            strides[axis] = stride;
        var (permuted, index, source) = (new float[values.Length], new int[dims.Length], 0);
        for (var i = 0; i < permuted.Length; i++)
        {
            permuted[i] = values[source];
            for (var axis = dims.Length - 1; axis >= 0; axis--)
            {
                source += strides[order[axis]];
                if (++index[axis] < dims[order[axis]])
                    break;
                source -= index[axis] * strides[order[axis]];
                index[axis] = 0;
            }
        }

        return permuted;
    }
}
