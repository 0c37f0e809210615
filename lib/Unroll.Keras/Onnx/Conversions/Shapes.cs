using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Layers that move numbers and compute nothing.</summary>
internal static class Shapes
{
    public static Value Flatten(GraphBuilder graph, Layer layer, Value x) => graph.Reshape(x, Shape.Create([x.Shape.At(0), null]), 0, -1);

    public static Value Reshape(GraphBuilder graph, Layer layer, Value x)
    {
        long[] target = [.. ((Reshape)layer).TargetShape];
        var shape = Shape.Create([x.Shape.At(0), .. target.Select(length => length < 0 ? (int?)null : (int)length)]);
        return graph.Reshape(x, shape, [0, .. target]);
    }

    public static Value Permute(GraphBuilder graph, Layer layer, Value x) => graph.Transpose(x, [0, .. ((Permute)layer).Dims]);

    public static Value RepeatVector(GraphBuilder graph, Layer layer, Value x)
    {
        var n = ((RepeatVector)layer).N;
        return graph.Expand(graph.Unsqueeze(x, 1), Shape.Create([x.Shape.At(0), n, x.Shape.At(1)]), graph.Integers(1, n, 1));
    }

    public static Value UpSampling1D(GraphBuilder graph, Layer layer, Value x) => Repeated(graph, x, 1, ((UpSampling1D)layer).Size);

    public static Value UpSampling2D(GraphBuilder graph, Layer layer, Value x)
    {
        var (rows, columns) = ((UpSampling2D)layer).Size;
        return Repeated(graph, Repeated(graph, x, 1, rows), 2, columns);
    }

    public static Value ZeroPadding1D(GraphBuilder graph, Layer layer, Value x)
    {
        var (before, after) = ((ZeroPadding1D)layer).Padding;
        return graph.Add("Pad", x.Shape.With(1, x.Shape.At(1) + before + after), [x, graph.Integers(0, before, 0, 0, after, 0)]);
    }

    public static Value ZeroPadding2D(GraphBuilder graph, Layer layer, Value x)
    {
        var ((above, below), (left, right)) = ((ZeroPadding2D)layer).Padding;
        var shape = x.Shape.With(1, x.Shape.At(1) + above + below).With(2, x.Shape.At(2) + left + right);
        return graph.Add("Pad", shape, [x, graph.Integers(0, above, left, 0, 0, below, right, 0)]);
    }

    public static Value Cropping1D(GraphBuilder graph, Layer layer, Value x)
    {
        var (before, after) = ((Cropping1D)layer).Cropping;
        return graph.Slice(x, 1, before, after == 0 ? long.MaxValue : -after);
    }

    /// <summary>Copies beside each place of an axis, (…, length, times, …), and then in line with it.</summary>
    private static Value Repeated(GraphBuilder graph, Value x, int axis, int times)
    {
        var beside = graph.Unsqueeze(x, axis + 1);
        long[] sizes = [.. Enumerable.Range(0, beside.Rank).Select(place => place == axis + 1 ? (long)times : 1)];
        var copies = graph.Expand(beside, beside.Shape.With(axis + 1, times), graph.Integers(sizes));
        return graph.Reshape(
            copies,
            x.Shape.With(axis, x.Shape.At(axis) * times),
            graph.Lengths(
            [
                graph.Integers([.. Enumerable.Repeat(0L, axis), -1]),
                .. Enumerable.Range(axis + 1, x.Rank - axis - 1).Select(place => graph.Length(x, place)),
            ]));
    }
}
