using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>What a test report says of a test.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,
    NotRun,
}

/// <summary>
/// A code cell as a test, or a notebook that failed as a whole as one. Its texts hold no character that XML does not have.
/// </summary>
/// <param name="Notebook">What the notebook is called.</param>
/// <param name="Cell">What the cell is called; nothing for the notebook as a whole.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it ran.</param>
/// <param name="Kind">What went wrong, in a word.</param>
/// <param name="Message">What went wrong, or why it did not run.</param>
/// <param name="Details">The whole message.</param>
internal sealed record TestCase(
    string Notebook, string Cell, TestOutcome Outcome, TimeSpan Duration, string Kind, string Message, string Details)
{
    /// <summary>The tests of a notebook, in the order of its cells.</summary>
    public static IEnumerable<TestCase> Of(NotebookResult notebook)
    {
        if (notebook.Fault is { } fault)
            yield return new(VisibleText.Of(notebook.Shown), "", TestOutcome.Failed, notebook.Duration, "Notebook", VisibleText.Of(fault), "");
        foreach (var cell in notebook.Cells)
            yield return Of(notebook, cell);
    }

    private static TestCase Of(NotebookResult notebook, CellResult cell)
    {
        var name = NotebookText.Name(notebook, cell);
        var details = string.Join('\n', NotebookText.Failure(notebook, cell));
        TestCase Case(TestOutcome outcome, TimeSpan duration, string kind = "", string message = "", string text = "") =>
            new(
                VisibleText.Of(notebook.Shown),
                VisibleText.Of(name),
                outcome,
                duration,
                VisibleText.Of(kind),
                VisibleText.Of(message),
                VisibleText.Of(text));
        return cell.Outcome switch
        {
            CellOutcome.Passed or CellOutcome.Allowed => Case(TestOutcome.Passed, cell.Duration),
            CellOutcome.Failed => Case(
                TestOutcome.Failed, cell.Duration, cell.Failure!.Name, $"{cell.Failure.Name}: {cell.Failure.Value}", details),
            CellOutcome.Differs => Case(
                TestOutcome.Failed, cell.Duration, "Differs", string.Join('\n', cell.Differences), details),
            CellOutcome.Skipped => Case(TestOutcome.NotRun, TimeSpan.Zero, message: $"Skipped: {cell.SkipReason}"),
            _ => Case(TestOutcome.NotRun, TimeSpan.Zero, message: "Not run: the notebook had stopped before"),
        };
    }
}
