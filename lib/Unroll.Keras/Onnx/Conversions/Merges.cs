using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Layers that put several tensors together, elementwise or side by side.</summary>
internal static class Merges
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(Add)] = "Add",
        [typeof(Subtract)] = "Sub",
        [typeof(Multiply)] = "Mul",
        [typeof(Average)] = "Add",
        [typeof(Maximum)] = "Max",
        [typeof(Minimum)] = "Min",
    };

    /// <summary>An input with fewer axes has them added after the batch. A step counts where it does in some input, if all have masks.</summary>
    public static IReadOnlyList<Value> Merge(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var rank = inputs.Max(input => input.Rank);
        var result = inputs
            .Select(input => input.Rank is 0 || input.Rank == rank ? input : graph.Unsqueeze(input, [.. Enumerable.Range(1, rank - input.Rank)]))
            .Aggregate((all, input) => graph.Binary(Names[layer.GetType()], all, input));
        if (layer is Average && inputs.Count > 1)
            result = graph.Over(result, graph.Number(inputs.Count));
        var masks = inputs.Select(input => input.Mask).ToArray();
        return [result with { Mask = masks.Contains(null) ? null : masks.Aggregate((all, mask) => graph.Binary("Or", all!, mask!)) }];
    }

    public static IReadOnlyList<Value> Concatenate(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        var axis = ((Concatenate)layer).Axis;
        var rank = inputs[0].Rank;
        var place = axis < 0 ? axis + rank : axis;
        return [graph.Concat(inputs, place) with { Mask = inputs.All(input => input.Mask is null) ? null : Mask(graph, layer, inputs, place) }];
    }

    /// <summary>An input without a mask counts everywhere: side by side on the last axis, so does the whole then.</summary>
    private static Value? Mask(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs, int place)
    {
        var rank = inputs[0].Rank;
        if (inputs.Any(input => input.Mask is { } mask && mask.Rank != rank - 1))
            throw Refusal.Of(layer, $"masks that do not have {rank - 1} axes", "Join the tensors before their masks end, or without masks.");
        if (place == rank - 1)
            return inputs.Any(input => input.Mask is null) ? null : inputs.Select(input => input.Mask!).Aggregate((all, mask) => graph.Binary("Or", all, mask));
        return graph.Concat([.. inputs.Select(input => input.Mask ?? Ones(graph, input))], place);
    }

    private static Value Ones(GraphBuilder graph, Value input)
    {
        var shape = input.Shape.Without(input.Rank - 1);
        return graph.Expand(graph.Truth(true), shape, graph.Lengths([.. Enumerable.Range(0, shape.Rank).Select(axis => graph.Length(input, axis))]));
    }
}
