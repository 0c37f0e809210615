using System.Diagnostics;

namespace Unroll.Guests.Tests.Support;

/// <summary>How a program ended, and all it printed.</summary>
internal sealed record Command(int ExitCode, string Printed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Runs <c>dotnet</c> to its end; one that takes too long is killed, and the test fails.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="environment">Variables beside the ones of the tests.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    public static async Task<Command> DotNetAsync(string folder, IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Command(process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within {Longest}.", late);
        }
    }
}
