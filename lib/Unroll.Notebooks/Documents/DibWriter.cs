using System.Text;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>Writes a notebook as a .dib file, and says what has no place in one.</summary>
internal static class DibWriter
{
    /// <summary>The text of the file, and a line for each thing that is not in it, or reads otherwise there.</summary>
    /// <exception cref="BadNotebookException">The file could not be read again.</exception>
    public static (string Text, IReadOnlyList<string> Losses) Write(Notebook notebook, string shown)
    {
        var metadata = DibMetadata.ToDib(
            notebook.Root["metadata"] as JsonObject ?? [], notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Language));
        if (notebook.Cells.Any(cell => HasBlankEdge(Body(cell))))
            metadata[DibMetadata.KeepsBlankLines] = true;
        List<string> lines = ["#!meta", "", JupyterJson.WriteLine(metadata), ""];
        foreach (var cell in notebook.Cells)
        {
            lines.AddRange([$"#!{Name(cell)}", ""]);
            if (Body(cell) is { Length: > 0 } body)
                lines.AddRange([body, ""]);
        }

        var text = string.Join('\n', lines);
        var written = DibReader.Parse(Encoding.UTF8.GetBytes(text), notebook.Path, shown);
        return (text, [.. DibLosses.Between(notebook, written, new DibLanguages(metadata, shown)), .. LeftOut(notebook)]);
    }

    /// <summary>A line for each cell whose first line is not written, since it says what the begin of the cell says.</summary>
    public static IEnumerable<string> Remarks(Notebook notebook) => notebook.Cells
        .Where(cell => Body(cell).Length < cell.Source.Length)
        .Select(cell => $"cell {cell.Number}: its first line names its language, which begins the cell in a .dib file, and is not written twice");

    private static string Name(NotebookCell cell) => cell.Kind switch
    {
        CellKind.Markdown => "markdown",
        CellKind.Raw => "raw",
        _ => cell.Language,
    };

    /// <summary>A first line that names the cell's language is what begins the cell in a .dib file anyway.</summary>
    public static string Body(NotebookCell cell)
    {
        if (cell.Kind != CellKind.Code)
            return cell.Source;
        var start = cell.Source.Length - cell.Source.TrimStart().Length;
        var end = cell.Source.IndexOf('\n', start);
        var line = cell.Source[start..(end < 0 ? cell.Source.Length : end)];
        if (!line.StartsWith("#!", StringComparison.Ordinal) || CellLanguage.Selected(line[2..].TrimEnd()) is null)
            return cell.Source;
        return end < 0 ? "" : cell.Source[(end + 1)..];
    }

    private static bool HasBlankEdge(string body) => body.StartsWith('\n') || body.EndsWith('\n');

    private static IEnumerable<string> LeftOut(Notebook notebook)
    {
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
