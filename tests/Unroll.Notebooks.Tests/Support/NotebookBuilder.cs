using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>Builds the JSON of a notebook, cell by cell.</summary>
internal sealed class NotebookBuilder
{
    private readonly JsonArray _cells = [];

    /// <summary>The whole notebook, to change what a test wants changed.</summary>
    public JsonObject Root { get; } = new()
    {
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    /// <summary>The cell added last.</summary>
    public JsonObject Last => (JsonObject)_cells[^1]!;

    /// <summary>Adds a C# cell.</summary>
    public NotebookBuilder Code(string source, params string[] tags)
    {
        var metadata = new JsonObject
        {
            ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" },
            ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
        };
        if (tags.Length > 0)
            metadata["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]);
        return Add(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = $"cell-{_cells.Count + 1}",
            ["metadata"] = metadata,
            ["outputs"] = new JsonArray(),
            ["source"] = Lines(source),
        });
    }

    /// <summary>Adds a markdown cell.</summary>
    public NotebookBuilder Markdown(string source) => Add(new JsonObject
    {
        ["cell_type"] = "markdown",
        ["id"] = $"cell-{_cells.Count + 1}",
        ["metadata"] = new JsonObject(),
        ["source"] = Lines(source),
    });

    /// <summary>Changes the cell added last.</summary>
    public NotebookBuilder With(Action<JsonObject> change)
    {
        change(Last);
        return this;
    }

    /// <summary>Writes the notebook into a folder and returns its path.</summary>
    public string Save(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, ToString());
        return path;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var copy = (JsonObject)Root.DeepClone();
        copy.Insert(0, "cells", _cells.DeepClone());
        return copy.ToJsonString();
    }

    private NotebookBuilder Add(JsonObject cell)
    {
        _cells.Add((JsonNode)cell);
        return this;
    }

    private static JsonArray Lines(string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        return new JsonArray([.. lines.Select((line, i) => (JsonNode)(i < lines.Length - 1 ? line + "\n" : line))]);
    }
}
