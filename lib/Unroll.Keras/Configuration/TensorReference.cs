using System.Text.Json.Nodes;

namespace Unroll.Keras.Configuration;

/// <summary>
/// One of the tensors that a call of a layer gives, as configurations name it: <c>["lstm", 0, 1]</c>, or in Keras 3
/// <c>{"class_name": "__keras_tensor__", "config": {"keras_history": ["lstm", 0, 1]}}</c>.
/// </summary>
internal sealed class TensorReference(string layer, int call, int output)
{
    public string Layer => layer;

    /// <summary>Which of the layer's calls, from 0.</summary>
    public int Call { get; set; } = call;

    public int Output => output;

    /// <summary>The reference that a value is, or null.</summary>
    public static TensorReference? Of(JsonNode? json) => json switch
    {
        JsonObject one when one.OptionalText("class_name") is "__keras_tensor__" => Of((one["config"] as JsonObject)?["keras_history"]),
        JsonArray { Count: 3 or 4 } list when list[0] is JsonValue name && name.TryGetValue<string>(out var layer) &&
            list[1] is JsonValue first && first.TryGetValue<int>(out var call) &&
            list[2] is JsonValue second && second.TryGetValue<int>(out var output) => new TensorReference(layer, call, output),
        _ => null,
    };

    /// <summary>All references in a value, in their order.</summary>
    public static IEnumerable<TensorReference> Within(JsonNode? json)
    {
        if (Of(json) is { } one)
            return [one];
        return json switch
        {
            JsonArray list => list.SelectMany(Within),

            // {"class_name": "__tuple__", "items": […]} and dictionaries of inputs.
            JsonObject values => values.SelectMany(value => Within(value.Value)),
            _ => [],
        };
    }
}
