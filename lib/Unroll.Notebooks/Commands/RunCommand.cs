using System.Diagnostics;
using Unroll.Notebooks.Reports;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Commands;

/// <summary>A whole run: reads every notebook, runs them, sums up and writes the reports.</summary>
internal sealed class RunCommand(RunSettings settings, IRunReporter reporter, PrestartedProcess? first)
{
    /// <summary>Runs what the settings name and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var start = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        var finder = new NotebookFinder(Directory.GetCurrentDirectory());
        var (all, errors) = finder.Find(settings);
        if (errors.Count > 0)
        {
            foreach (var error in errors)
                reporter.Reject(error);
            return ExitCode.BadInput;
        }

        if (!TryTakeShard(all, out var tasks))
            return ExitCode.BadInput;
        IReadOnlyList<NotebookResult> results = [];
        if (tasks.Count > 0)
        {
            reporter.Begin(tasks.Count);
            results = await new NotebookBatch(settings, reporter, first).RunAsync(tasks, cancellation).ConfigureAwait(false);
            reporter.End(results, tasks.Count, watch.Elapsed);
        }

        // Reports first: whatever a page is made of, a machine learns how the run ended.
        var isWritten = TryWrite(settings.Trx, "the report", path => TrxReport.Write(path, results, start))
            & TryWrite(settings.JUnit, "the report", path => JUnitReport.Write(path, results, start));
        if (!settings.InPlace && tasks.Count > 0)
            isWritten &= TryWrite(finder.IndexPage(settings), "a page", index => PageWriter.Write(Pages(results, tasks), index));
        if (!isWritten)
            return ExitCode.BadInput;
        if (results.Count > 0 && results.All(IsSkipped) && (settings.Shard is null || all.Select(task => new NotebookResult(task)).All(IsSkipped)))
        {
            reporter.Reject("no notebook was run: there is none in C# or F#");
            return ExitCode.Failed;
        }

        return results.All(result => result.Passed) ? ExitCode.Passed : ExitCode.Failed;
    }

    private static bool IsSkipped(NotebookResult result) => result.WhySkipped is not null;

    /// <summary>What this run has to do of <paramref name="all"/>; false where the times that share it out cannot be read.</summary>
    private bool TryTakeShard(IReadOnlyList<NotebookTask> all, out IReadOnlyList<NotebookTask> tasks)
    {
        tasks = all;
        if (settings.Shard is not { } shard)
            return true;
        try
        {
            var plan = ShardPlan.Make(shard, all, RecordedTimes.Read(settings.Times));
            reporter.Note(Summary.Shard(plan, settings.Times.Count > 0));
            tasks = plan.Mine;
            return true;
        }
        catch (InvalidDataException error)
        {
            reporter.Reject(error.Message);
            return false;
        }
    }

    private static List<(NotebookResult Result, string Copy)> Pages(IReadOnlyList<NotebookResult> results, IReadOnlyList<NotebookTask> tasks) =>
    [
        .. results.Join(tasks, result => result.Notebook, task => task.Notebook, (result, task) => (Result: result, Task: task))
            .Where(each => each.Task.Fault is null && each.Result.WhySkipped is null)
            .Select(each => (each.Result, each.Task.Target)),
    ];

    /// <summary>Writes one of the files that a run leaves; one that cannot be written is said, and the next is tried.</summary>
    private bool TryWrite(string? path, string what, Action<string> write)
    {
        if (path is null)
            return true;
        try
        {
            write(path);
            return true;
        }
        catch (Exception error)
        {
            reporter.Reject($"{what} cannot be written: {error.Message}");
            return false;
        }
    }
}
