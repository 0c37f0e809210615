using System.Diagnostics;
using Unroll.Notebooks.Pages;
using Unroll.Notebooks.Reporting;

namespace Unroll.Notebooks.Running;

/// <summary>A whole run: reads every notebook, runs them, sums up and writes the reports.</summary>
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
        var finder = new NotebookFinder(Directory.GetCurrentDirectory());
        var (tasks, errors) = finder.Find(settings);
        if (errors.Count > 0)
        {
            foreach (var error in errors)
                reporter.Reject(error);
            return BadInput;
        }

        reporter.Begin(tasks.Count);
        var results = await new NotebookBatch(settings, reporter).RunAsync(tasks, cancellation).ConfigureAwait(false);
        reporter.End(results, tasks.Count, watch.Elapsed);
        if (settings.Trx is { } trx)
            TrxReport.Write(trx, results, start);
        if (settings.JUnit is { } junit)
            JUnitReport.Write(junit, results, start);
        if (!settings.InPlace)
            PageWriter.Write([.. results.Join(tasks, result => result.Notebook, task => task.Notebook, (result, task) => (result, task.Target))], finder.IndexPage(settings));
        return results.All(result => result.Passed) ? Passed : Failed;
    }
}
