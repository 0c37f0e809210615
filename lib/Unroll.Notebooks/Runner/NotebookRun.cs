using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Channels;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Runner;

/// <summary>
/// One notebook while it runs: hands cells to the process and gives each event to the cell it belongs to.
/// </summary>
internal sealed class NotebookRun(NotebookResult result, NotebookProcess process, bool allowErrors, RunInputs inputs)
{
    /// <summary>How long a session may take to abandon a restore that has run out of time.</summary>
    private static readonly TimeSpan RestoreGrace = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, CellResult> _cells =
        result.Cells.Where(cell => cell.ExecutionCount is not null).ToDictionary(cell => cell.ExecutionCount!.Value);

    /// <summary>Whether a cell has failed, so that no further one runs.</summary>
    public bool HasFailed => result.Cells.Any(cell => cell.Outcome == CellOutcome.Failed);

    /// <summary>Starts the process; returns what went wrong, or null.</summary>
    public async Task<string?> StartAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            await process.StartAsync(timeout, cancellation).ConfigureAwait(false);
            var ready = await UntilAsync(happened => happened is SessionReady, timeout, cancellation).ConfigureAwait(false);
            if (ready is not null)
                await process.EnterAsync(PrestartedProcess.FolderOf(result.Notebook), cancellation).ConfigureAwait(false);
            if (process.Remark is { } remark)
                result.Notices.Add(remark);
            return ready is null
                ? $"its process ended before the first cell: {CrashReport.OfStart(await process.CrashTextAsync().ConfigureAwait(false), process.ExitCode)}"
                : null;
        }
        catch (IOException error)
        {
            return $"its process could not be started: {error.Message}";
        }
        catch (TimeoutException)
        {
            return $"its process did not start within {timeout.TotalSeconds:0} s";
        }
        catch (Win32Exception error)
        {
            return $"its process could not be started: {error.Message}";
        }
    }

    /// <summary>Runs one cell; afterwards its outcome is set.</summary>
    public async Task RunAsync(CellResult cell, TimeSpan timeout, CancellationToken cancellation)
    {
        var number = cell.ExecutionCount!.Value;
        var watch = Stopwatch.StartNew();
        cell.Started = DateTimeOffset.UtcNow;
        cell.Outcome = CellOutcome.Passed;
        try
        {
            await process.SendAsync(Request(cell, number), cancellation).ConfigureAwait(false);
            var end = await UntilAsync(e => e is CellFinished or OutputCut && e.Cell == number, timeout, cancellation)
                .ConfigureAwait(false);
            if (end is null)
                Fail(cell, CrashReport.Of(await process.CrashTextAsync().ConfigureAwait(false), process.ExitCode));
            else if (end is CellFinished)
                await AddRawOutputAsync(cell, number).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await process.KillAsync().ConfigureAwait(false);
            Fail(cell, CrashReport.OfTimeout(timeout));
        }

        cell.Duration = watch.Elapsed;
    }

    /// <summary>Ends the session, and collects what tasks that outlived their cells still show.</summary>
    public async Task CloseAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            await process.SendAsync(new CloseSession(), cancellation).ConfigureAwait(false);
            if (await UntilAsync(happened => happened is SessionClosed, timeout, cancellation).ConfigureAwait(false) is null)
            {
                var text = await process.CrashTextAsync().ConfigureAwait(false);
                Fail(_cells[_cells.Keys.Max()], CrashReport.OfAfterlife(text, process.ExitCode));
            }
        }
        catch (TimeoutException)
        {
            result.Notices.Add($"its process did not end within {timeout.TotalSeconds:0} s of the last cell and was stopped");
        }
    }

    /// <summary>Applies events until <paramref name="isEnd"/> holds for one; null where the process ended first.</summary>
    private async Task<SessionEvent?> UntilAsync(
        Func<SessionEvent, bool> isEnd, TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        var clock = Stopwatch.StartNew();
        try
        {
            while (true)
            {
                var happened = await process.Events.ReadAsync(limit.Token).ConfigureAwait(false);
                Apply(happened);
                if (happened is InputRequested asked)
                    await process.SendAsync(inputs.Answer(asked), cancellation).ConfigureAwait(false);
                if (isEnd(happened))
                    return happened;
                Count(happened);
            }
        }
        catch (ChannelClosedException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }

        // Packages come over a network: the time that takes does not mean that the cell never ends.
        void Count(SessionEvent happened)
        {
            if (happened is RestoreStarted restore)
            {
                clock.Stop();
                limit.CancelAfter(TimeSpan.FromSeconds(restore.LimitSeconds) + RestoreGrace);
            }
            else if (happened is RestoreEnded)
            {
                clock.Start();
                limit.CancelAfter(timeout > clock.Elapsed ? timeout - clock.Elapsed : TimeSpan.Zero);
            }
        }
    }

    private RunCell Request(CellResult cell, int number) =>
        new(number, cell.Cell.Source, cell.Cell.Language) { AllowsInput = inputs.HasAny };

    private void Apply(SessionEvent happened)
    {
        try
        {
            ApplyUnguarded(happened);
        }
        catch (Exception error)
        {
            result.Notices.Add($"an output cannot be kept: {error.GetType().Name}: {error.Message}");
        }
    }

    private void ApplyUnguarded(SessionEvent happened)
    {
        if (happened is Notice notice)
        {
            result.Notices.Add(notice.Text);
            return;
        }

        if (!_cells.TryGetValue(happened.Cell, out var cell))
            return;
        switch (happened)
        {
            case StreamWritten written:
                cell.Outputs.Write(written.Name, written.Text);
                break;
            case Displayed shown:
                cell.Outputs.Show(shown.Data, shown.DisplayId);
                break;
            case DisplayUpdated updated:
                foreach (var each in _cells.Values)
                    each.Outputs.Update(updated.Data, updated.DisplayId);
                break;
            case OutputCleared cleared:
                cell.Outputs.Clear(cleared.Waits);
                break;
            case ValueReturned value:
                cell.Outputs.Return(value.Data, happened.Cell);
                break;
            case OutputCut cut:
                Fail(cell, CrashReport.OfOutputLimit(cut.Limit));
                break;
            case ErrorRaised error when cell.Cell.HasTag("raises-exception"):
                cell.Outputs.Fail(error);
                break;
            case ErrorRaised error:
                Fail(cell, error, allowErrors ? CellOutcome.Allowed : CellOutcome.Failed);
                break;
        }
    }

    /// <summary>What was written past Console, by native code or a process that the cell started.</summary>
    private async Task AddRawOutputAsync(CellResult cell, int number)
    {
        foreach (var (name, text, isCut) in await process.RawOutputAsync(number).ConfigureAwait(false))
        {
            cell.Outputs.Write(name, text);
            if (isCut)
                Fail(cell, CrashReport.OfOutputLimit(OutputCut.CellLimit));
        }
    }

    /// <summary>What ends a process fails its cell even where errors are allowed: no further cell can run.</summary>
    private static void Fail(CellResult cell, ErrorRaised error, CellOutcome outcome = CellOutcome.Failed)
    {
        cell.Outputs.Fail(error);
        if (cell.Outcome == CellOutcome.Failed)
            return;
        if (cell.Failure is null || outcome == CellOutcome.Failed)
            cell.Failure = error;
        cell.Outcome = outcome;
    }
}
