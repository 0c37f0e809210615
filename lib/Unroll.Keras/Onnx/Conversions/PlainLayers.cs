using Unroll.Keras.Onnx.Format;
using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Dense, Activation and Rescaling; Embedding and Masking, where masks begin.</summary>
internal static class PlainLayers
{
    public static Value Dense(GraphBuilder graph, Layer layer, Value x)
    {
        var dense = (Dense)layer;
        var kernel = graph.Weight(dense.Weights[0]);
        var bias = dense.UseBias ? graph.Weight(dense.Weights[1]) : null;
        if (x.Rank == 2)
            return Activations.Apply(graph, layer, dense.Activation, graph.Add("Gemm", x.Shape.With(1, dense.Units), [x, kernel, bias]));
        var product = graph.Product(x, kernel);
        return Activations.Apply(graph, layer, dense.Activation, bias is null ? product : graph.Plus(product, bias));
    }

    public static Value Activation(GraphBuilder graph, Layer layer, Value x) =>
        Activations.Apply(graph, layer, ((Activation)layer).Function, x);

    public static Value Rescaling(GraphBuilder graph, Layer layer, Value x)
    {
        var rescaling = (Rescaling)layer;
        return graph.Plus(graph.Times(x, graph.Number((float)rescaling.Scale)), graph.Number((float)rescaling.Offset));
    }

    /// <summary>The numbers of tokens come in as float32, as all that the library's models take.</summary>
    public static IReadOnlyList<Value> Embedding(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var (embedding, x) = ((Embedding)layer, inputs[0]);
        var rows = graph.Add(
            "Gather",
            Shape.Create([.. x.Shape, embedding.OutputDim]),
            [graph.Weight(embedding.Weights[0]), graph.Cast(x, ElementType.Int64)],
            ("axis", 0L));
        return [embedding.MaskZero ? rows with { Mask = Differs(graph, x, 0) } : rows];
    }

    /// <summary>A step whose features are all the mask value does not count, and has zeros.</summary>
    public static IReadOnlyList<Value> Masking(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var x = inputs[0];
        var differs = graph.Cast(Differs(graph, x, (float)((Masking)layer).MaskValue), ElementType.Float);
        var counts = graph.Reduce("ReduceMax", differs, x.Rank - 1, keep: true);
        var mask = graph.Cast(graph.Squeeze(counts, x.Rank - 1), ElementType.Bool);
        return [graph.Times(x, counts) with { Mask = mask }];
    }

    private static Value Differs(GraphBuilder graph, Value x, float number) =>
        graph.Unary("Not", graph.Binary("Equal", x, graph.Number(number)));
}
