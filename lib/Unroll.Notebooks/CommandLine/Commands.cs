using System.CommandLine;
using System.Reflection;

namespace Unroll.Notebooks.CommandLine;

/// <summary>The command line.</summary>
internal static class Commands
{
    /// <summary>Parses <paramref name="args"/> and does what they say.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        const string Description = "Runs C# notebooks (.ipynb, .dib) without a person, each in a process of its own, and converts them.";
        var root = new RootCommand(Description) { RunVerb.Create(), KernelVerb.Create(), ConvertVerb.Create() };
        var parsed = root.Parse(args);
        IReadOnlyList<string> faults = UnknownOptions.Of(parsed) is { Count: > 0 } unknown ? unknown : [.. parsed.Errors.Select(error => error.Message)];
        if (faults.Count == 0)
            return await InvokeAsync(parsed).ConfigureAwait(false);

        foreach (var fault in faults)
            await Console.Error.WriteLineAsync(fault).ConfigureAwait(false);
        await Console.Error.WriteLineAsync("Run with --help to see the options.").ConfigureAwait(false);
        return Running.RunCommand.BadInput;
    }

    /// <summary>What no verb expects is a fault of this program or of how it lies on the disk, and is said as that.</summary>
    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync(Explain(error)).ConfigureAwait(false);
            return Running.RunCommand.BadInput;
        }
    }

    private static string Explain(Exception error)
    {
        var cause = error is TypeInitializationException or TargetInvocationException ? error.GetBaseException() : error;
        var part = cause switch
        {
            FileNotFoundException missing => missing.FileName,
            FileLoadException broken => broken.FileName,
            BadImageFormatException broken => broken.FileName,
            _ => null,
        };
        if (part is not null)
            return $"A part of this program cannot be loaded: {part.Split(',')[0]}. Build or install it again.";
        return cause is IOException or UnauthorizedAccessException
            ? $"A file cannot be read or written: {cause.Message}"
            : $"This should not happen: {cause}";
    }
}
