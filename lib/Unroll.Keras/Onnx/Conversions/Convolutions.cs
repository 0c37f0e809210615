using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Convolutions: Keras has the channels last, ONNX after the batch.</summary>
internal static class Convolutions
{
    public static Value Conv1D(GraphBuilder graph, Layer layer, Value x)
    {
        var conv = (Conv1D)layer;
        var windows = new Windows(conv.KernelSize, conv.Strides, conv.DilationRate, conv.Padding);
        return Activations.Apply(graph, layer, conv.Activation, Of(graph, x, conv.Weights[0], conv.UseBias ? conv.Weights[1] : null, windows));
    }

    public static Value Conv2D(GraphBuilder graph, Layer layer, Value x)
    {
        var conv = (Conv2D)layer;
        var windows = new Windows(conv.KernelSize, conv.Strides, conv.DilationRate, conv.Padding);
        return Activations.Apply(graph, layer, conv.Activation, Of(graph, x, conv.Weights[0], conv.UseBias ? conv.Weights[1] : null, windows));
    }

    /// <summary>(batch, …, channels) to (batch, …, filters).</summary>
    public static Value Of(GraphBuilder graph, Value x, Variable kernel, Variable? bias, Windows windows)
    {
        var filters = kernel.Shape[^1];
        var (input, over) = windows.Over(graph, x, around: 0);
        var result = graph.Add(
            "Conv",
            Shape.Create([x.Shape.At(0), filters, .. over.Size.Select(_ => (int?)null)]),
            [input, KernelOf(graph, kernel), bias is null ? null : graph.Weight(bias)],
            [("kernel_shape", over.Size), ("strides", over.Strides), ("dilations", over.Dilations), over.Pads(x.Shape)]);
        return ChannelsLast(graph, result);
    }

    public static Value ChannelsLast(GraphBuilder graph, Value x) => graph.Transpose(x, [0, .. Enumerable.Range(2, x.Rank - 2), 1]);

    /// <summary>Keras' kernel (…, channels, filters) as ONNX' (filters, channels, …).</summary>
    private static Value KernelOf(GraphBuilder graph, Variable kernel)
    {
        var (channels, filters) = (kernel.Shape[^2], kernel.Shape[^1]);
        var places = kernel.Shape.Size / Math.Max(1, channels * filters);
        Shape shape = [filters, channels, .. kernel.Shape.Axes[..^2]];
        return graph.Weight(kernel, "conv", shape, numbers =>
        {
            var values = kernel.Readable;
            var next = 0;
            for (var filter = 0; filter < filters; filter++)
                for (var channel = 0; channel < channels; channel++)
                    for (var place = 0; place < places; place++)
                        numbers[next++] = values[(place * channels + channel) * filters + filter];
        });
    }
}
