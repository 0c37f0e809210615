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

    /// <summary>The zeros around the input, as an attribute: numbers where they are known now, else a rule.</summary>
    public (string Name, object Value) Pads(Shape input)
    {
        long[] spans = [.. Size.Select((size, i) => (size - 1) * Dilations[i] + 1)];
        if (Padding is "valid")
            return ("pads", new long[2 * Size.Length]);
        if (Padding is "causal")
            return ("pads", (long[])[spans[0] - 1, 0]);

        // The zeros depend on the length where windows are apart; ONNX' rule for it is TensorFlow's, but knows no dilation.
        if (Strides.Where((stride, i) => stride > 1 && !input.IsKnownAt(1 + i)).Any())
            return ("auto_pad", "SAME_UPPER");
        long[] totals =
        [
            .. spans.Select((span, i) => Strides[i] == 1
                ? span - 1
                : Math.Max(0, (Same(input[1 + i], Strides[i]) - 1) * Strides[i] + span - input[1 + i])),
        ];
        return ("pads", (long[])[.. totals.Select(total => total / 2), .. totals.Select(total => total - total / 2)]);
    }

    private static long Same(long length, long stride) => (length - 1 + stride) / stride;
}
