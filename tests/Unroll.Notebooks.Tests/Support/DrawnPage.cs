using System.Text;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>The page of a notebook, drawn of what the file holds.</summary>
internal static class DrawnPage
{
    /// <summary>A run of the notebook in which each cell of C# passed.</summary>
    public static NotebookResult Result(string json, string path)
    {
        var notebook = NotebookReader.Parse(Encoding.UTF8.GetBytes(json), path, Path.GetFileName(path));
        var result = new NotebookResult(new NotebookTask(notebook, Path.GetFileName(path), Target: path));
        foreach (var cell in result.Cells.Where(cell => cell.SkipReason is null))
            cell.Outcome = CellOutcome.Passed;
        return result;
    }

    /// <summary>Writes the page of a notebook that lies in <paramref name="folder"/>, and returns its text.</summary>
    public static string Write(NotebookBuilder notebook, TempFolder folder)
    {
        var path = folder["page.ipynb"];
        PageWriter.Write([(Result(notebook.ToString(), path), path)], folder["index.html"]);
        return File.ReadAllText(folder["page.html"]);
    }
}
