using System.Text.Json;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>The views of one value by MIME type, as they stand in messages.</summary>
internal sealed record MimeData(IReadOnlyDictionary<string, JsonElement> Data)
{
    /// <summary>The MIME type that every value should have.</summary>
    public const string Plain = "text/plain";

    private static readonly Dictionary<string, JsonElement> None = new(StringComparer.Ordinal);

    /// <summary>No value.</summary>
    public static MimeData Empty { get; } = new(None);

    /// <summary>How front ends are to show the views, by MIME type.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = None;

    /// <summary>The text of the plain view; null where there is none.</summary>
    public string? PlainText => Data.TryGetValue(Plain, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>Views that are texts. Those whose type is JSON are sent as JSON, as front ends expect them.</summary>
    public static MimeData OfTexts(IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.ToDictionary(view => view.Key, view => IsJson(view.Key) ? Parse(view.Value) : ToElement(view.Value), StringComparer.Ordinal));

    private static bool IsJson(string type) =>
        type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return ToElement(text);
        }
    }

    private static JsonElement ToElement(string text) => JsonSerializer.SerializeToElement(text, Protocol.ProtocolJson.Default.String);
}
