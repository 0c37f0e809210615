using System.Diagnostics;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Sessions;

namespace Unroll.Notebooks.Running;

/// <summary>Runs the cells of a notebook, one process for the notebook, and keeps what they showed.</summary>
internal sealed class NotebookRunner(TimeSpan cellTimeout, IRunReporter reporter)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Runs <paramref name="notebook"/> from its first cell to its last, or to the first that fails.</summary>
    public async Task<NotebookResult> RunAsync(Notebook notebook, string shown, CancellationToken cancellation)
    {
        var result = new NotebookResult(notebook, shown);
        var watch = Stopwatch.StartNew();
        reporter.Started(result);
        if (result.Cells.All(cell => cell.SkipReason is not null))
            result.Fault = $"executed no cell: {NotebookText.Skips(result)}";
        else
            await RunCellsAsync(result, cancellation).ConfigureAwait(false);

        foreach (var cell in result.Cells.Where(cell => cell.SkipReason is null))
        {
            var ran = cell.Outcome != CellOutcome.NotRun;
            cell.Cell.SetResult(ran ? cell.ExecutionCount : null, ran ? cell.Outputs.ToJson() : []);
        }

        result.Duration = watch.Elapsed;
        return result;
    }

    private async Task RunCellsAsync(NotebookResult result, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(result.Notebook.Path)!;
        await using var process = new SessionProcess(folder);
        var run = new NotebookRun(result, process);
        if (await run.StartAsync(StartTimeout, cancellation).ConfigureAwait(false) is { } fault)
        {
            result.Fault = fault;
            return;
        }

        foreach (var cell in result.Cells)
        {
            if (cell.SkipReason is null)
            {
                reporter.Started(result, cell);
                await run.RunAsync(cell, cellTimeout, cancellation).ConfigureAwait(false);
            }

            reporter.Finished(result, cell);
            if (run.HasFailed)
                return;
        }

        await run.CloseAsync(CloseTimeout, cancellation).ConfigureAwait(false);
    }
}
