using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// Reads the cells of one notebook. What is missing and has a plain meaning (an id, a list of outputs) is put in its place
/// and said; what could mean several things is refused.
/// </summary>
internal sealed partial class CellReader(string shown, int minor, JsonObject notebookMetadata)
{
    private const int LongestShown = 40;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Mendings _mendings = new();
    private bool _languageIsAssumed;

    /// <summary>What was mended or assumed, a line each.</summary>
    public IReadOnlyList<string> Remarks => _languageIsAssumed
        ? [.. _mendings.Lines, "names no language: its code is taken for C#"]
        : _mendings.Lines;

    public List<NotebookCell> ReadAll(JsonArray items)
    {
        var cells = new List<NotebookCell>(items.Count);
        foreach (var item in items)
            cells.Add(Read(item, cells.Count + 1));

        // Only now is it known which ids are taken.
        if (minor >= 5)
            MendIds(items);
        return cells;
    }

    private NotebookCell Read(JsonNode? node, int number)
    {
        if (node is not JsonObject cell)
            throw Bad(number, "is not an object");
        var kind = Text(cell["cell_type"]) switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            null => throw Bad(number, "has no \"cell_type\""),
            { Length: <= LongestShown } other => throw Bad(number, $"has cell_type \"{other}\"; expected code, markdown or raw"),
            _ => throw Bad(number, "has a cell_type that is none; expected code, markdown or raw"),
        };
        if (cell["metadata"] is null)
            Mend(cell, number, "metadata", new JsonObject(), "no \"metadata\": made empty");
        if (cell["metadata"] is not JsonObject metadata)
            throw Bad(number, "has \"metadata\" that are not an object");
        if (cell["source"] is null)
            Mend(cell, number, "source", new JsonArray(), "no \"source\": taken for empty");
        var source = Source(cell["source"], number);
        if (kind != CellKind.Code)
            return new NotebookCell(cell, number, kind, source, language: "");

        MendCode(cell, number);
        var language = CellLanguage.Named(source, metadata, notebookMetadata);
        _languageIsAssumed |= language is null;
        return new NotebookCell(cell, number, kind, source, language ?? CellLanguage.CSharp);
    }

    /// <summary>
    /// Lines that lost their newline would run as one, and the first // comment would swallow the rest.
    /// </summary>
    private string Source(JsonNode? node, int number)
    {
        if (Text(node) is { } text)
            return text;
        if (node is not JsonArray items)
            throw Bad(number, "has a \"source\" that is neither a string nor a list of lines");

        var unended = -1;
        for (var i = 0; i < items.Count; i++)
        {
            if (Text(items[i]) is not { } line)
                throw Bad(number, $"source line {i + 1} is not a string");
            if (line.Length == 0)
                continue;
            if (unended >= 0)
            {
                throw Bad(
                    number,
                    $"source line {unended + 1} of {items.Count} does not end in \\n, so lines would run together; add it");
            }

            unended = PythonLines.IsBreak(line[^1]) ? -1 : i;
        }

        return string.Concat(items.Select(Text));
    }

    private void MendCode(JsonObject cell, int number)
    {
        if (cell["outputs"] is null)
            Mend(cell, number, "outputs", new JsonArray(), "no \"outputs\": taken for none");
        if (cell["outputs"] is not JsonArray outputs)
            throw Bad(number, "has \"outputs\" that are not a list");
        if (outputs.Any(output => output is not JsonObject || Text(output["output_type"]) is null))
            throw Bad(number, "has an output without \"output_type\"");
        if (!cell.TryGetPropertyValue("execution_count", out var count))
            Mend(cell, number, "execution_count", null, "no \"execution_count\": taken for not run");
        else if (count is not null && !(count is JsonValue value && value.TryGetValue(out int _)))
            Mend(cell, number, "execution_count", null, "an \"execution_count\" that is not a whole number: taken for not run");
    }

    private void MendIds(JsonArray items)
    {
        var broken = items.OfType<JsonObject>()
            .Select((cell, index) => (Cell: cell, Number: index + 1, Fault: IdFault(cell)))
            .Where(each => each.Fault is not null)
            .ToList();
        foreach (var (cell, number, fault) in broken)
            Mend(cell, number, "id", FreeId(number), $"{fault}: given a new one");
    }

    private string? IdFault(JsonObject cell)
    {
        if (Text(cell["id"]) is not { } id)
            return cell["id"] is null ? "no \"id\", which format 4.5 requires" : "an \"id\" that is not a string";
        if (!IdPattern().IsMatch(id))
            return "an \"id\" that is not 1 to 64 of A-Z a-z 0-9 - _";
        return _ids.Add(id) ? null : "the \"id\" of an earlier cell";
    }

    /// <summary>An id that the same file gets at every reading.</summary>
    private string FreeId(int number)
    {
        var id = $"cell-{number}";
        for (var next = 2; !_ids.Add(id); next++)
            id = $"cell-{number}-{next}";
        return id;
    }

    /// <summary>Keys stand in the order in which Jupyter sorts them, where they stood in it before.</summary>
    private void Mend(JsonObject cell, int number, string key, JsonNode? value, string what)
    {
        if (cell.ContainsKey(key))
            cell[key] = value;
        else
            cell.Insert(cell.TakeWhile(each => string.CompareOrdinal(each.Key, key) < 0).Count(), key, value);
        _mendings.Add(number, what);
    }

    private BadNotebookException Bad(int number, string fault) =>
        new($"{shown}: cell {number} {fault}");

    private static string? Text(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();
}
