using Spectre.Console;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>The lines that a run leaves on a terminal, green where all is well and red where it is not.</summary>
internal sealed class TerminalLines(IAnsiConsole console, TextWriter errors, bool verbose) : IRunReporter
{
    /// <inheritdoc/>
    public void Reject(string line) => errors.WriteLine(VisibleText.Of(line));

    /// <inheritdoc/>
    public void Note(string line) => console.WriteLine(VisibleText.Of(line));

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
            console.WriteLine(VisibleText.Of($"  {Summary.Cell(notebook, cell)}"));
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook)
    {
        var colour = Colour(notebook.Passed);
        var first = true;
        foreach (var line in Summary.Notebook(notebook))
        {
            console.MarkupLine(first ? $"[{colour}]{Escape(line)}[/]" : Escape(line));
            first = false;
        }
    }

    /// <inheritdoc/>
    public void Stopped(NotebookResult notebook) => console.WriteLine(VisibleText.Of(Summary.Stopped(notebook)));

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration)
    {
        var line = Escape(Summary.Run(results, notebooks, duration));
        console.MarkupLine($"[{Colour(results.All(result => result.Passed))}]{line}[/]");
    }

    /// <summary>Whatever a notebook holds, a terminal gets letters, and no colours but ours.</summary>
    private static string Escape(string line) => Markup.Escape(VisibleText.Of(line));

    private static string Colour(bool isWell) => isWell ? "green" : "red";
}
