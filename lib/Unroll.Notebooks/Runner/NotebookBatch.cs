using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Runner;

/// <summary>The notebooks of a run: a number of them at the same time, each compared and written when it has ended.</summary>
internal sealed class NotebookBatch(RunSettings settings, IRunReporter reporter, PrestartedProcess? first = null)
{
    /// <summary>The results of all that came to their end, in the order of <paramref name="tasks"/>.</summary>
    public async Task<IReadOnlyList<NotebookResult>> RunAsync(
        IReadOnlyList<NotebookTask> tasks, CancellationToken cancellation)
    {
        await using var runner = new NotebookRunner(settings, reporter, first);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var places = new SemaphoreSlim(settings.Parallel);
        var runs = new List<Task<NotebookResult?>>();
        foreach (var (task, next) in tasks.Zip([.. tasks.Skip(1), null]))
        {
            // Not cancelled: a notebook that is told to stop releases its place.
            await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
                break;
            runs.Add(RunAsync(task, next, runner, places, stop, cancellation));
        }

        var results = await Task.WhenAll(runs).ConfigureAwait(false);
        return [.. results.OfType<NotebookResult>()];
    }

    private async Task<NotebookResult?> RunAsync(
        NotebookTask task,
        NotebookTask? next,
        NotebookRunner runner,
        SemaphoreSlim places,
        CancellationTokenSource stop,
        CancellationToken cancellation)
    {
        var result = new NotebookResult(task);
        try
        {
            // Side by side the processors are busy, and a process started ahead of time would only stand in the way.
            var ahead = settings.Parallel == 1 ? next?.Notebook : null;
            await runner.RunAsync(result, ahead, stop.Token).ConfigureAwait(false);
            Complete(task, result);
            reporter.Finished(result);
            if (settings.FailFast && !result.Passed)
                await stop.CancelAsync().ConfigureAwait(false);
            return result;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            reporter.Stopped(result);
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Compares and writes; a fault in one notebook must not affect the others.</summary>
    private void Complete(NotebookTask task, NotebookResult result)
    {
        try
        {
            if (settings.Check)
                NotebookChecker.Check(result);
            if (task.Fault is null && result.WhySkipped is null)
                Write(task, result);
        }
        catch (Exception error)
        {
            result.Fault ??= error is IOException or UnauthorizedAccessException
                ? $"its {(settings.InPlace ? "file" : "copy")} cannot be written: {error.Message}"
                : $"its results cannot be written: {error.GetType().Name}: {error.Message}";
        }
    }

    /// <summary>A copy shows how far a failed notebook came; the file itself is only replaced by a whole one.</summary>
    private void Write(NotebookTask task, NotebookResult result)
    {
        if (!settings.InPlace)
        {
            task.Notebook.Save(task.Target);
        }
        else if (!result.Passed)
        {
            result.Notices.Add("the file is left as it was");
        }
        else if (!task.Notebook.TryReplace(task.Target))
        {
            var beside = FileNames.Free(Path.ChangeExtension(task.Target, $".executed{NotebookFile.Ipynb}"));
            task.Notebook.Save(beside);
            result.Fault = $"the file was changed while the notebook ran, and is left as it is; the result is in {Path.GetFileName(beside)}";
        }
    }
}
