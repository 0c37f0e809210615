using System.CommandLine;
using Spectre.Console;
using Unroll.Notebooks.Reports;
using Unroll.Notebooks.Runner;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Commands;

/// <summary>The verb <c>run</c>.</summary>
internal static class RunVerb
{
    /// <summary>What the verb is called.</summary>
    public const string Name = "run";

    private static readonly string Description = $"""
        Execute notebooks and write executed copies. Each notebook runs in a process of its own and stops at its first
        error; cells tagged raises-exception may fail, cells tagged skip-execution are left out. A cell that shows more
        than {OutputCut.CellLimit:N0} characters is cut and fails.

        A folder's notebooks in other languages are left alone; a file in it that cannot be read fails, and the others run.

        Exit codes: 0 all is well, 1 a cell failed or differs or a notebook ran no cell or could not be read or written, 2 something
        that was named cannot be run, or a report cannot be written, 130 interrupted.

        Examples:
          run                                       every notebook in notebooks/
          run notebooks/01-intro.ipynb --verbose    one of them, a line for each cell
          run --check --trx artifacts/results.trx   compare with the committed outputs, for CI
          run --in-place                            write the outputs into the notebooks
          run --parallel 2                          two notebooks at a time
          run --shard 2/8 --times times.xml         the second of eight parts of a run that is spread over machines
          run report.ipynb -p year=2026 -p name=Ada with other values than the notebook's own
        """;

    /// <summary>The verb with its options.</summary>
    /// <param name="first">A process that was started for the first notebook; null where there is none.</param>
    public static Command Create(PrestartedProcess? first)
    {
        var run = new Command(Name, Description);
        RunOptions.AddTo(run);
        run.SetAction((parsed, cancellation) => RunAsync(parsed, first, cancellation));
        return run;
    }

    private static async Task<int> RunAsync(ParseResult parsed, PrestartedProcess? first, CancellationToken cancellation)
    {
        var settings = RunOptions.Read(parsed);
        var verbose = parsed.GetValue(RunOptions.Verbose);
        try
        {
            if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            {
                var lines = new OrderedReporter(new PlainReporter(Console.Out, Console.Error, verbose));
                return await new RunCommand(settings, lines, first).RunAsync(cancellation).ConfigureAwait(false);
            }

            using var bars = new TerminalReporter(AnsiConsole.Console, Console.Error, verbose);
            return await new RunCommand(settings, bars, first).RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var said = settings.Parallel == 1
                ? "Interrupted: the notebook that ran was stopped, and its file is as it was."
                : "Interrupted: the notebooks that ran were stopped, and their files are as they were.";
            await Console.Error.WriteLineAsync(said).ConfigureAwait(false);
            return ExitCode.Interrupted;
        }
    }
}
