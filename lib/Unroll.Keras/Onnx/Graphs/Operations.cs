using Unroll.Keras.Onnx.Format;

namespace Unroll.Keras.Onnx.Graphs;

/// <summary>Single operations of ONNX, by the names that conversions read well with.</summary>
internal static class Operations
{
    /// <summary>Two operands, elementwise; the one with more axes says the shape.</summary>
    public static Value Binary(this GraphBuilder graph, string operation, Value left, Value right) =>
        graph.Add(operation, Broadcast(left.Shape, right.Shape), [left, right]);

    public static Value Plus(this GraphBuilder graph, Value left, Value right) => graph.Binary("Add", left, right);

    public static Value Minus(this GraphBuilder graph, Value left, Value right) => graph.Binary("Sub", left, right);

    public static Value Times(this GraphBuilder graph, Value left, Value right) => graph.Binary("Mul", left, right);

    public static Value Over(this GraphBuilder graph, Value left, Value right) => graph.Binary("Div", left, right);

    public static Value And(this GraphBuilder graph, Value left, Value right) => graph.Binary("And", left, right);

    /// <summary>One operand, whose shape the result has.</summary>
    public static Value Unary(this GraphBuilder graph, string operation, Value x, params (string Name, object Value)[] attributes) =>
        graph.Add(operation, x.Shape, [x], attributes);

    /// <summary>The product of the last two axes.</summary>
    public static Value Product(this GraphBuilder graph, Value left, Value right)
    {
        var rows = left.Shape.At(left.Rank - 2);
        var shape = left.Rank >= right.Rank ? left.Shape : right.Shape.With(right.Rank - 2, rows);
        return graph.Add("MatMul", shape.With(shape.Rank - 1, right.Shape.At(right.Rank - 1)), [left, right]);
    }

    /// <summary>The second where the condition is true, else the third.</summary>
    public static Value Where(this GraphBuilder graph, Value condition, Value then, Value otherwise) =>
        graph.Add("Where", Broadcast(condition.Shape, Broadcast(then.Shape, otherwise.Shape)), [condition, then, otherwise]);

    /// <summary>The tensor where the condition is true, else zeros.</summary>
    public static Value OrZero(this GraphBuilder graph, Value condition, Value then) => graph.Where(condition, then, graph.Number(0));

    public static Value Cast(this GraphBuilder graph, Value x, ElementType type) => graph.Unary("Cast", x, ("to", (long)type));

    /// <summary>New axes of length 1, at these places of the result.</summary>
    public static Value Unsqueeze(this GraphBuilder graph, Value x, params int[] axes)
    {
        var shape = x.Shape.ToList();
        foreach (var axis in axes.Order())
            shape.Insert(axis, 1);
        return graph.Add("Unsqueeze", Shape.Create([.. shape]), [x, Longs(graph, axes)]);
    }

    /// <summary>Without these axes, which have the length 1.</summary>
    public static Value Squeeze(this GraphBuilder graph, Value x, params int[] axes) =>
        graph.Add("Squeeze", Shape.Create([.. x.Shape.Where((_, axis) => !axes.Contains(axis))]), [x, Longs(graph, axes)]);

    /// <summary>A part of one axis; the numbers are ONNX', the last one left out.</summary>
    public static Value Slice(this GraphBuilder graph, Value x, int axis, long start, long end, long step = 1) => graph.Add(
        "Slice", x.Shape.With(axis, null), [x, graph.Integers(start), graph.Integers(end), graph.Integers(axis), graph.Integers(step)]);

    /// <summary>One axis in the opposite order.</summary>
    public static Value Flip(this GraphBuilder graph, Value x, int axis) =>
        graph.Slice(x, axis, -1, long.MinValue, -1) with { Shape = x.Shape };

    /// <summary>One place of an axis, which goes; a negative one counts from the end.</summary>
    public static Value At(this GraphBuilder graph, Value x, int axis, long place) =>
        graph.Add("Gather", x.Shape.Without(axis), [x, graph.Integer(place)], ("axis", (long)axis));

    /// <summary>Sums, means or the like along an axis.</summary>
    public static Value Reduce(this GraphBuilder graph, string operation, Value x, int axis, bool keep) => graph.Reduce(operation, x, [axis], keep);

    /// <summary>Sums, means or the like along several axes.</summary>
    public static Value Reduce(this GraphBuilder graph, string operation, Value x, int[] axes, bool keep)
    {
        var shape = axes.OrderDescending().Aggregate(x.Shape, (all, axis) => keep ? all.With(axis, 1) : all.Without(axis));
        var kept = ("keepdims", (object)(keep ? 1L : 0L));

        // In operator set 17, ReduceSum takes its axes as an input, and the others as an attribute.
        return operation is "ReduceSum"
            ? graph.Add(operation, shape, [x, Longs(graph, axes)], kept)
            : graph.Add(operation, shape, [x], ("axes", (long[])[.. axes.Select(axis => (long)axis)]), kept);
    }

    /// <summary>Tensors side by side along an axis.</summary>
    public static Value Concat(this GraphBuilder graph, IReadOnlyList<Value> values, int axis)
    {
        int? length = values.All(value => value.Shape.IsKnownAt(axis)) ? values.Sum(value => value.Shape[axis]) : null;
        return values.Count == 1 ? values[0] : graph.Add("Concat", values[0].Shape.With(axis, length), values, ("axis", (long)axis));
    }

    /// <summary>The equal parts of the last axis.</summary>
    public static Value[] Split(this GraphBuilder graph, Value x, int parts, int axis)
    {
        var shape = x.Shape.With(axis, x.Shape.At(axis) / parts);
        return graph.AddAll("Split", [.. Enumerable.Repeat(shape, parts)], [x], ("axis", (long)axis));
    }

    /// <summary>Broadcasts to a shape that is computed.</summary>
    public static Value Expand(this GraphBuilder graph, Value x, Shape shape, Value axes) => graph.Add("Expand", shape, [x, axes]);

    private static Value Longs(GraphBuilder graph, int[] axes) => graph.Integers([.. axes.Select(axis => (long)axis)]);

    private static Shape Broadcast(Shape left, Shape right)
    {
        var (longer, shorter) = left.Rank >= right.Rank ? (left, right) : (right, left);
        var first = longer.Rank - shorter.Rank;
        return Shape.Create([.. longer.Select((axis, i) => i < first ? axis : Length(axis, shorter.At(i - first)))]);

        static int? Length(int? one, int? other) => (one, other) switch
        {
            (1, _) => other,
            (_, 1) => one,
            _ => one ?? other,
        };
    }
}
