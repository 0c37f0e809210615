using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>New cells, as Polyglot Notebooks would write them; keys stand in the order in which Jupyter sorts them.</summary>
internal static class CellJson
{
    /// <summary>A code cell that has not run.</summary>
    public static JsonObject Code(string id, string source, string language, params ReadOnlySpan<string> tags)
    {
        var metadata = new JsonObject
        {
            ["dotnet_interactive"] = new JsonObject { ["language"] = language },
            ["polyglot_notebook"] = new JsonObject { ["kernelName"] = language },
        };
        if (!tags.IsEmpty)
            metadata["tags"] = new JsonArray([.. tags.ToArray().Select(tag => (JsonNode)tag)]);
        return new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = id,
            ["metadata"] = metadata,
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        };
    }

    /// <summary>A cell of text: <c>markdown</c> or <c>raw</c>.</summary>
    public static JsonObject Text(string id, string source, string kind) => new()
    {
        ["cell_type"] = kind,
        ["id"] = id,
        ["metadata"] = new JsonObject(),
        ["source"] = source,
    };
}
