using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Unroll.Benchmarks.Comparing;

/// <summary>A workload as peers are told of it; see README.md, "The protocol".</summary>
internal static class PeerRequest
{
    public static JsonObject Of(Workload workload)
    {
        var shape = workload.Shape;
        return new JsonObject
        {
            ["batch"] = shape.Batch,
            ["time"] = shape.Time,
            ["stream"] = shape.Stream,
            ["lengths"] = workload.Lengths is { } lengths ? new JsonArray([.. lengths.Select(length => (JsonNode)length)]) : null,
            ["layers"] = new JsonArray([.. shape.Layers.Zip(workload.Weights, Layer)]),
            ["pool"] = shape.PoolsMean ? "mean" : "last",
            ["denseKernel"] = Text(workload.DenseKernel),
            ["denseBias"] = Text(workload.DenseBias),
            ["x"] = Text(workload.X),
            ["y"] = Text(workload.Y),
            ["steps"] = ResultCheck.Steps,
        };
    }

    private static JsonNode Layer(LayerShape layer, IReadOnlyList<Tensor> weights) => new JsonObject
    {
        ["kind"] = Word(layer.Kind),
        ["inputs"] = layer.Inputs,
        ["units"] = layer.Units,
        ["count"] = layer.Count,
        ["directions"] = layer.Directions,
        ["size"] = layer.Size,
        ["weights"] = new JsonArray([.. weights.Select(weight => (JsonNode)Text(weight))]),
    };

    private static string Word(LayerKind kind) => kind switch
    {
        LayerKind.Lstm => "lstm",
        LayerKind.Gru => "gru",
        LayerKind.Rnn => "rnn",
        LayerKind.Conv => "conv",
        LayerKind.Embedding => "embedding",
        _ => "attention",
    };

    private static string Text(Tensor tensor) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(tensor.Span));
}
