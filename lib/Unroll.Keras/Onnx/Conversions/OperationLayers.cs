using System.Globalization;
using Unroll.Keras.Onnx.Format;
using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>What operators and <see cref="Ops"/> on symbolic tensors place in a graph.</summary>
internal static class OperationLayers
{
    private delegate Value Conversion(GraphBuilder graph, IReadOnlyList<Value> x, IReadOnlyList<object?> arguments);

    private static readonly Dictionary<string, Conversion> Known = new(StringComparer.Ordinal)
    {
        ["Add"] = (graph, x, _) => graph.Plus(x[0], x[1]),
        ["Subtract"] = (graph, x, _) => graph.Minus(x[0], x[1]),
        ["Multiply"] = (graph, x, _) => graph.Times(x[0], x[1]),
        ["TrueDivide"] = (graph, x, _) => graph.Over(x[0], x[1]),
        ["Negative"] = (graph, x, _) => graph.Unary("Neg", x[0]),
        ["Exp"] = (graph, x, _) => graph.Unary("Exp", x[0]),
        ["Log"] = (graph, x, _) => graph.Unary("Log", x[0]),
        ["Sqrt"] = (graph, x, _) => graph.Unary("Sqrt", x[0]),
        ["Square"] = (graph, x, _) => graph.Times(x[0], x[0]),
        ["Absolute"] = (graph, x, _) => graph.Unary("Abs", x[0]),
        ["Tanh"] = (graph, x, _) => graph.Unary("Tanh", x[0]),
        ["Sigmoid"] = (graph, x, _) => graph.Unary("Sigmoid", x[0]),
        ["Relu"] = (graph, x, _) => graph.Unary("Relu", x[0]),
        ["Power"] = (graph, x, arguments) => graph.Binary("Pow", x[0], graph.Number(Real(arguments[0]))),
        ["Clip"] = (graph, x, arguments) =>
            graph.Add("Clip", x[0].Shape, [x[0], graph.Number(Real(arguments[0])), graph.Number(Real(arguments[1]))]),
        ["Softmax"] = (graph, x, arguments) => graph.Unary("Softmax", x[0], ("axis", (long)Place(arguments[0], x[0].Rank))),
        ["Sum"] = (graph, x, arguments) => Reduced(graph, "ReduceSum", x[0], arguments),
        ["Mean"] = (graph, x, arguments) => Reduced(graph, "ReduceMean", x[0], arguments),
        ["Max"] = (graph, x, arguments) => Reduced(graph, "ReduceMax", x[0], arguments),
        ["Min"] = (graph, x, arguments) => Reduced(graph, "ReduceMin", x[0], arguments),
        ["ExpandDims"] = (graph, x, arguments) => graph.Unsqueeze(x[0], Place(arguments[0], x[0].Rank + 1)),
        ["Reshape"] = (graph, x, arguments) => Reshaped(graph, x[0], (int[])arguments[0]!),
        ["Transpose"] = (graph, x, arguments) => graph.Transpose(x[0], Order((int[])arguments[0]!, x[0].Rank)),
        ["Flip"] = (graph, x, arguments) => graph.Flip(x[0], Place(arguments[0], x[0].Rank)),
        ["Matmul"] = (graph, x, _) => graph.Product(x[0], x[1]),
        ["Maximum"] = (graph, x, _) => graph.Binary("Max", x[0], x[1]),
        ["Minimum"] = (graph, x, _) => graph.Binary("Min", x[0], x[1]),
        ["Greater"] = (graph, x, _) => graph.Cast(graph.Binary("Greater", x[0], x[1]), ElementType.Float),
        ["Where"] = (graph, x, _) => graph.Where(graph.Cast(x[0], ElementType.Bool), x[1], x[2]),
        ["Concatenate"] = (graph, x, arguments) => graph.Concat(x, Place(arguments[0], x[0].Rank)),
        ["Stack"] = Stacked,
        ["GetItem"] = (graph, x, arguments) => Part(graph, x[0], (Slice[])arguments[0]!),
    };

    public static IReadOnlyList<Value> Operation(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var operation = (OperationLayer)layer;
        if (!Known.TryGetValue(operation.ClassName, out var conversion))
            throw Refusal.Of(layer, $"the operation {operation.ClassName}", "Write it with others of Ops.");

        // Of an operator's operands one may be data.
        Value[] operands = operation.Arguments is [null, Tensor right] ? [inputs[0], graph.Numbers(right)]
            : operation.Arguments is [Tensor left, null] ? [graph.Numbers(left), inputs[0]]
            : [.. inputs];
        return [conversion(graph, [.. operands.Select(operand => operand.Unmasked)], operation.Arguments)];
    }

    private static Value Reduced(GraphBuilder graph, string operation, Value x, IReadOnlyList<object?> arguments) =>
        graph.Reduce(operation, x, Place(arguments[0], x.Rank), (bool)arguments[1]!);

    private static Value Reshaped(GraphBuilder graph, Value x, int[] lengths)
    {
        var shape = Shape.Create([.. lengths.Select(length => length < 0 ? (int?)null : length)]);
        return graph.Reshape(x, shape, [.. lengths.Select(length => (long)length)]);
    }

    private static Value Stacked(GraphBuilder graph, IReadOnlyList<Value> x, IReadOnlyList<object?> arguments)
    {
        var axis = Place(arguments[0], x[0].Rank + 1);
        return graph.Concat([.. x.Select(one => graph.Unsqueeze(one, axis))], axis);
    }

    /// <summary>Ranges first, then the axes that go, from the last one so that the others keep their places.</summary>
    private static Value Part(GraphBuilder graph, Value x, Slice[] places)
    {
        for (var axis = places.Length - 1; axis >= 0; axis--)
        {
            var (start, end) = (places[axis].Range.Start, places[axis].Range.End);
            if (places[axis].DropsAxis)
                x = graph.At(x, axis, start.IsFromEnd ? -start.Value : start.Value);
            else if (!places[axis].Range.Equals(Range.All))
                x = graph.Slice(x, axis, Bound(start), Bound(end));
        }

        return x;
    }

    /// <summary>ONNX counts from the end by negative numbers, of which 0 is none.</summary>
    private static long Bound(Index index) => !index.IsFromEnd ? index.Value : index.Value == 0 ? long.MaxValue : -index.Value;

    private static int[] Order(int[] axes, int rank) =>
        axes.Length == 0 ? [.. Enumerable.Range(0, rank).Reverse()] : [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];

    private static int Place(object? axis, int rank) => (int)axis! is var place && place < 0 ? place + rank : place;

    private static float Real(object? number) => Convert.ToSingle(number, CultureInfo.InvariantCulture);
}
