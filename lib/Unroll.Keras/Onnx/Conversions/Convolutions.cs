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

    /// <summary>Each channel has filters of its own.</summary>
    public static Value DepthwiseConv1D(GraphBuilder graph, Layer layer, Value x)
    {
        var conv = (DepthwiseConv1D)layer;
        var windows = new Windows(conv.KernelSize, conv.Strides, conv.DilationRate, conv.Padding);
        return Activations.Apply(graph, layer, conv.Activation, OfEach(graph, x, conv.Weights[0], conv.UseBias ? conv.Weights[1] : null, windows));
    }

    /// <summary>Each channel by itself, and then all of each step together.</summary>
    public static Value SeparableConv1D(GraphBuilder graph, Layer layer, Value x)
    {
        var conv = (SeparableConv1D)layer;
        var windows = new Windows(conv.KernelSize, conv.Strides, conv.DilationRate, conv.Padding);
        var each = OfEach(graph, x, conv.Weights[0], null, windows);
        var all = Of(graph, each, conv.Weights[1], conv.UseBias ? conv.Weights[2] : null, new Windows(1, 1, 1, "valid"));
        return Activations.Apply(graph, layer, conv.Activation, all);
    }

    /// <summary>(batch, …, channels) to (batch, …, filters).</summary>
    public static Value Of(GraphBuilder graph, Value x, Variable kernel, Variable? bias, Windows windows)
    {
        var (channels, filters) = (kernel.Shape[^2], kernel.Shape[^1]);
        Shape shape = [filters, channels, .. kernel.Shape.Axes[..^2]];
        var turned = Turned(graph, kernel, shape, outermost: filters, step: 1, next: channels, nextStep: filters);
        return Convolved(graph, x, turned, bias, windows, groups: 1);
    }

    public static Value ChannelsLast(GraphBuilder graph, Value x) => graph.Transpose(x, [0, .. Enumerable.Range(2, x.Rank - 2), 1]);

    private static Value OfEach(GraphBuilder graph, Value x, Variable kernel, Variable? bias, Windows windows)
    {
        var (channels, filters) = (kernel.Shape[^2], kernel.Shape[^1]);
        Shape shape = [channels * filters, 1, .. kernel.Shape.Axes[..^2]];
        var turned = Turned(graph, kernel, shape, outermost: channels, step: filters, next: filters, nextStep: 1);
        return Convolved(graph, x, turned, bias, windows, groups: channels);
    }

    private static Value Convolved(GraphBuilder graph, Value x, Value kernel, Variable? bias, Windows windows, int groups)
    {
        var (input, over) = windows.Over(graph, x, around: 0);
        return ChannelsLast(graph, graph.Add(
            "Conv",
            Shape.Create([x.Shape.At(0), kernel.Shape.At(0), .. over.Size.Select(_ => (int?)null)]),
            [input, kernel, bias is null ? null : graph.Weight(bias)],
            [
                ("kernel_shape", over.Size), ("strides", over.Strides), ("dilations", over.Dilations), ("group", (long)groups), over.Pads(x.Shape),
            ]));
    }

    /// <summary>
    /// Keras' kernel, (…, channels, filters), with the places of a window last: filters first and then channels, or for filters
    /// of each channel the other way round.
    /// </summary>
    private static Value Turned(GraphBuilder graph, Variable kernel, Shape shape, int outermost, int step, int next, int nextStep) =>
        graph.Weight(kernel, $"conv {shape}", shape, numbers =>
        {
            var values = kernel.Readable;
            var size = outermost * next;
            var places = numbers.Length / Math.Max(1, size);
            var at = 0;
            for (var i = 0; i < outermost; i++)
                for (var j = 0; j < next; j++)
                    for (var place = 0; place < places; place++)
                        numbers[at++] = values[place * size + i * step + j * nextStep];
        });
}
