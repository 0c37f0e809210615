using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>What the tests ask of a cell's JSON.</summary>
internal static class LessonCells
{
    public static IEnumerable<JsonObject> Cells(this JsonObject notebook) => notebook["cells"]!.AsArray().Select(cell => cell!.AsObject());

    public static bool IsCode(this JsonObject cell) => cell["cell_type"]!.GetValue<string>() == "code";

    /// <summary>The source cell that this one mirrors, or null for a cell of our own.</summary>
    public static string? Source(this JsonObject cell) => cell["metadata"]!["unroll"]?["source"]?.GetValue<string>();

    public static string Code(this JsonObject cell) => Join(cell["source"]!);

    /// <summary>All that a cell shows, as text: streams, and the plain view of values.</summary>
    public static string Shown(this JsonObject cell) => string.Concat(cell["outputs"]!.AsArray().Select(output =>
        Join(output!["text"] ?? output["data"]?["text/plain"] ?? output["traceback"]!)));

    public static JsonObject Mirroring(this JsonObject notebook, string source) =>
        notebook.Cells().Single(cell => cell.IsCode() && cell.Source()?.EndsWith($" {source}", StringComparison.Ordinal) == true);

    private static string Join(JsonNode text) => text is JsonArray lines
        ? string.Concat(lines.Select(line => line!.GetValue<string>()))
        : text.GetValue<string>();
}
