using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>The windows of a convolution or a pooling, along one axis or two.</summary>
/// <param name="Size">How many places a window has.</param>
/// <param name="Strides">How far it is from one to the next.</param>
/// <param name="Dilations">How far its places are from each other.</param>
/// <param name="Padding">Keras' word.</param>
internal sealed record Windows(long[] Size, long[] Strides, long[] Dilations, string Padding)
{
    /// <summary>Windows of sequences.</summary>
    public Windows(int size, int strides, int dilation, string padding)
        : this([size], [strides], [dilation], padding)
    {
    }

    /// <summary>Windows of pictures.</summary>
    public Windows(Pair size, Pair strides, Pair dilation, string padding)
        : this([size.First, size.Second], [strides.First, strides.Second], [dilation.First, dilation.Second], padding)
    {
    }

    /// <summary>
    /// Whether the zeros around the input are known now. ONNX' rule SAME_UPPER would say them for every length, but ONNX Runtime
    /// refuses it where windows stand so far apart that no zeros are needed.
    /// </summary>
    private bool AreZerosKnown(Shape input) => Padding is not "same" || !Strides.Where((stride, i) => stride > 1 && !input.IsKnownAt(1 + i)).Any();

    /// <summary>
    /// The input with the channels after the batch, and the windows over it. Where the zeros depend on the length, they
    /// are counted in the graph and put around it.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">The input with the channels last.</param>
    /// <param name="around">What is put around it: 0, or less than all numbers.</param>
    public (Value X, Windows Windows) Over(GraphBuilder graph, Value x, float around)
    {
        var first = graph.Transpose(x, [0, x.Rank - 1, .. Enumerable.Range(1, x.Rank - 2)]);
        if (AreZerosKnown(x.Shape))
            return (first, this);
        var totals = Size.Select((size, i) =>
        {
            var length = graph.Length(x, 1 + i);
            var stride = graph.Integers(Strides[i]);
            var last = graph.Times(graph.Over(graph.Minus(length, graph.Integers(1)), stride), stride);
            return graph.Binary("Max", graph.Minus(graph.Plus(last, graph.Integers(size)), length), graph.Integers(0));
        }).ToArray();
        Value[] before = [.. totals.Select(total => graph.Over(total, graph.Integers(2)))];
        Value[] after = [.. totals.Zip(before, graph.Minus)];
        var pads = graph.Lengths([graph.Integers(0, 0), .. before, graph.Integers(0, 0), .. after]);
        var shape = Shape.Create([first.Shape.At(0), first.Shape.At(1), .. Size.Select(_ => (int?)null)]);
        return (graph.Add("Pad", shape, [first, pads, graph.Number(around)]), this with { Padding = "valid" });
    }

    /// <summary>The zeros around the input, as an attribute.</summary>
    /// <param name="input">The shape of the input with the channels last.</param>
    public (string Name, object Value) Pads(Shape input)
    {
        long[] spans = [.. Size.Select((size, i) => (size - 1) * Dilations[i] + 1)];
        if (Padding is "valid")
            return ("pads", new long[2 * Size.Length]);
        if (Padding is "causal")
            return ("pads", (long[])[spans[0] - 1, 0]);
        long[] totals =
        [
            .. spans.Select((span, i) => Strides[i] == 1
                ? span - 1
                : Math.Max(0, (input[1 + i] - 1) / Strides[i] * Strides[i] + span - input[1 + i])),
        ];
        return ("pads", (long[])[.. totals.Select(total => total / 2), .. totals.Select(total => total - total / 2)]);
    }
}
