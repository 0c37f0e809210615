using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Documents;

/// <summary>Reads and checks the cells of one notebook.</summary>
internal sealed partial class CellReader(string shown, int minor, JsonObject notebookMetadata)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    public List<NotebookCell> ReadAll(JsonArray items)
    {
        var cells = new List<NotebookCell>(items.Count);
        foreach (var item in items)
            cells.Add(Read(item, cells.Count + 1));
        return cells;
    }

    private NotebookCell Read(JsonNode? node, int number)
    {
        if (node is not JsonObject cell)
            throw Bad(number, "is no object");
        CheckId(cell, number);
        if (cell["metadata"] is not JsonObject metadata)
            throw Bad(number, "has no object \"metadata\"");

        var kind = Text(cell["cell_type"]) switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            null => throw Bad(number, "has no \"cell_type\""),
            var other => throw Bad(number, $"has cell_type \"{other}\"; expected code, markdown or raw"),
        };
        var source = Source(cell["source"], number);
        if (kind != CellKind.Code)
            return new NotebookCell(cell, number, kind, source, language: "");

        CheckCode(cell, number);
        return new NotebookCell(cell, number, kind, source, CellLanguage.Of(source, metadata, notebookMetadata));
    }

    /// <summary>
    /// Lines that lost their newline would run as one, and the first // comment would swallow the rest.
    /// </summary>
    private string Source(JsonNode? node, int number)
    {
        if (Text(node) is { } text)
            return text;
        if (node is not JsonArray items)
            throw Bad(number, "has no \"source\" (a string or a list of lines)");

        for (var i = 0; i < items.Count; i++)
        {
            if (Text(items[i]) is not { } line)
                throw Bad(number, $"source line {i + 1} is no string");
            if (i < items.Count - 1 && (line.Length == 0 || !PythonLines.IsBreak(line[^1])))
            {
                throw Bad(
                    number,
                    $"source line {i + 1} of {items.Count} does not end in \\n, so lines would run together; add it");
            }
        }

        return string.Concat(items.Select(Text));
    }

    private void CheckCode(JsonObject cell, int number)
    {
        if (cell["outputs"] is not JsonArray outputs)
            throw Bad(number, "is a code cell without a list \"outputs\"");
        if (outputs.Any(output => output is not JsonObject || Text(output["output_type"]) is null))
            throw Bad(number, "has an output without \"output_type\"");
        if (!cell.TryGetPropertyValue("execution_count", out var count)
            || (count is not null && !(count is JsonValue value && value.TryGetValue(out int _))))
        {
            throw Bad(number, "is a code cell without \"execution_count\" (a number or null)");
        }
    }

    private void CheckId(JsonObject cell, int number)
    {
        if (!cell.TryGetPropertyValue("id", out var node))
        {
            if (minor >= 5)
                throw Bad(number, "has no \"id\", which format 4.5 requires");
            return;
        }

        if (Text(node) is not { } id || !IdPattern().IsMatch(id))
            throw Bad(number, $"has the id {node?.ToJsonString() ?? "null"}; expected 1 to 64 of A-Z a-z 0-9 - _");
        if (!_ids.TryAdd(id, number))
        {
            throw Bad(number, $"has the id \"{id}\", which cell {_ids[id]} has already");
        }
    }

    private BadNotebookException Bad(int number, string fault) =>
        new($"{shown}: cell {number} {fault}");

    private static string? Text(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();
}
