using Unroll.Notebooks.CommandLine;
using Unroll.Notebooks.Kernels;
using Unroll.Notebooks.Sessions;

namespace Unroll.Notebooks;

/// <summary>The host of C# notebooks.</summary>
internal static class Program
{
    /// <summary>What other programs start needs no command line parser, and starts faster without one.</summary>
    public static Task<int> Main(string[] args) => args switch
    {
        [SessionHost.Verb, var pipeName] => Task.FromResult(SessionHost.Run(pipeName, isForPerson: false)),
        [SessionHost.Verb, var pipeName, SessionHost.ForPerson] => Task.FromResult(SessionHost.Run(pipeName, isForPerson: true)),
        ["kernel", "run", var file] when !file.StartsWith('-') => KernelProgram.RunAsync(file),
        _ => Commands.RunAsync(args),
    };
}
