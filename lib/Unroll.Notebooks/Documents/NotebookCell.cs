using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>What a cell is.</summary>
internal enum CellKind
{
    Code,
    Markdown,
    Raw,
}

/// <summary>One cell of a notebook: a view on its JSON, so that whatever we do not know is kept.</summary>
internal sealed class NotebookCell(JsonObject json, int number, CellKind kind, string source, string language)
{
    /// <summary>Where the cell stands in the file, counting every cell from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Code, markdown or raw.</summary>
    public CellKind Kind { get; } = kind;

    /// <summary>The whole source text.</summary>
    public string Source { get; } = source;

    /// <summary>The language of a code cell, such as <c>csharp</c>.</summary>
    public string Language { get; } = language;

    /// <summary>The cell's id, which formats before 4.5 do not have.</summary>
    public string? Id => (json["id"] as JsonValue)?.GetValue<string>();

    /// <summary>The outputs as the file holds them.</summary>
    public JsonArray Outputs => json["outputs"] as JsonArray ?? [];

    /// <summary>The execution count as the file holds it.</summary>
    public int? ExecutionCount => (json["execution_count"] as JsonValue)?.GetValue<int>();

    /// <summary>Whether the cell has the tag <paramref name="tag"/>.</summary>
    public bool HasTag(string tag) =>
        json["metadata"]?["tags"] is JsonArray tags
        && tags.Any(node => node is JsonValue value && value.TryGetValue(out string? text)
            && text == tag);

    /// <summary>Replaces what the cell showed when it last ran.</summary>
    public void SetResult(int? executionCount, JsonArray outputs)
    {
        json["execution_count"] = executionCount;
        json["outputs"] = outputs;
    }

    /// <summary>Stores the source as a list of lines, as Jupyter does.</summary>
    public void NormalizeSource() =>
        json["source"] = new JsonArray([.. PythonLines.Split(Source).Select(line => (JsonNode)line)]);
}
