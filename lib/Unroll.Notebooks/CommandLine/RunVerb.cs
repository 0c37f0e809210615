using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Unroll.Notebooks.Checking;
using Unroll.Notebooks.Reporting;
using Unroll.Notebooks.Running;

namespace Unroll.Notebooks.CommandLine;

/// <summary>The verb <c>run</c>.</summary>
internal static class RunVerb
{
    private const int Interrupted = 130;

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
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Compare the outputs with those in the files: text and whole numbers (so shapes) exactly, numbers with a point or an exponent to {NumericText.RelativeTolerance} of their size or {NumericText.AbsoluteTolerance}, execution counts not at all."),
    };

    private static readonly Option<double> Timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        DefaultValueFactory = _ => RunSettings.DefaultTimeoutSeconds,
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
        Timeout.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValue(Timeout) is not (> 0 and <= 1_000_000))
                result.AddError("--timeout needs a number of seconds above 0.");
        });
        var run = new Command("run", "Execute notebooks, and write executed copies.")
        {
            Paths, Output, InPlace, Check, Timeout, FailFast, Trx, Verbose,
        };
        run.Validators.Add(result =>
        {
            if (result.GetValue(InPlace) && result.GetValue(Check))
                result.AddError("--check compares with the outputs in the files and --in-place replaces them: use one of the two.");
            if (result.GetValue(InPlace) && result.GetValue(Output) is not null)
                result.AddError("--output writes copies and --in-place writes none: use one of the two.");
        });
        run.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return run;
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
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted: the notebook that ran was stopped, and its file is as it was.").ConfigureAwait(false);
            return Interrupted;
        }
    }
}
