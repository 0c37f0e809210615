using Unroll.Keras.Onnx.Format;

namespace Unroll.Keras.Onnx.Graphs;

/// <summary>The axes of what goes in and out: lengths, and words for those that each call brings.</summary>
internal static class AxisNames
{
    /// <summary>
    /// <c>batch</c> is one length for all inputs. Another axis has a word of its own: <c>time</c> in a model with one input, else
    /// with the input's name before it; no two of them need be equal.
    /// </summary>
    public static Axis[] OfInput(Value input, IReadOnlyList<Value> inputs)
    {
        var isAlone = inputs.Count(one => one.Rank > 1 && !one.Shape.IsKnownAt(1)) == 1;
        return Of(input, word => isAlone && word is "time" ? word : $"{input.Wire.Name}_{word}");
    }

    /// <summary>An axis of an output has the output's name before its own, whatever it depends on.</summary>
    public static Axis[] OfOutput(Value output) => Of(output, word => $"{output.Wire.Name}_{word}");

    private static Axis[] Of(Value value, Func<string, string> name) =>
    [
        .. value.Shape.Select((axis, i) => axis is { } length ? new Axis(length) : new Axis(i switch
        {
            0 => "batch",
            1 => name("time"),
            _ => name(FormattableString.Invariant($"axis{i}")),
        })),
    ];
}
