using System.Globalization;
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
    public string? Id => json["id"] is JsonValue value && value.TryGetValue(out string? id) ? id : null;

    /// <summary>The outputs as the file holds them.</summary>
    public JsonArray Outputs => json["outputs"] as JsonArray ?? [];

    /// <summary>The execution count as the file holds it.</summary>
    public int? ExecutionCount => (json["execution_count"] as JsonValue)?.GetValue<int>();

    /// <summary>Whether the cell has the tag <paramref name="tag"/>.</summary>
    public bool HasTag(string tag) =>
        json["metadata"]?["tags"] is JsonArray tags
        && tags.Any(node => node is JsonValue value && value.TryGetValue(out string? text)
            && text == tag);

    /// <summary>
    /// How far the numbers of a cell tagged <c>trained</c> may be off where outputs are compared: <c>unroll.tolerance</c> in its
    /// metadata. Null for any other cell.
    /// </summary>
    public double? Tolerance => HasTag("trained")
        && json["metadata"] is JsonObject metadata && metadata["unroll"] is JsonObject own
        && own["tolerance"] is JsonValue value && value.TryGetValue(out double stated) ? stated : null;

    /// <summary>Whether the metadata says more than the language.</summary>
    public bool HasMetadataOfItsOwn => json["metadata"] is JsonObject metadata
        && metadata.Any(each => each.Key is not ("dotnet_interactive" or "polyglot_notebook" or "vscode"));

    /// <summary>Whether files are attached to the cell.</summary>
    public bool HasAttachments => Attachments is { Count: > 0 };

    /// <summary>The files attached to the cell, by name, each with its content by MIME type; null for none.</summary>
    public JsonObject? Attachments => json["attachments"] as JsonObject;

    /// <summary>Replaces what the cell showed when it last ran.</summary>
    public void SetResult(int? executionCount, JsonArray outputs)
    {
        json["execution_count"] = executionCount;
        json["outputs"] = outputs;
    }

    /// <summary>
    /// Says when the cell ran, in the words of nbclient; ours sends no messages to take the four times from, so two stand
    /// for the start and two for the end.
    /// </summary>
    public void SetTiming(DateTimeOffset start, DateTimeOffset end)
    {
        var metadata = (JsonObject)json["metadata"]!;
        var execution = new JsonObject
        {
            ["iopub.execute_input"] = Time(start),
            ["iopub.status.busy"] = Time(start),
            ["iopub.status.idle"] = Time(end),
            ["shell.execute_reply"] = Time(end),
        };
        if (metadata.ContainsKey("execution"))
            metadata["execution"] = execution;
        else
            metadata.Insert(metadata.TakeWhile(each => string.CompareOrdinal(each.Key, "execution") < 0).Count(), "execution", execution);
    }

    /// <summary>Stores the source as a list of lines, as Jupyter does.</summary>
    public void NormalizeSource() =>
        json["source"] = new JsonArray([.. PythonLines.Split(Source).Select(line => (JsonNode)line)]);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
