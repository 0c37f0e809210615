using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using Unroll.Notebooks.Checking;
using Unroll.Notebooks.Reporting;
using Unroll.Notebooks.Running;
using Unroll.Notebooks.Sessions;

namespace Unroll.Notebooks.CommandLine;

/// <summary>The verb <c>run</c>.</summary>
internal static class RunVerb
{
    private const int Interrupted = 130;

    private static readonly string Description = $"""
        Execute notebooks and write executed copies. Each notebook runs in a process of its own and stops at its first
        error; cells tagged raises-exception may fail, cells tagged skip-execution are left out. A cell that shows more
        than {EventChannel.OutputLimit:N0} characters is cut and fails.

        Exit codes: 0 all is well, 1 a cell failed or differs or a notebook ran no cell, 2 something that was named cannot
        be run or written, 130 interrupted.

        Examples:
          run                                       every notebook in notebooks/
          run notebooks/01-intro.ipynb --verbose    one of them, a line for each cell
          run --check --trx artifacts/results.trx   compare with the committed outputs, for CI
          run --in-place                            write the outputs into the notebooks
        """;

    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Notebooks, or folders of them. Without one: the folder notebooks/, in this directory or above it.",
    };

    private static readonly Option<string?> Output = new("--output")
    {
        HelpName = "DIR",
        Description = "Where the executed copies go. Without it: artifacts/notebooks/ beside the folder notebooks/.",
    };

    private static readonly Option<bool> InPlace = new("--in-place")
    {
        Description = "Write the outputs into the notebooks themselves; a notebook that fails is left as it was.",
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Compare the outputs with those in the files: text and whole numbers (so shapes) exactly, numbers "
            + $"with a point or an exponent to {NumericText.RelativeTolerance} of their size plus "
            + $"{NumericText.AbsoluteTolerance:0.######}, execution counts and tracebacks not at all.",
    };

    private static readonly Option<double> Timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        DefaultValueFactory = _ => RunSettings.DefaultTimeoutSeconds,
        CustomParser = ParseSeconds,
        Description = "How long one cell may take before its process is stopped. A notebook's process has 60 s to start.",
    };

    private static readonly Option<bool> FailFast = new("--fail-fast")
    {
        Description = "End the run at the first notebook that fails. Without it the other notebooks still run.",
    };

    private static readonly Option<string?> Trx = new("--trx")
    {
        HelpName = "FILE",
        Description = "Write a test report that Visual Studio and Azure DevOps read: a test for each code cell.",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "A line for each cell." };

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var run = new Command("run", Description)
        {
            Paths, Output, InPlace, Check, Timeout, FailFast, Trx, Verbose,
        };
        run.Validators.Add(result =>
        {
            if (result.GetValue(InPlace) && result.GetValue(Check))
            {
                result.AddError(
                    "--check compares with the outputs in the files and --in-place replaces them: use one of the two.");
            }

            if (result.GetValue(InPlace) && result.GetValue(Output) is not null)
                result.AddError("--output writes copies and --in-place writes none: use one of the two.");
        });
        run.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return run;
    }

    private static double ParseSeconds(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= 1_000_000)
        {
            return seconds;
        }

        result.AddError($"--timeout needs a number of seconds above 0 and up to 1000000; got \"{text}\".");
        return 0;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = new RunSettings
        {
            Paths = parsed.GetValue(Paths) ?? [],
            Output = parsed.GetValue(Output),
            InPlace = parsed.GetValue(InPlace),
            Check = parsed.GetValue(Check),
            CellTimeout = TimeSpan.FromSeconds(parsed.GetValue(Timeout)),
            FailFast = parsed.GetValue(FailFast),
            Trx = parsed.GetValue(Trx),
        };
        try
        {
            if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            {
                var lines = new PlainReporter(Console.Out, Console.Error, parsed.GetValue(Verbose));
                return await new RunCommand(settings, lines).RunAsync(cancellation).ConfigureAwait(false);
            }

            using var bars = new TerminalReporter(AnsiConsole.Console, Console.Error, parsed.GetValue(Verbose));
            return await new RunCommand(settings, bars).RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"A file could not be written: {error.Message}").ConfigureAwait(false);
            return RunCommand.BadInput;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            const string Said = "Interrupted: the notebook that ran was stopped, and its file is as it was.";
            await Console.Error.WriteLineAsync(Said).ConfigureAwait(false);
            return Interrupted;
        }
    }
}
