using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>The greatest, or the mean, of windows and of whole sequences.</summary>
internal static class Poolings
{
    public static Value Max1D(GraphBuilder graph, Layer layer, Value x)
    {
        var pool = (MaxPooling1D)layer;
        return Of(graph, "MaxPool", x, new Windows(pool.PoolSize, pool.Strides, 1, pool.Padding));
    }

    public static Value Max2D(GraphBuilder graph, Layer layer, Value x)
    {
        var pool = (MaxPooling2D)layer;
        return Of(graph, "MaxPool", x, new Windows(pool.PoolSize, pool.Strides, 1, pool.Padding));
    }

    public static Value Average1D(GraphBuilder graph, Layer layer, Value x)
    {
        var pool = (AveragePooling1D)layer;
        return Of(graph, "AveragePool", x, new Windows(pool.PoolSize, pool.Strides, 1, pool.Padding));
    }

    public static Value Average2D(GraphBuilder graph, Layer layer, Value x)
    {
        var pool = (AveragePooling2D)layer;
        return Of(graph, "AveragePool", x, new Windows(pool.PoolSize, pool.Strides, 1, pool.Padding));
    }

    /// <summary>The mean of the steps that count.</summary>
    public static Value GlobalAverage1D(GraphBuilder graph, Layer layer, Value x)
    {
        var keep = ((GlobalAveragePooling1D)layer).Keepdims;
        if (x.Mask is not { } mask)
            return graph.Reduce("ReduceMean", x, 1, keep);
        var counts = graph.Unsqueeze(mask, 2);
        var count = graph.Reduce("ReduceSum", graph.Cast(counts, Format.ElementType.Float), 1, keep);
        return graph.Over(graph.Reduce("ReduceSum", graph.OrZero(counts, x), 1, keep), count);
    }

    public static Value GlobalAverage2D(GraphBuilder graph, Layer layer, Value x) =>
        graph.Reduce("ReduceMean", x, [1, 2], ((GlobalAveragePooling2D)layer).Keepdims);

    public static Value GlobalMax1D(GraphBuilder graph, Layer layer, Value x) =>
        graph.Reduce("ReduceMax", x, 1, ((GlobalMaxPooling1D)layer).Keepdims);

    public static Value GlobalMax2D(GraphBuilder graph, Layer layer, Value x) =>
        graph.Reduce("ReduceMax", x, [1, 2], ((GlobalMaxPooling2D)layer).Keepdims);

    private static Value Of(GraphBuilder graph, string operation, Value x, Windows windows)
    {
        var (input, over) = windows.Over(graph, x, operation is "MaxPool" ? float.NegativeInfinity : 0);
        var result = Pooled(input);

        // Zeros around the input are not part of a mean; ONNX leaves out those that it puts there itself.
        if (operation is "AveragePool" && over.Padding != windows.Padding)
            result = graph.Over(result, Pooled(windows.Over(graph, graph.Expand(graph.Number(1), x.Shape, graph.Lengths(x)), 0).X));
        return Convolutions.ChannelsLast(graph, result);

        Value Pooled(Value value) => graph.Add(
            operation,
            Shape.Create([x.Shape.At(0), x.Shape.At(x.Rank - 1), .. over.Size.Select(_ => (int?)null)]),
            [value],
            [("kernel_shape", over.Size), ("strides", over.Strides), over.Pads(x.Shape)]);
    }
}
