using System.Diagnostics;
using System.Globalization;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>The end that comes from outside.</summary>
public sealed class InterruptTests
{
    [Theory]
    [InlineData("INT", 130, 1)]
    [InlineData("INT", 130, 2)]
    [InlineData("KILL", 137, 2)]
    public async Task No_process_and_no_half_written_file_is_left(string signal, int exitCode, int parallel)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends Unix signals");
        Assert.SkipWhen(
            signal == "INT" && IgnoresInterrupts(),
            "the tests were started in the background of a shell without job control, which makes them and all they start ignore SIGINT: start them in the foreground");
        using var folder = new TempFolder();
        string[] names = ["a", "b"];
        var notebooks = names[..parallel].Select(name => new NotebookBuilder()
            .Code($"System.IO.File.WriteAllText(\"{name}.started\", Environment.ProcessId.ToString());\nwhile (true) System.Threading.Thread.Sleep(1);")
            .Save(folder["notebooks"], $"{name}.ipynb")).ToArray();
        var before = notebooks.Select(File.ReadAllText).ToArray();
        using var run = Cli.Start(folder.Path, "--in-place", "--parallel", parallel.ToString(CultureInfo.InvariantCulture));
        var children = new List<int>();
        foreach (var name in names[..parallel])
            children.Add(await ChildAsync(folder["notebooks", $"{name}.started"]));

        await Processes.SignalAsync(signal, run.Id);
        var result = await Cli.FinishAsync(run);

        Assert.Equal(exitCode, result.ExitCode);
        foreach (var child in children)
            Assert.True(await Processes.EndsAsync(child), "a notebook's process is still there");
        Assert.Equal(notebooks, Directory.GetFiles(folder["notebooks"], "*.ipynb*").Order(StringComparer.Ordinal));
        Assert.Equal(before, notebooks.Select(File.ReadAllText));
        if (exitCode == 130)
        {
            Assert.Equal(
                parallel == 1
                    ? "Interrupted: the notebook that ran was stopped, and its file is as it was."
                    : "Interrupted: the notebooks that ran were stopped, and their files are as they were.",
                Assert.Single(result.ErrorLines));
        }
    }

    /// <summary>Whether this process ignores SIGINT, which what it starts inherits.</summary>
    private static bool IgnoresInterrupts()
    {
        const string Status = "/proc/self/status";
        const int Interrupt = 2;
        if (!File.Exists(Status))
            return false;
        var ignored = File.ReadLines(Status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        return (ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Interrupt - 1) & 1) == 1;
    }

    /// <summary>The id of the notebook's process, once its cell runs.</summary>
    private static async Task<int> ChildAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (File.Exists(path) && int.TryParse(
                await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture, out var id))
            {
                return id;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The cell did not start.");
    }
}
