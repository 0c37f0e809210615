using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>Reads notebooks of format 4.0 to 4.5, and .dib files, and refuses, in one line each, what is none.</summary>
internal static class NotebookReader
{
    /// <summary>Reads the file at <paramref name="path"/>; <paramref name="shown"/> names it in errors.</summary>
    /// <exception cref="BadNotebookException">The file is no notebook that this host can read.</exception>
    public static Notebook Read(string path, string shown)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadNotebookException($"{shown}: cannot be read: {error.Message}");
        }

        var full = Path.GetFullPath(path);
        return NotebookFile.IsDib(path) ? DibReader.Parse(bytes, full, shown) : Parse(bytes, full, shown);
    }

    /// <summary>Reads a notebook from its bytes.</summary>
    /// <exception cref="BadNotebookException">The bytes are no notebook that this host can read.</exception>
    public static Notebook Parse(ReadOnlySpan<byte> bytes, string path, string shown)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.Trim(" \t\r\n"u8).IsEmpty)
            throw new BadNotebookException($"{shown}: not a notebook: the file is empty");
        if (ParseJson(bytes, shown) is not JsonObject root)
            throw new BadNotebookException($"{shown}: not a notebook: the JSON is no object");
        return FromJson(root, path, shown);
    }

    /// <summary>Reads a notebook from its JSON.</summary>
    /// <exception cref="BadNotebookException">The JSON is no notebook that this host can read.</exception>
    public static Notebook FromJson(JsonObject root, string path, string shown)
    {
        var minor = FormatCheck.Minor(root, shown);
        if (root["cells"] is not JsonArray items)
            throw new BadNotebookException($"{shown}: not a notebook: it has no list \"cells\"");
        if (root["metadata"] is not (null or JsonObject))
            throw new BadNotebookException($"{shown}: not a notebook: its \"metadata\" is no object");
        return new Notebook(path, root, new CellReader(shown, minor, root["metadata"] as JsonObject ?? []).ReadAll(items));
    }

    private static JsonNode? ParseJson(ReadOnlySpan<byte> bytes, string shown)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 512 };
            var node = JsonNode.Parse(bytes, documentOptions: options);
            EnsureText(node);
            return node;
        }
        catch (JsonException error) when (error.LineNumber is { } line)
        {
            var column = Column(bytes, line, error.BytePositionInLine ?? 0);
            throw new BadNotebookException($"{shown}({line + 1},{column}): not JSON: {Reason(error)}");
        }
        catch (JsonException error)
        {
            throw new BadNotebookException($"{shown}: not JSON: {Reason(error)}");
        }
        catch (InvalidOperationException)
        {
            throw new BadNotebookException($"{shown}: not JSON: a string in it is not valid Unicode");
        }
    }

    /// <summary>
    /// Strings are decoded lazily; decode all now, so that no broken one appears half-way through a run.
    /// </summary>
    private static void EnsureText(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (_, value) in members)
                EnsureText(value);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                EnsureText(item);
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
