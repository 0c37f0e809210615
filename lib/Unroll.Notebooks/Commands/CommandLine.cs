using System.CommandLine;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Commands;

/// <summary>The command line.</summary>
internal static class CommandLine
{
    /// <summary>Parses <paramref name="args"/> and does what they say.</summary>
    /// <param name="args">The words after the name of the program.</param>
    /// <param name="first">A process that was started for the first notebook of a run; null where there is none.</param>
    public static async Task<int> RunAsync(string[] args, PrestartedProcess? first = null)
    {
        const string Description = "Runs C# notebooks (.ipynb, .dib) without a person, each in a process of its own, and converts them.";
        var root = new RootCommand(Description)
        {
            RunVerb.Create(first), WatchVerb.Create(), KernelVerb.Create(), ConvertVerb.Create(), LessonsVerb.Create(),
        };
        var parsed = root.Parse(args);
        IReadOnlyList<string> faults = UnknownOptions.Of(parsed) is { Count: > 0 } unknown ? unknown : [.. parsed.Errors.Select(error => error.Message)];
        if (faults.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);

        foreach (var fault in faults)
            await Console.Error.WriteLineAsync(fault).ConfigureAwait(false);
        await Console.Error.WriteLineAsync("Run with --help to see the options.").ConfigureAwait(false);
        return ExitCode.BadInput;
    }
}
