using Spectre.Console;
using Unroll.Notebooks.Running;

namespace Unroll.Notebooks.Reporting;

/// <summary>The lines that a run leaves on a terminal, green where all is well and red where it is not.</summary>
internal sealed class TerminalLines(IAnsiConsole console, TextWriter errors, bool verbose) : IRunReporter
{
    /// <inheritdoc/>
    public void Reject(string line) => errors.WriteLine(line);

    /// <inheritdoc/>
    public void Begin(int notebooks)
    {
        // The bars show it.
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook)
    {
        // The bars show it.
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook, CellResult cell)
    {
        // The bars show it.
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook, CellResult cell)
    {
        if (verbose)
            console.WriteLine($"  {Summary.Cell(notebook, cell)}");
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook)
    {
        var colour = Colour(notebook.Passed);
        var first = true;
        foreach (var line in Summary.Notebook(notebook))
        {
            console.MarkupLine(first ? $"[{colour}]{Markup.Escape(line)}[/]" : Markup.Escape(line));
            first = false;
        }
    }

    /// <inheritdoc/>
    public void Stopped(NotebookResult notebook) => console.WriteLine(Summary.Stopped(notebook));

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration)
    {
        var line = Markup.Escape(Summary.Run(results, notebooks, duration));
        console.MarkupLine($"[{Colour(results.All(result => result.Passed))}]{line}[/]");
    }

    private static string Colour(bool isWell) => isWell ? "green" : "red";
}
