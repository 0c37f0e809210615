using System.Text.Json.Nodes;
using Unroll.Layers;

namespace Unroll.Keras.Configuration;

/// <summary>
/// One call of a layer in a graph: <c>{"args": […], "kwargs": {…}}</c> in Keras 3, <c>[["lstm", 0, 0, {kwargs}], …]</c> before.
/// </summary>
internal sealed class GraphCall
{
    /// <summary>Arguments that are tensors, in the order in which layers here take them.</summary>
    private static readonly string[] TensorArguments = ["inputs", "query", "value", "key", "initial_state"];

    /// <summary>Arguments that are read elsewhere, or say what the caller of the model says.</summary>
    private static readonly string[] OtherArguments = ["training", "mask", "use_causal_mask", "return_attention_scores"];

    private readonly ReadContext _context;
    private readonly IReadOnlyDictionary<string, JsonNode?> _kwargs;

    public GraphCall(GraphLayer layer, int index, JsonNode? json, ReadContext context)
    {
        (Layer, Index, _context) = (layer, index, context);
        (Arguments, _kwargs) = json switch
        {
            JsonObject node => (node["args"] as JsonArray ?? [], (node["kwargs"] as JsonObject ?? []).ToDictionary(StringComparer.Ordinal)),
            JsonArray node => (node, LegacyOptions(node)),
            _ => throw context.Wrong(json ?? layer.Config, "a call of a layer"),
        };
        Inputs =
        [
            .. json is JsonObject ? TensorReference.Within(Arguments) : LegacyInputs((JsonArray)json!),
            .. TensorArguments.SelectMany(name => TensorReference.Within(Option(name))),
        ];
    }

    public GraphLayer Layer { get; }

    /// <summary>Which of the layer's calls this is, from 0.</summary>
    public int Index { get; }

    /// <summary>What stands in the brackets of the call before named arguments.</summary>
    public JsonArray Arguments { get; }

    /// <summary>The tensors that go in.</summary>
    public IReadOnlyList<TensorReference> Inputs { get; }

    /// <summary>A named argument.</summary>
    public JsonNode? Option(string name) => _kwargs.GetValueOrDefault(name);

    /// <summary>Places the call in the graph that is being made.</summary>
    public KerasTensors Place(Func<TensorReference, KerasTensor> tensor)
    {
        KerasTensor[] inputs = [.. Inputs.Select(tensor)];
        if (Layer.IsOperation)
            return OperationReader.Place(this, inputs, _context);
        CheckOptions();

        // Keras 3 hands a mask on to a layer of one tensor alone: one that is called with states does not get it.
        if (Layer.Layer is RNN rnn && _context.Version.Major >= 3 && inputs.Length > 1 && !TensorReference.Within(Option("mask")).Any())
            rnn.IgnoresMask = true;
        return Layer.Layer.ApplyAll(KerasTensors.Create(inputs));
    }

    /// <summary>
    /// In Keras 3 masks are tensors of the graph, made by operations. Layers here hand on the masks that embeddings and masking
    /// layers make; another mask than theirs is one that somebody made, which cannot be said.
    /// </summary>
    public void CheckMasks(IReadOnlyDictionary<string, GraphLayer> layers)
    {
        if (Layer.IsOperation)
            return;
        var masked = layers.Values.Where(layer => layer.ClassName is "Masking" || (layer.ClassName is "Embedding" && !layer.Config["mask_zero"].IsNothing()))
            .SelectMany(layer => layer.Calls).SelectMany(call => call.Inputs).Select(input => (input.Layer, input.Call, input.Output)).ToHashSet();
        var seen = new HashSet<(string, int, int)>();
        var open = new Queue<TensorReference>(TensorReference.Within(Option("mask")));
        while (open.TryDequeue(out var reference))
        {
            var place = (reference.Layer, reference.Call, reference.Output);
            if (!seen.Add(place) || masked.Contains(place))
                continue;
            if (layers.GetValueOrDefault(reference.Layer) is not { IsOperation: true } operation || operation.Calls.Count == 0)
                throw _context.Unsupported(Layer.Name, Layer.ClassName, $"is called with mask={reference.Layer}, a mask of its own. Layers here " +
                    $"take the masks that Embedding(maskZero) and Masking make.");
            foreach (var input in operation.Calls[Math.Clamp(reference.Call, 0, operation.Calls.Count - 1)].Inputs)
                open.Enqueue(input);
        }
    }

    private void CheckOptions()
    {
        foreach (var (name, value) in _kwargs)
        {
            if (!value.IsNothing() && !TensorArguments.Contains(name, StringComparer.Ordinal) && !OtherArguments.Contains(name, StringComparer.Ordinal))
                throw _context.Unsupported(Layer.Name, Layer.ClassName, $"is called with {name}={Json.Short(value)}, which cannot be said here.");
        }
    }

    private static IEnumerable<TensorReference> LegacyInputs(JsonArray node) =>
        TensorReference.Of(node) is { } one ? [one] : node.SelectMany(TensorReference.Within);

    /// <summary>Each input has the named arguments of the call after it, all the same.</summary>
    private static Dictionary<string, JsonNode?> LegacyOptions(JsonArray node)
    {
        var first = TensorReference.Of(node) is not null ? node : node.FirstOrDefault() as JsonArray;
        return (first is { Count: 4 } && first[3] is JsonObject options ? options : []).ToDictionary(StringComparer.Ordinal);
    }
}
