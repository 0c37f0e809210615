using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>The lines that describe a run, for every reporter.</summary>
internal static class Summary
{
    /// <summary>One cell: <c>cell 7 of 20 (In [3]): passed in 0.1 s</c>.</summary>
    public static string Cell(NotebookResult notebook, CellResult cell)
    {
        var outcome = cell.Outcome switch
        {
            CellOutcome.Skipped => $"skipped: {cell.SkipReason}",
            CellOutcome.NotRun => "not run",
            CellOutcome.Allowed => $"raised an error after {Seconds(cell.Duration)}, which is allowed",
            CellOutcome.Failed => $"failed after {Seconds(cell.Duration)}",
            _ => $"done in {Seconds(cell.Duration)}",
        };
        return $"{NotebookText.Name(notebook, cell)}: {outcome}";
    }

    /// <summary>One notebook: a line for the whole, then what failed, what was skipped and what else to know.</summary>
    public static IEnumerable<string> Notebook(NotebookResult notebook)
    {
        if (notebook.WhySkipped is { } why)
            yield return $"{Name(notebook)}: skipped: {why}";
        else if (notebook.Cells.Count > 0)
            yield return $"{Name(notebook)}: {Outcomes(notebook.Cells)} in {Seconds(notebook.Duration)}";
        if (notebook.WhySkipped is null && notebook.Fault is { } fault)
            yield return $"{Name(notebook)}: {fault}";
        else if (notebook.WhySkipped is null && notebook.Skips is { Length: > 0 } skips)
            yield return $"{Name(notebook)}: {skips}";
        foreach (var notice in notebook.Notices)
            yield return $"{Name(notebook)}: {notice}";
        foreach (var cell in notebook.Cells.Where(cell => cell.Outcome == CellOutcome.Allowed))
            yield return $"{Name(notebook)}: {NotebookText.Name(notebook, cell)} raised {cell.Failure!.Name}: {cell.Failure.Value}";
        foreach (var cell in notebook.Cells.Where(cell => cell.Outcome is CellOutcome.Failed or CellOutcome.Differs))
        {
            foreach (var line in NotebookText.Failure(notebook, cell))
                yield return line;
        }
    }

    /// <summary>A notebook that did not come to its end.</summary>
    public static string Stopped(NotebookResult notebook) =>
        $"{Name(notebook)}: stopped before its end, and not counted";

    /// <summary>The run: <c>5 notebooks, 61 cells: all passed in 12.3 s</c>.</summary>
    public static string Run(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration)
    {
        var cells = results.SelectMany(result => result.Cells).ToList();
        var head = $"{Count(notebooks, "notebook")}, {Count(cells.Count, "cell")}";
        var broken = results.Count(result => !result.Passed);
        if (broken == 0)
        {
            var all = cells.TrueForAll(cell => cell.Outcome == CellOutcome.Passed) ? "all passed" : Outcomes(cells);
            var skipped = results.Count(result => result.WhySkipped is not null);
            all += skipped == 0 ? "" : $", {Count(skipped, "notebook")} skipped";
            return $"{head}: {all} in {Seconds(duration)}";
        }

        var left = notebooks - results.Count;
        var unrun = left == 0 ? "" : $", {Count(left, "notebook")} not run";
        return $"{head}: {Count(broken, "notebook")} failed{unrun} ({Outcomes(cells)}) in {Seconds(duration)}";
    }

    /// <summary>A shard: <c>shard 2/8: 1 of 7 notebooks, 3.6 s of 9.5 s by recorded times; plan 1f3870be</c>.</summary>
    public static string Shard(ShardPlan plan, bool hasTimes)
    {
        var all = plan.All.Count;
        var share = $"shard {plan.Shard}: {plan.Mine.Count} of {Count(all, "notebook")}";
        if (hasTimes && plan.WithTime == 0)
            share += " (--times knows none of them)";
        if (plan.WithTime > 0)
            share += $", {Seconds(plan.Load)} of {Seconds(plan.WholeLoad)} by recorded times";
        if (plan.WithTime > 0 && plan.WithTime < all)
            share += $" ({Count(all - plan.WithTime, "notebook")} without one: {Seconds(plan.Median)} each, the median)";
        return $"{share}; plan {plan.Code}{(plan.Mine.Count == 0 ? "; nothing to run" : "")}";
    }

    /// <summary><c>1 cell</c>, <c>2 cells</c>.</summary>
    public static string Count(int number, string noun) =>
        $"{number} {noun}{(number == 1 ? "" : "s")}";

    /// <summary>A name is one line, whatever the file is called.</summary>
    private static string Name(NotebookResult notebook) => VisibleText.OneLine(notebook.Shown);

    private static string Outcomes(IEnumerable<CellResult> cells)
    {
        var parts = cells.GroupBy(cell => cell.Outcome).OrderByDescending(group => group.Key).Select(group =>
            $"{group.Count()} {Word(group.Key)}");
        return string.Join(", ", parts);
    }

    private static string Word(CellOutcome outcome) => outcome switch
    {
        CellOutcome.NotRun => "not run",
        CellOutcome.Skipped => "skipped",
        CellOutcome.Passed => "passed",
        CellOutcome.Allowed => "with an allowed error",
        CellOutcome.Failed => "failed",
        _ => "different from the file",
    };

    private static string Seconds(TimeSpan duration) =>
        $"{duration.TotalSeconds:0.0} s";
}
