using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>Writes a notebook as a .dib file, and says what has no place in one.</summary>
internal static class DibWriter
{
    /// <summary>The text of the file, and a line for each thing that is not in it.</summary>
    public static (string Text, IReadOnlyList<string> Losses) Write(Notebook notebook)
    {
        var metadata = DibMetadata.ToDib(notebook.Root["metadata"] as JsonObject ?? []);
        List<string> lines = ["#!meta", "", JupyterJson.WriteLine(metadata), ""];
        foreach (var cell in notebook.Cells)
        {
            lines.AddRange([$"#!{Name(cell)}", ""]);
            if (Trimmed(Body(cell)) is { Count: > 0 } body)
                lines.AddRange([.. body, ""]);
        }

        return (string.Join('\n', lines), [.. Losses(notebook)]);
    }

    private static string Name(NotebookCell cell) => cell.Kind switch
    {
        CellKind.Markdown => "markdown",
        CellKind.Raw => "raw",
        _ => cell.Language,
    };

    /// <summary>A first line that names the cell's language is what begins the cell in a .dib file anyway.</summary>
    private static List<string> Body(NotebookCell cell)
    {
        List<string> lines = [.. cell.Source.ReplaceLineEndings("\n").Split('\n')];
        var first = lines.FindIndex(line => line.Trim().Length > 0);
        if (cell.Kind == CellKind.Code && first >= 0 && BeginsCell(lines[first]))
            lines.RemoveRange(0, first + 1);
        return lines;
    }

    private static List<string> Trimmed(List<string> lines)
    {
        var first = lines.FindIndex(line => line.Length > 0);
        return first < 0 ? [] : lines[first..(lines.FindLastIndex(line => line.Length > 0) + 1)];
    }

    private static bool BeginsCell(string line) =>
        line.StartsWith("#!", StringComparison.Ordinal) && CellLanguage.Selected(line[2..].TrimEnd()) is not null;

    private static IEnumerable<string> Losses(Notebook notebook)
    {
        foreach (var cell in notebook.Cells)
        {
            if (Body(cell).Find(BeginsCell) is { } line)
                yield return $"cell {cell.Number} holds the line {line.TrimEnd()}, which begins another cell in a .dib file";
        }

        var outputs = notebook.Cells.Sum(cell => cell.Outputs.Count);
        if (outputs > 0)
            yield return $"{Count(outputs, "output")} {(outputs == 1 ? "is" : "are")} left out";
        var metadata = notebook.Cells.Count(cell => cell.HasMetadataOfItsOwn);
        if (metadata > 0)
            yield return $"tags or other metadata of {Count(metadata, "cell")} are left out";
        var attachments = notebook.Cells.Count(cell => cell.HasAttachments);
        if (attachments > 0)
            yield return $"attachments of {Count(attachments, "cell")} are left out";
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
