using TorchSharp;
using Unroll.Layers;
using Unroll.Models;
using Unroll.TorchSharp.Plans;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Layers that hold others: a model within a model, and TimeDistributed.</summary>
internal static class Nested
{
    /// <summary>A model within a model: its calls become calls of the whole.</summary>
    public static IReadOnlyList<Value> Model(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs) =>
        plan.Within(layer, () => Graph(plan, GraphOf((Model)layer), inputs));

    /// <summary>The calls of a graph, one after the other.</summary>
    public static IReadOnlyList<Value> Graph(PlanBuilder plan, Graph graph, IReadOnlyList<Value> inputs)
    {
        var values = new Dictionary<KerasTensor, Value>(ReferenceEqualityComparer.Instance);
        foreach (var (tensor, value) in graph.Inputs.Zip(inputs))
            values[tensor] = value;
        foreach (var node in graph.Nodes.Where(node => node.Inputs.Count > 0))
        {
            var results = LayerConversions.Convert(plan, node.Layer, [.. node.Inputs.Select(input => values[input])]);
            foreach (var (tensor, value) in node.Outputs.Zip(results))
                values[tensor] = value with { Rank = tensor.Shape.Rank };
        }

        return [.. graph.Outputs.Select(output => values[output])];
    }

    /// <exception cref="NotSupportedException">The model is of a class of its own, or does not know its input yet.</exception>
    public static Graph GraphOf(Model model) => model.LayerGraph ?? throw new NotSupportedException(
        $"{model.Name} ({model.GetType().Name}) has no graph of layers that could be told to TorchSharp: {model.WhyNoLayers}");

    /// <summary>All steps of all samples are one large batch to the layer within.</summary>
    public static IReadOnlyList<Value> TimeDistributed(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var inner = ((TimeDistributed)layer).Layer;
        if (inner.IsBoundToBatch)
        {
            throw Refusal.Of(
                layer,
                $"layer {inner.Name}, which is stateful or has a batchSize,",
                "its modules take all time steps at once. Take a layer that is not bound to a batch.");
        }

        Value[] rows = [.. inputs.Select(input => plan.Map(input, input.Rank - 1, x => x.flatten(0, 1), x => $"{x}.flatten(0, 1)"))];
        var outputs = plan.Within(layer, () => LayerConversions.Convert(plan, inner, rows));
        return [.. outputs.Select(output => plan.Join([output, inputs[0]], output.Rank + 1, Unflattened, names =>
            $"{names[0]}.unflatten(0, {names[1]}.size(0), {names[1]}.size(1))"))];
    }

    private static TorchTensor Unflattened(TorchTensor[] all) => all[0].unflatten(0, all[1].size(0), all[1].size(1));
}
