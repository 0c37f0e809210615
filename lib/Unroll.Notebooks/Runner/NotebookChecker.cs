using Unroll.Notebooks.Documents.Comparing;

namespace Unroll.Notebooks.Runner;

/// <summary>Compares a notebook that has run with what its file held.</summary>
internal static class NotebookChecker
{
    /// <summary>Marks the cells that differ.</summary>
    public static void Check(NotebookResult result)
    {
        var ran = result.Cells.Where(cell => cell.SkipReason is null).ToList();
        if (result.Fault is null && ran.Count > 0 && ran.TrueForAll(cell => !cell.WasExecuted))
        {
            result.Fault = "not committed executed: the file holds no outputs to compare with; run it with --in-place first";
            return;
        }

        foreach (var cell in ran.Where(cell => cell.Outcome is CellOutcome.Passed or CellOutcome.Allowed))
        {
            cell.Differences = OutputChecker.Compare(cell.Committed, cell.Outputs.ToJson(), cell.Tolerance);
            if (cell.Differences.Count > 0)
                cell.Outcome = CellOutcome.Differs;
        }
    }
}
