using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Dot: sums of products along an axis of each of two tensors.</summary>
internal static class DotProducts
{
    // Keras' least square of a length, for normalize.
    private const float Least = 1e-14f;

    public static IReadOnlyList<Value> Dot(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var dot = (Dot)layer;
        var (left, right) = (inputs[0].Unmasked, inputs[1].Unmasked);
        var (a, b) = (Place(left, dot.Axes.First), Place(right, dot.Axes.Second));
        Value[] rest =
        [
            .. Enumerable.Range(0, left.Rank).Where(axis => axis != a).Select(axis => graph.Length(left, axis)),
            .. Enumerable.Range(1, right.Rank - 1).Where(axis => axis != b).Select(axis => graph.Length(right, axis)),
        ];
        if (dot.Normalize)
            (left, right) = (Unit(graph, left, a), Unit(graph, right, b));

        // (batch, rows, length) and (batch, length, columns).
        var rows = graph.Transpose(left, [.. Enumerable.Range(0, left.Rank).Where(axis => axis != a), a]);
        var columns = graph.Transpose(right, [0, b, .. Enumerable.Range(1, right.Rank - 1).Where(axis => axis != b)]);
        if (left.Rank != 3)
            rows = graph.Reshape(rows, Three(left, null, left.Shape.At(a)), graph.Lengths([graph.Integers(0, -1), graph.Length(left, a)]));
        if (right.Rank != 3)
            columns = graph.Reshape(columns, Three(right, right.Shape.At(b), null), 0, 0, -1);
        var product = graph.Product(rows, columns);
        var shape = layer.OutputShapes([inputs[0].Shape, inputs[1].Shape])[0];
        return [left.Rank == 3 && right.Rank == 3
            ? product
            : graph.Reshape(product, shape, graph.Lengths(rest.Length == 1 ? [rest[0], graph.Integers(1)] : rest))];
    }

    private static Shape Three(Value x, int? second, int? third) => Shape.Create([x.Shape.At(0), second, third]);

    private static int Place(Value x, int axis) => axis < 0 ? axis + x.Rank : axis;

    private static Value Unit(GraphBuilder graph, Value x, int axis)
    {
        var square = graph.Reduce("ReduceSum", graph.Times(x, x), axis, keep: true);
        return graph.Over(x, graph.Unary("Sqrt", graph.Binary("Max", square, graph.Number(Least))));
    }
}
