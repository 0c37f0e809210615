using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Runner;

/// <summary>One notebook of a run.</summary>
internal sealed class NotebookResult
{
    /// <summary>Plans which cells of a notebook are to run.</summary>
    public NotebookResult(NotebookTask task)
    {
        Notebook = task.Notebook;
        Shown = task.Shown;
        Cells = Plan(Notebook);
        Fault = task.Fault?.TrimStart(':', ' ');
        Notices.AddRange(task.Notices);
        if (task.IsFromFolder && ForeignLanguage(Notebook) is { } language)
            WhySkipped = Foreign(language);
        else if (Fault is null && !Notebook.CodeCells.Any())
            Notices.Add("has no code cell, so there was nothing to run");
    }

    /// <summary>The notebook, with the outputs of this run once it has ended.</summary>
    public Notebook Notebook { get; }

    /// <summary>What the notebook is called in reports.</summary>
    public string Shown { get; }

    /// <summary>Its code cells.</summary>
    public IReadOnlyList<CellResult> Cells { get; }

    /// <summary>Why the notebook was left alone, as one in another language is that a folder led to; or null.</summary>
    public string? WhySkipped { get; }

    /// <summary>What is wrong with the run as a whole, such as that no cell ran.</summary>
    public string? Fault { get; set; }

    /// <summary>What a person should know, and no output holds.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>How long the notebook took, from starting its process to ending it.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Why cells were skipped, counted: <c>2 in fsharp, 1 tagged skip-execution</c>.</summary>
    public string Skips => string.Join(
        "; ",
        Cells.Where(cell => cell.SkipReason is not null)
            .GroupBy(cell => cell.SkipReason!, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} skipped ({group.Key})"));

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

    /// <summary>The language of a notebook that has no code for this host; null where it has some, or no code at all.</summary>
    private static string? ForeignLanguage(Notebook notebook)
    {
        var languages = notebook.CodeCells.SelectMany(cell => HostLines.Languages(cell.Source, cell.Language)).ToList();
        return languages.Any(CellLanguage.IsKnown) ? null : languages.FirstOrDefault();
    }

    private static string? SkipReason(NotebookCell cell)
    {
        if (cell.HasTag("skip-execution"))
            return "tagged skip-execution";
        var languages = HostLines.Languages(cell.Source, cell.Language);
        if (languages.Count == 0)
            return "empty";
        return languages.Any(CellLanguage.IsKnown) ? null : Foreign(languages[0]);
    }

    private static string Foreign(string language) => $"its language is {language}, and this host runs C# and F#";
}
