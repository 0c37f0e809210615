using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Layers that bring numbers to mean 0 and deviation 1.</summary>
internal static class Norms
{
    // Normalization's least deviation, Keras' epsilon.
    private const float Least = 1e-7f;

    /// <summary>With the means and variances that training left.</summary>
    public static Value Batch(GraphBuilder graph, Layer layer, Value x)
    {
        var norm = (BatchNormalization)layer;
        var (mean, variance) = (norm.Weights[^2], norm.Weights[^1]);
        var gamma = norm.Scale ? norm.Weights[0] : null;
        var along = Along(x, norm.Axis, mean);
        var factor = graph.Weight(variance, $"factor {along}", along, numbers =>
        {
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = (float)((gamma is null ? 1.0 : gamma.Readable[i]) / Math.Sqrt(variance.Readable[i] + norm.Epsilon));
        });
        var scaled = graph.Times(graph.Minus(x, graph.Weight(mean, along)), factor);
        return norm.Center ? graph.Plus(scaled, graph.Weight(norm.Weights[norm.Scale ? 1 : 0], along)) : scaled;
    }

    /// <summary>ONNX' operation takes the last axes, and a scale in any case; another axis is written out.</summary>
    public static Value Layer(GraphBuilder graph, Layer layer, Value x)
    {
        var norm = (LayerNormalization)layer;
        var place = Place(x, norm.Axis);
        if (norm.Scale && place == x.Rank - 1)
        {
            var center = norm.Center ? graph.Weight(norm.Weights[1]) : null;
            return graph.Add(
                "LayerNormalization", x.Shape, [x, graph.Weight(norm.Weights[0]), center], ("axis", -1L), ("epsilon", (float)norm.Epsilon));
        }

        var centered = graph.Minus(x, graph.Reduce("ReduceMean", x, place, keep: true));
        var variance = graph.Reduce("ReduceMean", graph.Times(centered, centered), place, keep: true);
        var result = graph.Over(centered, graph.Unary("Sqrt", graph.Plus(variance, graph.Number((float)norm.Epsilon))));
        if (norm.Scale)
            result = graph.Times(result, graph.Weight(norm.Weights[0], Along(x, norm.Axis, norm.Weights[0])));
        return norm.Center ? graph.Plus(result, graph.Weight(norm.Weights[^1], Along(x, norm.Axis, norm.Weights[^1]))) : result;
    }

    public static Value Given(GraphBuilder graph, Layer layer, Value x)
    {
        var norm = (Normalization)layer;
        var (mean, variance) = (norm.Weights[0], norm.Weights[1]);
        var along = norm.Axis is { } axis ? Along(x, axis, mean) : Shape.Of([.. Enumerable.Repeat(1, x.Rank)]);
        var deviation = graph.Weight(variance, $"deviation {along}", along, numbers =>
        {
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = Math.Max(MathF.Sqrt(variance.Readable[i]), Least);
        });
        var center = graph.Weight(mean, along);
        return norm.Invert ? graph.Plus(center, graph.Times(x, deviation)) : graph.Over(graph.Minus(x, center), deviation);
    }

    private static int Place(Value x, int axis) => axis < 0 ? axis + x.Rank : axis;

    /// <summary>The shape in which a weight lies along one axis.</summary>
    private static Shape Along(Value x, int axis, Variable weight) =>
        Shape.Of([.. Enumerable.Repeat(1, x.Rank)]).With(Place(x, axis), weight.Shape[0]);
}
