using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Keras.Configuration;

/// <summary>Reads JSON that somebody else wrote; errors name the file and the place in it.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <summary>How Python writes JSON, but for the space after a colon.</summary>
    public static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    /// <summary>The object that a text is.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static JsonObject Parse(string text, string file)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Options) as JsonObject ?? throw new InvalidDataException($"{file} is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file} is not valid JSON: {error.Message}", error);
        }
    }

    /// <summary>The object under a name.</summary>
    public static JsonObject Object(this JsonObject json, string name, string file) =>
        json[name] as JsonObject ?? throw Missing(json, name, "an object", file);

    /// <summary>The list under a name.</summary>
    public static JsonArray Array(this JsonObject json, string name, string file) =>
        json[name] as JsonArray ?? throw Missing(json, name, "a list", file);

    /// <summary>The text under a name.</summary>
    public static string Text(this JsonObject json, string name, string file) =>
        json.OptionalText(name) ?? throw Missing(json, name, "a text", file);

    /// <summary>The text under a name, or null where there is none.</summary>
    public static string? OptionalText(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Whether a value says nothing: null, false, or an empty list or object.</summary>
    public static bool IsNothing(this JsonNode? node) => node switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject one => one.Count == 0,
        _ => node.GetValueKind() == JsonValueKind.False,
    };

    public static InvalidDataException Wrong(JsonNode node, string wanted, string file) =>
        new($"{file}: {node.GetPath()} must be {wanted} but is {Short(node)}.");

    /// <summary>A value as it stands, cut where it is long.</summary>
    public static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 80 ? text : $"{text[..77]}…";
    }

    private static InvalidDataException Missing(JsonObject json, string name, string wanted, string file) =>
        new($"{file}: {json.GetPath()}.{name} must be {wanted} but is {Short(json[name])}.");
}
