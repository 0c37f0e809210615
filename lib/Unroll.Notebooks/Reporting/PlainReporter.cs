using Unroll.Notebooks.Running;

namespace Unroll.Notebooks.Reporting;

/// <summary>Shows a run as lines, for logs and pipes.</summary>
internal sealed class PlainReporter(TextWriter output, TextWriter errors, bool verbose) : IRunReporter
{
    /// <inheritdoc/>
    public void Reject(string line) => errors.WriteLine(line);

    /// <inheritdoc/>
    public void Begin(int notebooks)
    {
        // The first line is the first notebook's.
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook)
    {
        if (verbose)
            output.WriteLine($"{notebook.Shown}: {Summary.Count(notebook.Cells.Count, "code cell")}");
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
            output.WriteLine($"  {Summary.Cell(notebook, cell)}");
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook)
    {
        foreach (var line in Summary.Notebook(notebook))
            output.WriteLine(line);
        output.Flush();
    }

    /// <inheritdoc/>
    public void Stopped(NotebookResult notebook) => output.WriteLine(Summary.Stopped(notebook));

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration) =>
        output.WriteLine(Summary.Run(results, notebooks, duration));
}
