namespace Unroll.Keras.Onnx.Graphs;

/// <summary>Shapes that are known when the graph is made, or computed in it.</summary>
internal static class Shaping
{
    /// <summary>The length of one axis, as a tensor of one number.</summary>
    public static Value Length(this GraphBuilder graph, Value x, int axis) => x.Shape.At(axis) is { } length
        ? graph.Integers(length)
        : graph.Add("Shape", Shape.Of(1), [x], ("start", (long)axis), ("end", axis + 1L));

    /// <summary>The lengths of some axes one after the other: numbers, and places of unknown axes of a tensor.</summary>
    public static Value Lengths(this GraphBuilder graph, params IReadOnlyList<Value> parts) =>
        graph.Concat(parts, 0);

    /// <summary>The lengths of all axes.</summary>
    public static Value Lengths(this GraphBuilder graph, Value x) => x.Shape.IsKnown
        ? graph.Integers([.. x.Shape.Select(axis => (long)axis!)])
        : graph.Add("Shape", Shape.Of(x.Rank), [x]);

    /// <summary>Another shape for the same numbers; 0 stands for the length at the same place, and one -1 is found.</summary>
    public static Value Reshape(this GraphBuilder graph, Value x, Shape shape, params long[] lengths) =>
        graph.Add("Reshape", shape, [x, graph.Integers(lengths)]);

    /// <summary>Another shape, computed in the graph.</summary>
    public static Value Reshape(this GraphBuilder graph, Value x, Shape shape, Value lengths) => graph.Add("Reshape", shape, [x, lengths]);

    /// <summary>The first axes as one: (a, b, …) becomes (a·b, …).</summary>
    public static Value Flattened(this GraphBuilder graph, Value x)
    {
        var rest = x.Shape.From(2);
        int? rows = x.Shape.At(0) * x.Shape.At(1);
        var shape = rest.Prepend(rows);
        return rest.IsKnown
            ? graph.Reshape(x, shape, [-1, .. rest.Select(axis => (long)axis!)])
            : graph.Reshape(x, shape, graph.Lengths([graph.Integers(-1), .. Enumerable.Range(2, rest.Rank).Select(axis => graph.Length(x, axis))]));
    }

    /// <summary>The first axis of a tensor as the first two of another one.</summary>
    public static Value Unflattened(this GraphBuilder graph, Value x, Value like)
    {
        var shape = x.Shape.From(1).Prepend(like.Shape.At(1)).Prepend(like.Shape.At(0));
        Value[] rest = [.. Enumerable.Range(1, x.Rank - 1).Select(axis => graph.Length(x, axis))];
        return graph.Reshape(x, shape, graph.Lengths([graph.Length(like, 0), graph.Length(like, 1), .. rest]));
    }

    /// <summary>Numbers in a shape whose first axis is the batch of a tensor: zeros for states.</summary>
    public static Value Zeros(this GraphBuilder graph, Value batchOf, int batchAxis, Shape sample) => graph.Expand(
        graph.Number(0),
        sample.Prepend(batchOf.Shape.At(batchAxis)),
        graph.Lengths([graph.Length(batchOf, batchAxis), graph.Integers([.. sample.Select(axis => (long)axis!)])]));

    /// <summary>0, 1, 2 … as many as an axis is long.</summary>
    public static Value Places(this GraphBuilder graph, Value x, int axis) => graph.Add(
        "Range",
        Shape.Create([x.Shape.At(axis)]),
        [graph.Integer(0), graph.Squeeze(graph.Length(x, axis), 0), graph.Integer(1)]);
}
