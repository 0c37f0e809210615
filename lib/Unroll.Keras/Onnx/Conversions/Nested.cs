using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Layers that hold others: a model within a model, and TimeDistributed.</summary>
internal static class Nested
{
    /// <summary>A model within a model: its calls become calls of the whole.</summary>
    public static IReadOnlyList<Value> Model(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs) =>
        Calls(graph, GraphOf((Model)layer), inputs);

    /// <summary>The calls of a graph, one after the other.</summary>
    public static IReadOnlyList<Value> Calls(GraphBuilder graph, Graph calls, IReadOnlyList<Value> inputs)
    {
        var values = new Dictionary<KerasTensor, Value>(ReferenceEqualityComparer.Instance);
        foreach (var (tensor, value) in calls.Inputs.Zip(inputs))
            values[tensor] = value;
        foreach (var node in calls.Nodes.Where(node => node.Inputs.Count > 0))
        {
            var results = LayerConversions.Convert(graph, node.Layer, [.. node.Inputs.Select(input => values[input])]);
            foreach (var (tensor, value) in node.Outputs.Zip(results))
                values[tensor] = value;
        }

        return [.. calls.Outputs.Select(output => values[output])];
    }

    /// <exception cref="NotSupportedException">The model is of a class of its own, or does not know its input yet.</exception>
    public static Graph GraphOf(Model model) => model.LayerGraph ??
        throw Refusal.Of(model, "a model without a graph of layers", model.WhyNoLayers);

    /// <summary>All steps of all samples are one large batch to the layer within, which sees no mask; an output has that of the input at its place.</summary>
    public static IReadOnlyList<Value> TimeDistributed(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var inner = ((TimeDistributed)layer).Layer;
        if (inner.SelfAndWithin().OfType<RNN>().FirstOrDefault(rnn => rnn.Stateful) is { } stateful)
        {
            throw Refusal.Of(
                layer, $"layer {stateful.Name}, which keeps states from step to step,", "Make it with stateful: false, or run it over the steps as an RNN.");
        }

        var outputs = LayerConversions.Convert(graph, inner, [.. inputs.Select(input => Rows(graph, input))]);
        return [.. outputs.Select((output, i) => graph.Unflattened(output, inputs[0]) with { Mask = inputs.ElementAtOrDefault(i)?.Mask })];
    }

    /// <summary>As many rows as there happen to be, also for a layer that was made for a batch of one size.</summary>
    private static Value Rows(GraphBuilder graph, Value input)
    {
        var rows = graph.Flattened(input);
        return rows with { Shape = rows.Shape.With(0, null) };
    }
}
