using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>Reads JSON that strangers wrote: all of it at once, so that no fault appears half-way through a run.</summary>
internal static class JsonText
{
    /// <summary>How deep values may nest in a file.</summary>
    public const int MaxDepth = 512;

    /// <summary>How deep a value that a cell displays may nest: the file that holds it nests some levels deeper.</summary>
    private const int MaxShownDepth = 256;

    /// <summary>The value, every string in it decoded.</summary>
    /// <exception cref="JsonException">It is not JSON, has a key twice, nests too deep, or holds half a surrogate pair.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8, int maxDepth = MaxDepth)
    {
        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = maxDepth });
            Decode(node);
            return node;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("a string in it is not valid Unicode", error);
        }
    }

    /// <summary>Whether a MIME type is one of JSON, which files and messages hold as JSON and not as a text.</summary>
    public static bool IsType(string mimeType) =>
        mimeType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || mimeType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a text that a cell displays; false where <see cref="Parse"/> would refuse it.</summary>
    public static bool TryParse(string text, out JsonNode? node)
    {
        node = null;
        try
        {
            node = Parse(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(text), MaxShownDepth);
            return true;
        }
        catch (Exception error) when (error is JsonException or EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Why it is not JSON, with the place in an editor's terms: line and column in characters, both from 1.</summary>
    /// <param name="error">What <see cref="Parse"/> threw.</param>
    /// <param name="utf8">What was parsed.</param>
    /// <param name="shown">The name of the file.</param>
    /// <param name="linesBefore">How many lines of the file stand before the JSON.</param>
    public static string Explain(JsonException error, ReadOnlySpan<byte> utf8, string shown, int linesBefore = 0) =>
        error.LineNumber is { } line
            ? $"{shown}({line + 1 + linesBefore},{Column(utf8, line, error.BytePositionInLine ?? 0)}): not JSON: {Reason(error)}"
            : $"{shown}: not JSON: {Reason(error)}";

    /// <summary>Strings are decoded lazily; and a name that is broken shows only when it is asked for.</summary>
    private static void Decode(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (_, value) in members)
                Decode(value);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                Decode(item);
        }
        else if (node?.GetValueKind() == JsonValueKind.String)
        {
            _ = node.GetValue<string>();
        }
    }

    /// <summary>The parser counts bytes; an editor counts characters.</summary>
    private static int Column(ReadOnlySpan<byte> bytes, long line, long offset)
    {
        for (; line > 0; line--)
            bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetCharCount(bytes[..(int)Math.Min(offset, bytes.Length)]) + 1;
    }

    /// <summary>.NET ends the message with its own place, counted from 0; ours stands in front.</summary>
    private static string Reason(JsonException error)
    {
        var place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var path = error.Message.IndexOf(" Path:", StringComparison.Ordinal);
        var end = new[] { place, path }.Where(at => at >= 0).DefaultIfEmpty(error.Message.Length).Min();
        return error.Message[..end].TrimEnd('.', ' ').ReplaceLineEndings(" ");
    }
}
