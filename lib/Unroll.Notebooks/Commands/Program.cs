using System.Reflection;
using Unroll.Notebooks.KernelHost;
using Unroll.Notebooks.Runner;
using Unroll.Notebooks.Session;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Commands;

/// <summary>The host of C# notebooks.</summary>
internal static class Program
{
    /// <summary>What no command expects is a fault of this program or of where it lies, and is said as that.</summary>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            return await RunAsync(args).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Not Console.Error: it opens files, which there may be no room for.
            using var errors = new StreamWriter(Console.OpenStandardError());
            await errors.WriteLineAsync(Explain(error)).ConfigureAwait(false);
            return ExitCode.BadInput;
        }
    }

    /// <summary>What other programs start needs no command line parser, and starts faster without one.</summary>
    private static Task<int> RunAsync(string[] args) => args switch
    {
        [SessionCommand.Verb, var pipeName] => Task.FromResult(SessionHost.Run(pipeName, isForPerson: false)),
        [SessionCommand.Verb, var pipeName, SessionCommand.ForPerson] => Task.FromResult(SessionHost.Run(pipeName, isForPerson: true)),
        ["kernel", "run", var file] when !file.StartsWith('-') => RunKernelAsync(file),
        [RunVerb.Name, .. var rest] when !rest.Any(IsAboutItself) => RunNotebooksAsync(args),
        _ => CommandLine.RunAsync(args),
    };

    private static async Task<int> RunKernelAsync(string connectionFile) =>
        await KernelProgram.RunAsync(connectionFile).ConfigureAwait(false) ? ExitCode.Passed : ExitCode.BadInput;

    /// <summary>Reading the command line and the notebooks takes as long as the start of a session, so they go side by side.</summary>
    private static async Task<int> RunNotebooksAsync(string[] args)
    {
        await using var first = PrestartedProcess.ForAny();
        return await CommandLine.RunAsync(args, first).ConfigureAwait(false);
    }

    private static bool IsAboutItself(string arg) => arg is "--help" or "-h" or "-?" or "/?" or "--version";

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
        return cause is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception
            ? $"This machine does not let the program work: {cause.Message}"
            : $"This should not happen: {cause}";
    }
}
