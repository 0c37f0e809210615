using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Unroll.Notebooks.Documents.Comparing;
using Unroll.Notebooks.Documents.Parameters;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Commands;

/// <summary>The arguments and options of <c>run</c>.</summary>
internal static class RunOptions
{
    private const int MostParallel = 64;

    public static readonly Argument<string[]> Paths = new("PATH")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Notebooks (.ipynb, .dib), or folders of .ipynb. Without one: the folder notebooks/, in this directory or above it.",
    };

    public static readonly Option<string?> Output = new("--output")
    {
        HelpName = "DIR",
        Description = "Where the executed copies go. Without it: artifacts/notebooks/ beside the folder notebooks/.",
    };

    public static readonly Option<bool> InPlace = new("--in-place")
    {
        Description = "Write the outputs into the notebooks themselves; a notebook that fails is left as it was.",
    };

    public static readonly Option<bool> Check = new("--check")
    {
        Description = "Compare the outputs with those in the files: text and whole numbers (so shapes) exactly, numbers "
            + $"with a point or an exponent to {NumericText.RelativeTolerance} of their size plus "
            + $"{NumericText.AbsoluteTolerance:0.######}, execution counts and tracebacks not at all. "
            + "A cell tagged trained may state another tolerance in its metadata, as unroll.tolerance; its pictures are not compared.",
    };

    public static readonly Option<double> Timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        DefaultValueFactory = _ => RunSettings.DefaultTimeoutSeconds,
        CustomParser = ParseSeconds,
        Description = "How long one cell may take before its process is stopped. A notebook's process has 60 s to start.",
    };

    public static readonly Option<bool> FailFast = new("--fail-fast")
    {
        Description = "End the run at the first notebook that fails, and stop what runs beside it. Without it the others still run.",
    };

    public static readonly Option<int> Parallel = new("--parallel")
    {
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = ParseParallel,
        Description = "How many notebooks run at the same time. Two that write the same files must not.",
    };

    public static readonly Option<Shard?> Part = new("--shard")
    {
        HelpName = "I/N",
        CustomParser = ParseShard,
        Description = "Run the I-th of N parts, to spread a run over machines: each notebook is in exactly one. The parts are equal by the "
            + "times that --times knows, and without it have as many notebooks each as can be.",
    };

    public static readonly Option<string[]> Times = new("--times")
    {
        HelpName = "FILE",
        Description = "A report of an earlier run, made with --junit or --trx, or a folder of them: its times make the parts of --shard "
            + "equal. All parts need the same one. Repeat it for more.",
    };

    public static readonly Option<string[]> Parameters = new("--parameters", "-p")
    {
        HelpName = "NAME=VALUE",
        Description = "Give a variable its value, in a cell of its own after the cell tagged parameters (or first, where "
            + "none is): true, 5, 0.5, [1, 2] and a text are what they look like, \"5\" in quotes is a text. Repeat it for more.",
    };

    public static readonly Option<string[]> Inputs = new("--input")
    {
        HelpName = "NAME=VALUE",
        Description = "Answer what cells ask for, @input:\"name\", GetInputAsync(\"name\"): by the prompt, or the variable that "
            + "#!set and #!value name. Repeat it for more.",
    };

    public static readonly Option<bool> AllowErrors = new("--allow-errors")
    {
        Description = "Go on after a cell that raises an error; the error stays in its outputs and fails nothing. What ends a "
            + "notebook's process (a timeout, a crash, too much output) still fails.",
    };

    public static readonly Option<bool> RecordTiming = new("--record-timing")
    {
        Description = "Say in the metadata of each cell when it ran, as nbclient does. Each run then changes the file.",
    };

    public static readonly Option<string?> JUnit = new("--junit")
    {
        HelpName = "FILE",
        Description = "Write a test report that GitLab and Jenkins read.",
    };

    public static readonly Option<string?> Trx = new("--trx")
    {
        HelpName = "FILE",
        Description = "Write a test report that Visual Studio and Azure DevOps read: a test for each code cell.",
    };

    public static readonly Option<bool> Verbose = new("--verbose") { Description = "A line for each cell." };

    /// <summary>All of them, for one command.</summary>
    public static void AddTo(Command run)
    {
        run.Arguments.Add(Paths);
        foreach (var option in (Option[])
            [Output, InPlace, Check, Timeout, Parallel, Part, Times, Parameters, Inputs, AllowErrors, FailFast, RecordTiming, Trx, JUnit, Verbose])
        {
            run.Options.Add(option);
        }

        run.Validators.Add(result =>
        {
            foreach (var fault in Faults(result))
                result.AddError(fault);
        });
    }

    /// <summary>What the words mean.</summary>
    public static RunSettings Read(ParseResult parsed) => new()
    {
        Paths = parsed.GetValue(Paths) ?? [],
        Output = parsed.GetValue(Output),
        InPlace = parsed.GetValue(InPlace),
        Check = parsed.GetValue(Check),
        CellTimeout = TimeSpan.FromSeconds(parsed.GetValue(Timeout)),
        FailFast = parsed.GetValue(FailFast),
        Parallel = parsed.GetValue(Parallel),
        Shard = parsed.GetValue(Part),
        Times = parsed.GetValue(Times) ?? [],
        Parameters = [.. (parsed.GetValue(Parameters) ?? []).Select(RunParameter.Parse)],
        Inputs = [.. (parsed.GetValue(Inputs) ?? []).Select(Answer)],
        AllowErrors = parsed.GetValue(AllowErrors),
        RecordTiming = parsed.GetValue(RecordTiming),
        Trx = parsed.GetValue(Trx),
        JUnit = parsed.GetValue(JUnit),
    };

    private static IEnumerable<string> Faults(CommandResult result)
    {
        var inPlace = result.GetValue(InPlace);
        var check = result.GetValue(Check);
        if (inPlace && check)
            yield return "--check compares with the outputs in the files and --in-place replaces them: use one of the two.";
        if (inPlace && result.GetValue(Output) is not null)
            yield return "--output writes copies and --in-place writes none: use one of the two.";
        foreach (var text in (result.GetValue(Inputs) ?? []).Where(text => text.IndexOf('=', StringComparison.Ordinal) < 1))
            yield return $"--input needs NAME=VALUE; got \"{text}\".";
        if (result.GetResult(Part) is null && result.GetValue(Times) is { Length: > 0 })
            yield return "--times makes the parts of --shard equal, and there is no --shard: use both, or neither.";
        if (result.GetValue(Parameters) is not { Length: > 0 } texts)
            yield break;
        var parameters = new List<RunParameter>();
        foreach (var text in texts)
        {
            if (RunParameter.TryParse(text, out var parameter, out var fault))
                parameters.Add(parameter);
            else
                yield return fault;
        }

        if (inPlace)
            yield return "--parameters would write its values into the notebook with --in-place: use --output for a copy.";
        if (check)
            yield return "--parameters changes what cells show and --check compares it with the file: use one of the two.";
        foreach (var twice in parameters.GroupBy(each => each.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"--parameters gives {twice.Key} more than one value.";
    }

    private static KeyValuePair<string, string> Answer(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return KeyValuePair.Create(text[..equals].Trim(), text[(equals + 1)..]);
    }

    private static int ParseParallel(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostParallel)
            return number;

        result.AddError($"--parallel needs a whole number from 1 to {MostParallel}; got \"{text}\".");
        return 1;
    }

    private static Shard? ParseShard(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (!Shard.TryParse(text, out var shard))
            result.AddError($"--shard needs I/N, such as 2/8, with I from 1 to N and N up to {Shard.MostCount}; got \"{text}\".");
        return shard;
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
}
