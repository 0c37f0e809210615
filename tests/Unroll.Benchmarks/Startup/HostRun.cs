using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Unroll.Benchmarks.Startup;

/// <summary>Runs notebooks in a process of the host, from start to exit.</summary>
internal sealed class HostRun(string host, string[] notebooks)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    /// <summary>How many seconds it took. A cold start reads runtime, host and library from the disk.</summary>
    public double Seconds(bool cold)
    {
        if (cold)
            FileCache.Forget(RuntimeEnvironment.GetRuntimeDirectory(), Path.GetDirectoryName(host)!, Path.Combine(Repository.Root, "artifacts", "lib"));
        var before = Stopwatch.GetTimestamp();
        Run(process => process.WaitForExit());
        return Stopwatch.GetElapsedTime(before).TotalSeconds;
    }

    /// <summary>
    /// The peak memory in bytes of the host, and the highest of the processes it started, one for each notebook. A run of its
    /// own, because looking costs time.
    /// </summary>
    public (long Host, long Notebook) PeakMemory()
    {
        var peaks = new Dictionary<int, long>();
        var own = 0L;
        Run(process =>
        {
            while (!process.WaitForExit(Interval))
            {
                foreach (var (id, peak) in ProcessTree.PeakMemory(process.Id))
                    peaks[id] = Math.Max(peak, peaks.GetValueOrDefault(id));
            }

            peaks.Remove(process.Id, out own);
        });
        return (own, peaks.Values.DefaultIfEmpty().Max());
    }

    private void Run(Action<Process> wait)
    {
        var output = Directory.CreateTempSubdirectory("unroll-startup").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet", [host, "run", .. notebooks, "--output", output]) { UseShellExecute = false, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var said = process.StandardOutput.ReadToEndAsync();
            wait(process);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"run ended with {process.ExitCode}:\n{said.Result}");
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }
}
