using System.Diagnostics;
using System.Runtime.InteropServices;
using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Startup;

/// <summary>Runs the notebook host as a process of its own, from start to exit.</summary>
/// <param name="Seconds">The median.</param>
/// <param name="LeastSeconds">The least.</param>
/// <param name="HostBytes">The peak memory of the process that was started.</param>
/// <param name="LessonBytes">The highest peak of the processes that it started, one for each notebook.</param>
internal sealed record StartupRun(double Seconds, double LeastSeconds, long HostBytes, long LessonBytes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    public static StartupRun Measure(string host, string[] notebooks, int count, bool cold)
    {
        var output = Directory.CreateTempSubdirectory("unroll-startup").FullName;
        try
        {
            var runs = Enumerable.Range(0, count).Select(_ => Once(host, [.. notebooks, "--output", output], cold)).ToList();
            return new StartupRun(
                Statistics.Median(runs.Select(run => run.Seconds)),
                runs.Min(run => run.Seconds),
                runs.Max(run => run.HostBytes),
                runs.Max(run => run.LessonBytes));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static StartupRun Once(string host, string[] arguments, bool cold)
    {
        if (cold) FileCache.Forget(RuntimeEnvironment.GetRuntimeDirectory(), Path.GetDirectoryName(host)!, Path.Combine(Repository.Root, "artifacts", "lib"));
        var start = new ProcessStartInfo("dotnet", [host, "run", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        var before = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var peaks = new Dictionary<int, long>();
        while (!process.WaitForExit(Interval))
        {
            if (!ProcessTree.IsReadable) continue;
            foreach (var (id, peak) in ProcessTree.PeakMemory(process.Id)) peaks[id] = Math.Max(peak, peaks.GetValueOrDefault(id));
        }

        var seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        if (process.ExitCode != 0) throw new InvalidOperationException($"run ended with {process.ExitCode}:\n{said.Result}");
        peaks.Remove(process.Id, out var own);
        return new StartupRun(seconds, seconds, own, peaks.Values.DefaultIfEmpty().Max());
    }
}
