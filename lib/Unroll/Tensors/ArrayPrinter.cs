namespace Unroll;

/// <summary>
/// Prints arrays as NumPy does: choose the elements to show, decide on a format that suits them all, lay them out.
/// </summary>
internal static class ArrayPrinter
{
    /// <summary>
    /// The text of NumPy's <c>print</c> for a float32 array, given its elements in row-major order and its shape.
    /// </summary>
    public static string Format(ReadOnlySpan<float> values, ReadOnlySpan<int> dims, PrintOptions options)
    {
        if (dims.IsEmpty)
            return ElementFormat.WriteScalar(values[0]);
        if (values.IsEmpty)
            return "[]";

        var edges = values.Length > options.Threshold ? new Edges(options.EdgeItems) : Edges.None;
        var format = new ElementFormat(Shown(values, dims, edges), options);
        return new ArrayLayout(format, edges, dims.Length, options.LineWidth).Write(values, dims);
    }

    /// <summary>The elements that decide on the format.</summary>
    private static ReadOnlySpan<float> Shown(ReadOnlySpan<float> values, ReadOnlySpan<int> dims, Edges edges)
    {
        // With no edge items NumPy prints only last elements, and yet aligns them with all the others.
        if (edges == Edges.None || edges.Items == 0)
            return values;
        var shown = new List<float>();
        AddShown(values, dims, edges, shown);
        return shown.ToArray();
    }

    private static void AddShown(ReadOnlySpan<float> values, ReadOnlySpan<int> dims, Edges edges, List<float> shown)
    {
        var stride = values.Length / dims[0];
        foreach (var index in edges.Along(dims[0]))
        {
            if (index == Edges.Gap)
                continue;
            if (dims.Length == 1)
                shown.Add(values[index]);
            else
                AddShown(values.Slice(index * stride, stride), dims[1..], edges, shown);
        }
    }
}
