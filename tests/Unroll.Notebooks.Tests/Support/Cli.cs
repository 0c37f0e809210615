using System.Diagnostics;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>What a run of the program left behind.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    public string[] ErrorLines => Error.TrimEnd('\n').Split('\n');
}

/// <summary>Starts the real program, as a user does.</summary>
internal static class Cli
{
    /// <summary>Runs <c>run</c> with <paramref name="arguments"/> in <paramref name="folder"/> and waits for its end.</summary>
    public static async Task<CliResult> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await FinishAsync(process);
    }

    /// <summary>Runs <c>run</c> with a folder of its own for what the program remembers of the user.</summary>
    public static async Task<CliResult> RunAsync(string folder, string userData, string[] arguments)
    {
        var start = HostCommand.Create(["run", .. arguments], folder);
        start.Environment["XDG_DATA_HOME"] = userData;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return await FinishAsync(process);
    }

    /// <summary>Starts <c>run</c> and returns at once.</summary>
    public static Process Start(string folder, params string[] arguments) => StartVerb(folder, "run", arguments);

    /// <summary>Starts any verb and returns at once.</summary>
    public static Process StartVerb(string folder, string verb, params string[] arguments)
    {
        var process = Process.Start(HostCommand.Create([verb, .. arguments], folder))!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits for the end of a run; one that hangs fails the test and is stopped.</summary>
    public static async Task<CliResult> FinishAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(120));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new CliResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
