using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>The official schema of the notebook format (see Schema/SOURCE.md).</summary>
internal static class NotebookSchema
{
    private static readonly JsonSchema Schema = Load();

    /// <summary>Fails where <paramref name="notebook"/> is not what the schema says.</summary>
    public static void Check(JsonNode notebook)
    {
        using var document = JsonDocument.Parse(notebook.ToJsonString());
        if (Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid)
            return;

        // Only now with the reasons, which take several times as long.
        var result = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var faults = (result.Details ?? []).Where(each => each.Errors is { Count: > 0 })
            .SelectMany(each => each.Errors!.Select(error => $"{each.InstanceLocation}: {error.Value}"));
        Assert.Fail(string.Join('\n', faults));
    }

    /// <summary>Fails where it is not, or was not executed from top to bottom without an error.</summary>
    public static void CheckExecuted(JsonObject notebook)
    {
        Check(notebook);
        var code = notebook["cells"]!.AsArray().Where(cell => cell!["cell_type"]!.GetValue<string>() == "code").ToList();
        Assert.Equal(Enumerable.Range(1, code.Count), code.Select(cell => cell!["execution_count"]!.GetValue<int>()));
        Assert.DoesNotContain(code.SelectMany(cell => cell!["outputs"]!.AsArray()), output => output!["output_type"]!.GetValue<string>() == "error");
    }

    /// <summary>
    /// Draft 4 is not among the drafts that the validator knows, and nothing in the schema means another thing in draft 7.
    /// Nor does it find a pattern that has a slash in it (8.0.5), which a regular expression can spell otherwise.
    /// </summary>
    private static JsonSchema Load()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schema", "nbformat.v4.5.schema.json"));
        return JsonSchema.FromText(text
            .Replace("draft-04", "draft-07", StringComparison.Ordinal)
            .Replace("^application/(", @"^application\\x2f(", StringComparison.Ordinal));
    }
}
