using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>MultiHeadAttention, from products of matrices.</summary>
internal static class MultiHeads
{
    public static IReadOnlyList<Value> Attention(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var attention = (MultiHeadAttention)layer;
        var (query, value, key) = (inputs[0], inputs[1], inputs[^1]);
        var parts = attention.UseBias ? 2 : 1;
        var (q, k, v) = (Heads(query, 0), Heads(key, 1), Heads(value, 2));
        var scores = graph.Product(
            graph.Times(q, graph.Number((float)(1 / Math.Sqrt(attention.KeyDim)))), graph.Transpose(k, 0, 1, 3, 2));
        var shares = Attentions.Shares(graph, scores, Allowed(graph, attention, inputs).Select(one => one is null ? null : graph.Unsqueeze(one, 1)));

        // (batch, heads, queries, length), with the heads of a query side by side again.
        var width = attention.NumHeads * attention.ValueDim;
        var looks = graph.Reshape(graph.Transpose(graph.Product(shares, v), 0, 2, 1, 3), query.Shape.With(2, width), 0, 0, width);
        var kernel = attention.Weights[3 * parts];
        var output = graph.Product(looks, graph.Weight(kernel, [width, kernel.Shape[2]]));
        if (attention.UseBias)
            output = graph.Plus(output, graph.Weight(attention.Weights[^1]));
        output = output with { Mask = query.Mask };
        return attention.ReturnAttentionScores ? [output, shares] : [output];

        // (batch, time, size) for each head: (batch, heads, time, length).
        Value Heads(Value x, int which)
        {
            var weight = attention.Weights[which * parts];
            var (heads, length) = (weight.Shape[1], weight.Shape[2]);
            var all = graph.Product(x, graph.Weight(weight, [weight.Shape[0], heads * length]));
            if (attention.UseBias)
                all = graph.Plus(all, graph.Weight(attention.Weights[which * parts + 1], [heads * length]));
            var apart = graph.Reshape(all, Shape.Create([x.Shape.At(0), x.Shape.At(1), heads, length]), 0, 0, heads, length);
            return graph.Transpose(apart, 0, 2, 1, 3);
        }
    }

    private static Value?[] Allowed(GraphBuilder graph, MultiHeadAttention attention, IReadOnlyList<Value> inputs) =>
    [
        inputs[0].Mask is { } queries ? graph.Unsqueeze(queries, 2) : null,
        inputs[1].Mask is { } values ? graph.Unsqueeze(values, 1) : null,
        inputs.Count > 2 && inputs[2].Mask is { } keys ? graph.Unsqueeze(keys, 1) : null,
        attention.UseCausalMask ? Attentions.Causal(graph, inputs[0], inputs[1]) : null,
    ];
}
