using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Sessions.Language;

namespace Unroll.Notebooks.Running;

/// <summary>One notebook of a run.</summary>
internal sealed class NotebookResult(Notebook notebook, string shown)
{
    /// <summary>The notebook, with the outputs of this run once it has ended.</summary>
    public Notebook Notebook { get; } = notebook;

    /// <summary>What the notebook is called in reports.</summary>
    public string Shown { get; } = shown;

    /// <summary>Its code cells.</summary>
    public IReadOnlyList<CellResult> Cells { get; } = Plan(notebook);

    /// <summary>What is wrong with the run as a whole, such as that no cell ran.</summary>
    public string? Fault { get; set; }

    /// <summary>What a person should know, and no output holds.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>How long the notebook took, from starting its process to ending it.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Whether all is well.</summary>
    public bool Passed => Fault is null && Cells.All(cell =>
        cell.Outcome is CellOutcome.Passed or CellOutcome.Allowed or CellOutcome.Skipped);

    private static List<CellResult> Plan(Notebook notebook)
    {
        var count = 0;
        return [.. notebook.CodeCells.Select(cell =>
        {
            var reason = SkipReason(cell);
            return new CellResult(cell, reason, reason is null ? ++count : null);
        })];
    }

    private static string? SkipReason(NotebookCell cell)
    {
        if (cell.HasTag("skip-execution"))
            return "tagged skip-execution";
        if (string.IsNullOrWhiteSpace(cell.Source) && CellLanguage.IsKnown(cell.Language))
            return "empty";
        return CellSplitter.IsForUs(cell.Source, cell.Language)
            ? null
            : $"its language is {cell.Language}, and this host runs C#";
    }
}
