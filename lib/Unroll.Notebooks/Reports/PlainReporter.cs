using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>Shows a run as lines, for logs and pipes.</summary>
internal sealed class PlainReporter(TextWriter output, TextWriter errors, bool verbose) : IRunReporter
{
    /// <inheritdoc/>
    public void Reject(string line) => errors.WriteLine(VisibleText.Of(line));

    /// <inheritdoc/>
    public void Note(string line) => Write(line);

    /// <inheritdoc/>
    public void Begin(int notebooks)
    {
        // The first line is the first notebook's.
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook)
    {
        if (verbose)
            Write($"{notebook.Shown}: {Summary.Count(notebook.Cells.Count, "code cell")}");
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook, CellResult cell)
    {
        // A line a cell is enough, and it is written when the cell has ended.
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook, CellResult cell)
    {
        if (verbose)
            Write($"  {Summary.Cell(notebook, cell)}");
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook)
    {
        foreach (var line in Summary.Notebook(notebook))
            Write(line);
        output.Flush();
    }

    /// <inheritdoc/>
    public void Stopped(NotebookResult notebook) => Write(Summary.Stopped(notebook));

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration) =>
        Write(Summary.Run(results, notebooks, duration));

    /// <summary>Whatever a notebook holds, a terminal gets letters.</summary>
    private void Write(string line) => output.WriteLine(VisibleText.Of(line));
}
