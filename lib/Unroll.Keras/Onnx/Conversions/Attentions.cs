using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Attention and AdditiveAttention, with the masks of queries and values.</summary>
internal static class Attentions
{
    // Keras lowers a score that does not count by so much.
    private const float Lower = 1e9f;

    public static IReadOnlyList<Value> Attention(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var attention = (Attention)layer;
        var (query, value) = (inputs[0], inputs[1]);
        var scores = Scores(graph, attention, query, inputs.Count > 2 ? inputs[2] : value);
        Value?[] allowed = [value.Mask is { } steps ? graph.Unsqueeze(steps, 1) : null, attention.UseCausalMask ? Causal(graph, query, value) : null];
        var shares = Shares(graph, scores, allowed);
        var output = graph.Product(shares, value);
        if (query.Mask is { } mask)
            output = graph.OrZero(graph.Unsqueeze(mask, 2), output);
        output = output with { Mask = query.Mask };
        return attention.ReturnAttentionScores ? [output, shares] : [output];
    }

    /// <summary>The softmax of the scores that all of these allow; each is null where it allows all.</summary>
    public static Value Shares(GraphBuilder graph, Value scores, IEnumerable<Value?> allowed)
    {
        if (allowed.OfType<Value>().ToArray() is { Length: > 0 } some)
            scores = graph.Where(some.Aggregate(graph.And), scores, graph.Minus(scores, graph.Number(Lower)));
        return graph.Unary("Softmax", scores, ("axis", -1L));
    }

    /// <summary>True where a query does not stand before a step, (1, queries, steps).</summary>
    public static Value Causal(GraphBuilder graph, Value query, Value value) => graph.Unsqueeze(
        graph.Binary("GreaterOrEqual", graph.Unsqueeze(graph.Places(query, 1), 1), graph.Unsqueeze(graph.Places(value, 1), 0)), 0);

    private static Value Scores(GraphBuilder graph, Attention attention, Value query, Value key)
    {
        var scale = attention.UseScale ? graph.Weight(attention.Weights[0]) : null;
        if (attention is not AdditiveAttention && attention.ScoreMode is "dot")
        {
            var products = graph.Product(query, graph.Transpose(key, 0, 2, 1));
            return scale is null ? products : graph.Times(products, scale);
        }

        var sums = graph.Plus(graph.Unsqueeze(query, 2), graph.Unsqueeze(key, 1));
        if (attention is AdditiveAttention)
        {
            sums = graph.Unary("Tanh", sums);
            return graph.Reduce("ReduceSum", scale is null ? sums : graph.Times(sums, scale), 3, keep: false);
        }

        sums = graph.Unary("Tanh", scale is null ? sums : graph.Times(sums, scale));
        return graph.Times(graph.Reduce("ReduceSum", sums, 3, keep: false), graph.Weight(attention.Weights[^1]));
    }
}
