using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Watching;

/// <summary>Runs notebooks, then again each that has changed or whose files have, and writes the pages after every run.</summary>
/// <param name="settings">What to run, and how.</param>
/// <param name="reporter">Shows each run.</param>
/// <param name="pages">Is told when there are new pages.</param>
internal sealed class WatchLoop(RunSettings settings, IRunReporter reporter, LivePages pages)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly NotebookFinder _finder = new(Directory.GetCurrentDirectory());
    private readonly Dictionary<string, WatchedFiles> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NotebookResult> _results = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _said = [];

    /// <summary>Watches until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var (tasks, errors) = _finder.Find(settings);
            foreach (var error in errors.Except(_said, StringComparer.Ordinal))
                reporter.Reject(error);
            _said = errors;
            var changed = tasks.Where(task => !_seen.TryGetValue(task.Notebook.Path, out var seen) || !seen.Same(Look(task))).ToList();
            if (changed.Count > 0 && await RunAsync(changed, cancellation).ConfigureAwait(false))
                Write(tasks);
            await WaitAsync(tasks, hasErrors: errors.Count > 0, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>False where the run was given up, for a notebook changed meanwhile.</summary>
    private async Task<bool> RunAsync(List<NotebookTask> tasks, CancellationToken cancellation)
    {
        pages.Say($"running {string.Join(", ", tasks.Select(task => task.Shown))}");
        foreach (var task in tasks)
            _seen[task.Notebook.Path] = Look(task);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var run = new NotebookBatch(settings, reporter).RunAsync(tasks, stop.Token);
        while (await Task.WhenAny(run, Task.Delay(Pause, cancellation)).ConfigureAwait(false) != run)
        {
            if (cancellation.IsCancellationRequested || tasks.Exists(task => !_seen[task.Notebook.Path].SameNamed(Look(task))))
            {
                await stop.CancelAsync().ConfigureAwait(false);
                break;
            }
        }

        try
        {
            foreach (var result in await run.ConfigureAwait(false))
                _results[result.Notebook.Path] = result;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            foreach (var task in tasks)
                _seen.Remove(task.Notebook.Path);
            return false;
        }

        foreach (var path in _seen.Keys.ToList())
            _seen[path] = _seen[path].With(WatchedFiles.Of(path, Output));
        return true;
    }

    private string Output => Path.GetDirectoryName(_finder.IndexPage(settings))!;

    private WatchedFiles Look(NotebookTask task) => WatchedFiles.Of(task.Notebook.Path, Output);

    private void Write(IReadOnlyList<NotebookTask> tasks)
    {
        try
        {
            PageWriter.Write(
                [.. tasks.Where(task => task.Fault is null && _results.TryGetValue(task.Notebook.Path, out var result) && result.WhySkipped is null)
                    .Select(task => (_results[task.Notebook.Path], task.Target))],
                _finder.IndexPage(settings));
        }
        catch (IOException error)
        {
            reporter.Reject($"a page cannot be written: {error.Message}");
        }

        var failed = tasks.Count(task => _results.TryGetValue(task.Notebook.Path, out var result) && !result.Passed);
        pages.Renew(failed == 0 ? "" : $"{failed} of {tasks.Count} notebooks failed");
    }

    /// <summary>Waits for a change, and until the files are at rest again: an editor may write one in pieces.</summary>
    private async Task WaitAsync(IReadOnlyList<NotebookTask> tasks, bool hasErrors, CancellationToken cancellation)
    {
        while (tasks.All(task => _seen.TryGetValue(task.Notebook.Path, out var seen) && seen.Same(Look(task))))
        {
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            if (hasErrors || (settings.Paths.Count != 1 && _finder.Find(settings).Tasks.Count != tasks.Count))
                break;
        }

        for (var before = tasks.Select(Look).ToList(); ;)
        {
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            var now = tasks.Select(Look).ToList();
            if (before.Zip(now).All(pair => pair.First.Same(pair.Second)))
                return;
            before = now;
        }
    }
}
