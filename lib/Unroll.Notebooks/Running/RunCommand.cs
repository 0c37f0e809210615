using System.Diagnostics;
using Unroll.Notebooks.Checking;
using Unroll.Notebooks.Reporting;

namespace Unroll.Notebooks.Running;

/// <summary>A whole run: reads every notebook, runs them one after the other, compares, writes, and sums up.</summary>
internal sealed class RunCommand(RunSettings settings, IRunReporter reporter)
{
    /// <summary>All is well.</summary>
    public const int Passed = 0;

    /// <summary>A cell failed or differs, or a notebook ran no cell.</summary>
    public const int Failed = 1;

    /// <summary>Something that was named cannot be run.</summary>
    public const int BadInput = 2;

    /// <summary>Runs what the settings name and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var start = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        var (tasks, errors) = new NotebookFinder(Directory.GetCurrentDirectory()).Find(settings);
        if (errors.Count > 0)
        {
            foreach (var error in errors)
                reporter.Reject(error);
            return BadInput;
        }

        await using var runner = new NotebookRunner(settings.CellTimeout, reporter);
        var results = new List<NotebookResult>();
        reporter.Begin(tasks.Count);
        foreach (var (task, next) in tasks.Zip([.. tasks.Skip(1), null]))
        {
            var result = await runner.RunAsync(task.Notebook, task.Shown, next?.Notebook, cancellation).ConfigureAwait(false);
            results.Add(result);
            if (settings.Check)
                NotebookChecker.Check(result);
            Write(task, result);
            reporter.Finished(result);
            if (settings.FailFast && !result.Passed)
                break;
        }

        reporter.End(results, tasks.Count, watch.Elapsed);
        if (settings.Trx is { } report)
            TrxReport.Write(report, results, start);
        return results.TrueForAll(result => result.Passed) ? Passed : Failed;
    }

    /// <summary>A copy shows how far a failed notebook came; the file itself is only replaced by a whole one.</summary>
    private void Write(NotebookTask task, NotebookResult result)
    {
        if (settings.InPlace && !result.Passed)
            result.Notices.Add("the file is left as it was");
        else
            task.Notebook.Save(task.Target);
    }
}
