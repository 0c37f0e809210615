using Unroll.Notebooks.CommandLine;
using Unroll.Notebooks.Sessions;

namespace Unroll.Notebooks;

/// <summary>The host of C# notebooks.</summary>
internal static class Program
{
    /// <summary>A child process needs no command line parser, and starts faster without one.</summary>
    public static Task<int> Main(string[] args) => args is [SessionHost.Verb, var pipeName]
        ? Task.FromResult(SessionHost.Run(pipeName))
        : Commands.RunAsync(args);
}
