using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// What reads otherwise in the .dib file that a notebook was written to: found by reading that file, so that nothing is
/// taken for kept by belief alone.
/// </summary>
internal static class DibLosses
{
    /// <summary>A line for each cell that became another, and for each entry of the metadata that is gone.</summary>
    public static IEnumerable<string> Between(Notebook before, Notebook after, DibLanguages languages)
    {
        var place = 0;
        foreach (var cell in before.Cells)
        {
            var lines = DibWriter.Body(cell).Split('\n').Where(line => languages.Begun(line) is not null).ToList();
            foreach (var line in lines)
                yield return $"cell {cell.Number} holds the line {line.TrimEnd()}, which begins another cell in a .dib file";
            if (lines.Count == 0 && Change(cell, after.Cells.ElementAtOrDefault(place)) is { } change)
                yield return $"cell {cell.Number}, {Kind(cell)}, {change}";
            place += 1 + lines.Count;
        }

        var metadata = after.Root["metadata"] as JsonObject ?? [];
        foreach (var (key, value) in before.Root["metadata"] as JsonObject ?? [])
        {
            if (!Holds(metadata[key], value))
                yield return $"the notebook's metadata \"{key}\" are left out";
        }

        foreach (var (key, _) in before.Root.Where(each => each.Key is not ("cells" or "metadata" or "nbformat" or "nbformat_minor")))
            yield return $"the notebook's \"{key}\" is left out";
    }

    private static string? Change(NotebookCell cell, NotebookCell? written)
    {
        if (written is null)
            return "is lost";
        if (written.Kind != cell.Kind || written.Language != cell.Language)
            return $"becomes {Kind(written)}";
        return DibWriter.Body(written) == DibWriter.Body(cell) ? null : "has another text there";
    }

    private static string Kind(NotebookCell cell) => cell.Kind switch
    {
        CellKind.Code => $"code in {cell.Language}",
        CellKind.Markdown => "a Markdown cell",
        _ => "a raw cell",
    };

    /// <summary>Whether all that was there is there still; more may be.</summary>
    private static bool Holds(JsonNode? after, JsonNode? before) => (after, before) switch
    {
        (JsonObject more, JsonObject members) => members.All(each => Holds(more[each.Key], each.Value)),
        (JsonArray more, JsonArray items) => more.Count >= items.Count && items.Zip(more).All(pair => Holds(pair.Second, pair.First)),
        _ => JsonNode.DeepEquals(after, before),
    };
}
