using System.Diagnostics;
using System.Globalization;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>Processes that a test knows by their id.</summary>
internal static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends a Unix signal, such as <c>TERM</c>.</summary>
    public static async Task SignalAsync(string signal, int id)
    {
        using var kill = Process.Start("kill", [$"-{signal}", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Whether the process is gone, or goes while we wait.</summary>
    public static async Task<bool> EndsAsync(int id)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            try
            {
                using var process = Process.GetProcessById(id);
                if (process.HasExited)
                    return true;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }

        return false;
    }
}
