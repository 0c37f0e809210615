using System.Text.Json.Nodes;
using Unroll.Layers;

namespace Unroll.Keras.Configuration;

/// <summary>A layer or operation of a graph, and its calls.</summary>
internal sealed class GraphLayer
{
    private readonly JsonObject _json;
    private readonly ReadContext _context;
    private Layer? _layer;

    public GraphLayer(JsonObject json, ReadContext context)
    {
        (_json, _context) = (json, context);
        Name = json.OptionalText("name") ?? json.Object("config", context.File).Text("name", context.File);
        ClassName = json.Text("class_name", context.File);
        Calls = [.. (json["inbound_nodes"] as JsonArray ?? []).Select((node, i) => new GraphCall(this, i, node, context))];
    }

    public string Name { get; }

    public string ClassName { get; }

    public JsonObject Config => _json["config"] as JsonObject ?? [];

    public IReadOnlyList<GraphCall> Calls { get; }

    public bool IsInput => ModelReader.IsInput(_json);

    public bool IsModel => ClassName is "Functional" or "Model" or "Sequential";

    /// <summary>Whether it is an operation of Keras 3, <c>keras.src.ops.numpy.Mean</c>, not a layer.</summary>
    public bool IsOperation => _json.OptionalText("module") is { } module && $".{module}.".Contains(".ops.", StringComparison.Ordinal);

    public KerasTensor Input() => ModelReader.Input(_json, _context);

    /// <summary>The layer, made when it is first asked for.</summary>
    public Layer Layer => _layer ??= LayerReader.Read(WithCallOptions(), _context);

    /// <summary>Here a layer is told at its making what Keras is told at each call.</summary>
    private JsonObject WithCallOptions()
    {
        string[] options = [.. new[] { "use_causal_mask", "return_attention_scores" }.Where(option => Calls.Any(call => !call.Option(option).IsNothing()))];
        if (options.Length == 0)
            return _json;
        var copy = _json.DeepClone().AsObject();
        foreach (var option in options)
            copy["config"]![option] = true;
        return copy;
    }
}
