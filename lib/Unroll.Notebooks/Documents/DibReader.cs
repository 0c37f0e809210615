using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// Reads a .dib file: a line <c>#!language</c> begins a cell, and the first, <c>#!meta</c>, holds the metadata as JSON.
/// Blank lines at the ends of a cell belong to the file.
/// </summary>
internal sealed class DibReader
{
    private const string Meta = "#!meta";

    private readonly JsonArray _cells = [];
    private readonly HashSet<string> _languages = new(StringComparer.OrdinalIgnoreCase) { "raw" };
    private readonly List<string> _lines = [];
    private string _language = CellLanguage.CSharp;
    private bool _isNamed;

    /// <summary>The notebook that the bytes hold, as it would stand in an .ipynb file.</summary>
    /// <exception cref="BadNotebookException">The bytes are no text, or the metadata no JSON.</exception>
    public static Notebook Parse(ReadOnlySpan<byte> bytes, string path, string shown)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new BadNotebookException($"{shown}: not a notebook: it is not UTF-8 text");
        }

        if (string.IsNullOrWhiteSpace(text))
            throw new BadNotebookException($"{shown}: not a notebook: the file is empty");
        return NotebookReader.FromJson(new DibReader().Read(text.ReplaceLineEndings("\n").Split('\n'), shown), path, shown);
    }

    private JsonObject Read(string[] lines, string shown)
    {
        var start = Array.FindIndex(lines, line => line.Trim().Length > 0);
        var metadata = new JsonObject();
        if (lines[start].TrimEnd() == Meta)
        {
            var end = Array.FindIndex(lines, start + 1, line => line.StartsWith("#!", StringComparison.Ordinal));
            end = end < 0 ? lines.Length : end;
            metadata = ParseMeta(string.Join('\n', lines[(start + 1)..end]), shown);
            start = end;
        }

        UseKernels(metadata["kernelInfo"] as JsonObject ?? []);
        foreach (var line in lines[start..])
        {
            if (LanguageOf(line) is { } language)
            {
                EndCell();
                (_language, _isNamed) = (language, true);
            }
            else
            {
                _lines.Add(line);
            }
        }

        EndCell();
        return new JsonObject
        {
            ["cells"] = _cells,
            ["metadata"] = DibMetadata.ToNotebook(metadata),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
    }

    private static JsonObject ParseMeta(string json, string shown)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            return JsonNode.Parse(json, documentOptions: options) as JsonObject
                ?? throw new BadNotebookException($"{shown}: what follows {Meta} is no JSON object");
        }
        catch (JsonException error)
        {
            throw new BadNotebookException($"{shown}: what follows {Meta} is no JSON: {error.Message}");
        }
    }

    /// <summary>A file may name kernels that only it knows.</summary>
    private void UseKernels(JsonObject kernelInfo)
    {
        if (Text(kernelInfo["defaultKernelName"]) is { } name)
            _language = CellLanguage.Normalize(name);
        foreach (var kernel in (kernelInfo["items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var each in (JsonNode?[])[kernel["name"], .. kernel["aliases"] as JsonArray ?? []])
            {
                if (Text(each) is { } known)
                    _languages.Add(known);
            }
        }
    }

    /// <summary>The language that a line names; a line with more in it is a command within a cell.</summary>
    private string? LanguageOf(string line)
    {
        if (!line.StartsWith("#!", StringComparison.Ordinal))
            return null;
        var name = line[2..].TrimEnd();
        return CellLanguage.Selected(name) ?? (_languages.TryGetValue(name, out var known) ? known : null);
    }

    /// <summary>A cell that is named stays, though it is empty; before the first name there may be just blank lines.</summary>
    private void EndCell()
    {
        var first = _lines.FindIndex(line => line.Length > 0);
        var last = _lines.FindLastIndex(line => line.Length > 0);
        if (first >= 0 || _isNamed)
        {
            var id = $"cell-{_cells.Count + 1}";
            var source = first < 0 ? "" : string.Join('\n', _lines[first..(last + 1)]);
            _cells.Add((JsonNode)(_language is "markdown" or "raw"
                ? CellJson.Text(id, source, _language)
                : CellJson.Code(id, source, _language)));
        }

        _lines.Clear();
    }

    private static string? Text(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
