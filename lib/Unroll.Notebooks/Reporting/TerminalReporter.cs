using Spectre.Console;
using Unroll.Notebooks.Running;

namespace Unroll.Notebooks.Reporting;

/// <summary>
/// Shows a run on a terminal: a bar for the notebooks and one for the cells of the notebook that runs.
/// </summary>
internal sealed class TerminalReporter(IAnsiConsole console, TextWriter errors, bool verbose) : IRunReporter, IDisposable
{
    private readonly TaskCompletionSource _end = new();
    private Task? _display;
    private ProgressContext? _bars;
    private ProgressTask? _run;
    private ProgressTask? _cells;

    /// <inheritdoc/>
    public void Reject(string line) => errors.WriteLine(line);

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
    public void Started(NotebookResult notebook) =>
        _cells = _bars?.AddTask(Markup.Escape(notebook.Shown), maxValue: Math.Max(1, notebook.Cells.Count));

    /// <inheritdoc/>
    public void Started(NotebookResult notebook, CellResult cell)
    {
        if (_cells is not null)
            _cells.Description = Markup.Escape($"{notebook.Shown} In [{cell.ExecutionCount}]");
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook, CellResult cell)
    {
        _cells?.Increment(1);
        if (verbose)
            console.WriteLine($"  {Summary.Cell(notebook, cell)}");
    }

    /// <inheritdoc/>
    public void Finished(NotebookResult notebook)
    {
        _run?.Increment(1);
        _cells?.StopTask();
        if (_cells is not null)
            _cells.Value = _cells.MaxValue;
        var colour = notebook.Passed ? "green" : "red";
        var first = true;
        foreach (var line in Summary.Notebook(notebook))
        {
            console.MarkupLine(first ? $"[{colour}]{Markup.Escape(line)}[/]" : Markup.Escape(line));
            first = false;
        }
    }

    /// <inheritdoc/>
    public void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration)
    {
        Dispose();
        var colour = results.All(result => result.Passed) ? "green" : "red";
        console.MarkupLine($"[{colour}]{Markup.Escape(Summary.Run(results, notebooks, duration))}[/]");
    }

    /// <summary>Takes the bars away, also when the run was interrupted.</summary>
    public void Dispose()
    {
        _end.TrySetResult();
        _display?.Wait(TimeSpan.FromSeconds(5));
    }
}
