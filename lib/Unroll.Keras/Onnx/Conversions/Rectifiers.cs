using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Activation functions that are layers, with numbers of their own.</summary>
internal static class Rectifiers
{
    // What a masked element counts as in a softmax.
    private const float Masked = -1e9f;

    public static Value LeakyReLU(GraphBuilder graph, Layer layer, Value x) =>
        graph.Unary("LeakyRelu", x, ("alpha", (float)((LeakyReLU)layer).NegativeSlope));

    public static Value ELU(GraphBuilder graph, Layer layer, Value x) => graph.Unary("Elu", x, ("alpha", (float)((ELU)layer).Alpha));

    public static Value PReLU(GraphBuilder graph, Layer layer, Value x) =>
        graph.Add("PRelu", x.Shape, [x, graph.Weight(((PReLU)layer).Weights[0])]);

    /// <summary>x above the threshold, up to the greatest value; below it the slope times the distance.</summary>
    public static Value ReLU(GraphBuilder graph, Layer layer, Value x)
    {
        var relu = (ReLU)layer;
        var threshold = graph.Number((float)relu.Threshold);
        var above = relu.Threshold == 0 ? graph.Unary("Relu", x) : graph.OrZero(graph.Binary("Greater", x, threshold), x);
        if (relu.MaxValue is { } most)
            above = graph.Add("Clip", x.Shape, [above, graph.Number(0), graph.Number((float)most)]);
        return relu.NegativeSlope == 0
            ? above
            : graph.Minus(above, graph.Times(graph.Unary("Relu", graph.Minus(threshold, x)), graph.Number((float)relu.NegativeSlope)));
    }

    /// <summary>Masked elements are not part of the sum, and 0.</summary>
    public static Value Softmax(GraphBuilder graph, Layer layer, Value x)
    {
        var axis = ("axis", (object)(long)((Softmax)layer).Axis);
        return x.Mask is { } mask
            ? graph.OrZero(mask, graph.Unary("Softmax", graph.Where(mask, x, graph.Number(Masked)), axis))
            : graph.Unary("Softmax", x, axis);
    }
}
