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

    /// <summary>Copies beside each step, (batch, time, size, features), and then in line with it.</summary>
    public static Value UpSampling1D(GraphBuilder graph, Layer layer, Value x)
    {
        var size = ((UpSampling1D)layer).Size;
        var copies = graph.Expand(
            graph.Unsqueeze(x, 2), Shape.Create([x.Shape.At(0), x.Shape.At(1), size, x.Shape.At(2)]), graph.Integers(1, 1, size, 1));
        return graph.Reshape(
            copies,
            x.Shape.With(1, x.Shape.At(1) * size),
            graph.Lengths([graph.Integers(0), graph.Integers(-1), graph.Length(x, 2)]));
    }

    public static Value ZeroPadding1D(GraphBuilder graph, Layer layer, Value x)
    {
        var (before, after) = ((ZeroPadding1D)layer).Padding;
        return graph.Add("Pad", x.Shape.With(1, x.Shape.At(1) + before + after), [x, graph.Integers(0, before, 0, 0, after, 0)]);
    }

    public static Value Cropping1D(GraphBuilder graph, Layer layer, Value x)
    {
        var (before, after) = ((Cropping1D)layer).Cropping;
        return graph.Slice(x, 1, before, after == 0 ? long.MaxValue : -after);
    }
}
