using System.Diagnostics;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Runner;

/// <summary>Runs the cells of a notebook, one process for the notebook, and keeps what they showed.</summary>
/// <param name="settings">How they run.</param>
/// <param name="reporter">What is told of it.</param>
/// <param name="first">A process that was started for the first notebook; null where there is none.</param>
internal sealed class NotebookRunner(RunSettings settings, IRunReporter reporter, PrestartedProcess? first) : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);
    private readonly PrestartedProcess _next = first ?? new PrestartedProcess();

    /// <summary>Runs a notebook from its first cell to its last, or to the first that fails.</summary>
    /// <param name="result">What to run; its cells hold the new outputs afterwards.</param>
    /// <param name="next">What will be run next, so that its process can start meanwhile.</param>
    /// <param name="cancellation">Stops the run and its processes.</param>
    public async Task RunAsync(NotebookResult result, Notebook? next, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        reporter.Started(result);
        if (result.Cells.Any(cell => cell.SkipReason is null))
            await RunCellsAsync(result, next, cancellation).ConfigureAwait(false);
        else if (result.Cells.Count > 0 && result.WhySkipped is null)
            result.Fault ??= $"executed no cell: {result.Skips}";

        foreach (var cell in result.Cells.Where(cell => cell.SkipReason is null))
        {
            var ran = cell.Outcome != CellOutcome.NotRun;
            cell.Cell.SetResult(ran ? cell.ExecutionCount : null, ran ? cell.Outputs.ToJson() : []);
            if (ran && settings.RecordTiming)
                cell.Cell.SetTiming(cell.Started, cell.Started + cell.Duration);
        }

        result.Duration = watch.Elapsed;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _next.DisposeAsync();

    private async Task RunCellsAsync(NotebookResult result, Notebook? next, CancellationToken cancellation)
    {
        await using var process = await _next.GetAsync(result.Notebook).ConfigureAwait(false);
        var inputs = new RunInputs(settings.Inputs);
        var run = new NotebookRun(result, process, settings.AllowErrors, inputs);
        if (await run.StartAsync(PrestartedProcess.Timeout, cancellation).ConfigureAwait(false) is { } fault)
        {
            result.Fault = fault;
            return;
        }

        if (next is not null)
            await _next.PrepareAsync(next, cancellation).ConfigureAwait(false);

        foreach (var cell in result.Cells)
        {
            if (cell.SkipReason is null)
            {
                reporter.Started(result, cell);
                await run.RunAsync(cell, settings.CellTimeout, cancellation).ConfigureAwait(false);
            }

            reporter.Finished(result, cell);
            if (run.HasFailed)
                return;
        }

        await run.CloseAsync(CloseTimeout, cancellation).ConfigureAwait(false);
        result.Notices.AddRange(inputs.Unused.Select(name => $"no cell asked for --input {name}"));
    }
}
