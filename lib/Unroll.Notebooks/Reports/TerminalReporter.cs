using System.Collections.Concurrent;
using Spectre.Console;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>
/// Shows a run on a terminal: a bar for the notebooks, one for the cells of each notebook that runs, and above them the
/// lines of those that have ended.
/// </summary>
internal sealed class TerminalReporter(IAnsiConsole console, TextWriter errors, bool verbose) : IRunReporter, IDisposable
{
    private readonly OrderedReporter _lines = new(new TerminalLines(console, errors, verbose));
    private readonly ConcurrentDictionary<NotebookResult, ProgressTask> _cells = new();
    private readonly TaskCompletionSource _end = new();
    private Task? _display;
    private ProgressContext? _bars;
    private ProgressTask? _run;

    /// <inheritdoc/>
    public void Reject(string line) => _lines.Reject(line);

    /// <inheritdoc/>
    public void Note(string line) => _lines.Note(line);

    /// <inheritdoc/>
    public void Begin(int notebooks)
    {
        using var shown = new ManualResetEventSlim();
        _display = console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new ElapsedTimeColumn())
            .StartAsync(async bars =>
            {
                _bars = bars;
                _run = bars.AddTask("notebooks", maxValue: Math.Max(1, notebooks));
                shown.Set();
                await _end.Task.ConfigureAwait(false);
            });
        shown.Wait(TimeSpan.FromSeconds(5));
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook)
    {
        if (_bars is not null)
            _cells[notebook] = _bars.AddTask(Markup.Escape(VisibleText.OneLine(notebook.Shown)), maxValue: Math.Max(1, notebook.Cells.Count));
        _lines.Started(notebook);
    }

    /// <inheritdoc/>
    public void Started(NotebookResult notebook, CellResult cell)
    {
        if (_cells.TryGetValue(notebook, out var bar))
            bar.Description = Markup.Escape(VisibleText.OneLine($"{notebook.Shown} In [{cell.ExecutionCount}]"));
        _lines.Started(notebook, cell);
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook, CellResult cell)
    {
        if (_cells.TryGetValue(notebook, out var bar))
            bar.Increment(1);
        _lines.Finished(notebook, cell);
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook)
    {
        RemoveBar(notebook);
        _lines.Finished(notebook);
    }

    /// <inheritdoc/>
    public void Stopped(NotebookResult notebook)
    {
        RemoveBar(notebook);
        _lines.Stopped(notebook);
    }

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration)
    {
        Dispose();
        _lines.End(results, notebooks, duration);
    }

    /// <summary>Takes the bars away, also when the run was interrupted.</summary>
    public void Dispose()
    {
        _end.TrySetResult();
        _display?.Wait(TimeSpan.FromSeconds(5));
    }

    private void RemoveBar(NotebookResult notebook)
    {
        _run?.Increment(1);
        if (!_cells.TryRemove(notebook, out var bar))
            return;
        bar.Value = bar.MaxValue;
        bar.StopTask();
    }
}
