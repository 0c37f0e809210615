using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>A notebook file that a run has written, as its reader sees it.</summary>
internal sealed class ExecutedNotebook(string path)
{
    public JsonObject Root { get; } = Read(path);

    /// <summary>The code cells.</summary>
    public IReadOnlyList<ExecutedCell> Cells => [.. ((JsonArray)Root["cells"]!)
        .Where(cell => cell!["cell_type"]!.GetValue<string>() == "code")
        .Select(cell => new ExecutedCell((JsonObject)cell!))];

    /// <summary>Whatever a run writes is valid, where its notebook was of the newest format.</summary>
    private static JsonObject Read(string path)
    {
        var root = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        if (root["nbformat_minor"]!.GetValue<int>() == 5)
            NotebookSchema.Check(root);
        return root;
    }
}

/// <summary>A code cell that a run has written.</summary>
internal sealed class ExecutedCell(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public int? Count => Json["execution_count"]?.GetValue<int>();

    public IReadOnlyList<JsonObject> Outputs => [.. ((JsonArray)Json["outputs"]!).Select(output => (JsonObject)output!)];

    /// <summary>
    /// The outputs, one line each: <c>stdout: text</c>, <c>execute_result text/plain: 2</c>, <c>error Name: message</c>.
    /// </summary>
    public IReadOnlyList<string> Shown => [.. Outputs.SelectMany(Describe)];

    /// <summary>The last output, which must be an error: name and message.</summary>
    public (string Name, string Value) Error
    {
        get
        {
            var last = Outputs[^1];
            Assert.Equal("error", last["output_type"]!.GetValue<string>());
            return (last["ename"]!.GetValue<string>(), last["evalue"]!.GetValue<string>());
        }
    }

    public IReadOnlyList<string> Traceback => [.. ((JsonArray)Outputs[^1]["traceback"]!).Select(line => line!.GetValue<string>())];

    private static IEnumerable<string> Describe(JsonObject output)
    {
        var kind = output["output_type"]!.GetValue<string>();
        return kind switch
        {
            "stream" => [$"{output["name"]}: {Text(output["text"])}"],
            "error" => [$"error {output["ename"]}: {output["evalue"]}"],
            _ => ((JsonObject)output["data"]!).Select(view => $"{kind} {view.Key}: {Text(view.Value)}"),
        };
    }

    private static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => line!.GetValue<string>())),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node!.ToJsonString(),
    };
}
