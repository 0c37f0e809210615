using System.Diagnostics;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Sessions;

namespace Unroll.Notebooks.Running;

/// <summary>Runs the cells of a notebook, one process for the notebook, and keeps what they showed.</summary>
internal sealed class NotebookRunner(TimeSpan cellTimeout, IRunReporter reporter) : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);
    private readonly SessionStarter _starter = new();

    /// <summary>Runs <paramref name="notebook"/> from its first cell to its last, or to the first that fails.</summary>
    /// <param name="notebook">What to run; its cells hold the new outputs afterwards.</param>
    /// <param name="shown">What the notebook is called in reports.</param>
    /// <param name="next">What will be run next, so that its process can start meanwhile.</param>
    /// <param name="cancellation">Stops the run and its processes.</param>
    public async Task<NotebookResult> RunAsync(
        Notebook notebook, string shown, Notebook? next, CancellationToken cancellation)
    {
        var result = new NotebookResult(notebook, shown);
        var watch = Stopwatch.StartNew();
        reporter.Started(result);
        if (result.Cells.All(cell => cell.SkipReason is not null))
            result.Fault = $"executed no cell: {NotebookText.Skips(result)}";
        else
            await RunCellsAsync(result, next, cancellation).ConfigureAwait(false);

        foreach (var cell in result.Cells.Where(cell => cell.SkipReason is null))
        {
            var ran = cell.Outcome != CellOutcome.NotRun;
            cell.Cell.SetResult(ran ? cell.ExecutionCount : null, ran ? cell.Outputs.ToJson() : []);
        }

        result.Duration = watch.Elapsed;
        return result;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _starter.DisposeAsync();

    private async Task RunCellsAsync(NotebookResult result, Notebook? next, CancellationToken cancellation)
    {
        await using var process = await _starter.TakeAsync(result.Notebook).ConfigureAwait(false);
        var run = new NotebookRun(result, process);
        if (await run.StartAsync(SessionStarter.Timeout, cancellation).ConfigureAwait(false) is { } fault)
        {
            result.Fault = fault;
            return;
        }

        if (next is not null)
            await _starter.PrepareAsync(next, cancellation).ConfigureAwait(false);

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
