using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// Reads a .dib file: a line <c>#!language</c> begins a cell, and the first, <c>#!meta</c>, holds the metadata as JSON.
/// </summary>
internal sealed class DibReader
{
    private const string Meta = "#!meta";

    private readonly JsonArray _cells = [];
    private readonly List<string> _lines = [];
    private string _language = "";
    private bool _isNamed;
    private bool _keepsBlankLines;

    /// <summary>The notebook that the bytes hold, as it would stand in an .ipynb file.</summary>
    /// <exception cref="BadNotebookException">The bytes are not text, or the metadata not what they should be.</exception>
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
        return NotebookReader.FromJson(new DibReader().Read(Lines(text), shown), path, shown);
    }

    /// <summary>
    /// A file of Windows ends every line with CR LF. In any other a CR belongs to the text of a cell, as do all the other
    /// characters that Unicode calls line breaks.
    /// </summary>
    private static string[] Lines(string text)
    {
        var lines = text.Split('\n');
        return lines.Length > 1 && lines[..^1].All(line => line.EndsWith('\r'))
            ? [.. lines.Select(line => line.EndsWith('\r') ? line[..^1] : line)]
            : lines;
    }

    private JsonObject Read(string[] lines, string shown)
    {
        var start = Array.FindIndex(lines, line => line.Trim().Length > 0);
        var metadata = new JsonObject();
        if (lines[start].TrimEnd() == Meta)
        {
            var end = Array.FindIndex(lines, start + 1, line => line.StartsWith("#!", StringComparison.Ordinal));
            end = end < 0 ? lines.Length : end;
            metadata = ParseMeta(string.Join('\n', lines[(start + 1)..end]), shown, linesBefore: start + 1);
            start = end;
        }

        _keepsBlankLines = metadata[DibMetadata.KeepsBlankLines] is JsonValue value && value.TryGetValue(out bool keeps) && keeps;
        var languages = new DibLanguages(metadata, shown);
        _language = languages.Default;
        foreach (var line in lines[start..])
        {
            if (languages.Begun(line) is { } language)
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

    private static JsonObject ParseMeta(string json, string shown, int linesBefore)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            throw new BadNotebookException($"{shown}: nothing follows {Meta}: write a JSON object there, or remove the line");
        try
        {
            return JsonText.Parse(bytes) as JsonObject
                ?? throw new BadNotebookException($"{shown}: what follows {Meta} is not a JSON object");
        }
        catch (JsonException error)
        {
            throw new BadNotebookException($"{JsonText.Explain(error, bytes, shown, linesBefore)} (this is what follows {Meta})");
        }
    }

    /// <summary>A cell that is named stays, though it is empty; before the first name there may be just blank lines.</summary>
    private void EndCell()
    {
        var source = _keepsBlankLines && _isNamed ? WithoutEdges() : Trimmed();
        if (source.Length > 0 || _isNamed)
        {
            var id = $"cell-{_cells.Count + 1}";
            _cells.Add((JsonNode)(_language is "markdown" or "raw"
                ? CellJson.Text(id, source, _language)
                : CellJson.Code(id, source, _language)));
        }

        _lines.Clear();
    }

    private string Trimmed()
    {
        var first = _lines.FindIndex(line => line.Length > 0);
        return first < 0 ? "" : string.Join('\n', _lines[first..(_lines.FindLastIndex(line => line.Length > 0) + 1)]);
    }

    private string WithoutEdges()
    {
        var first = _lines is ["", ..] ? 1 : 0;
        var end = _lines.Count > first && _lines[^1].Length == 0 ? _lines.Count - 1 : _lines.Count;
        return string.Join('\n', _lines[first..end]);
    }
}
