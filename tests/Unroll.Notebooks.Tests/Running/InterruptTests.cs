using System.Diagnostics;
using System.Globalization;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>The end that comes from outside.</summary>
public sealed class InterruptTests
{
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task No_process_and_no_half_written_file_is_left(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends Unix signals");
        using var folder = new TempFolder();
        var notebook = new NotebookBuilder()
            .Code("System.IO.File.WriteAllText(\"started\", Environment.ProcessId.ToString());\nwhile (true) { }")
            .Save(folder["notebooks"], "a.ipynb");
        var before = await File.ReadAllBytesAsync(notebook, TestContext.Current.CancellationToken);
        using var run = Cli.Start(folder.Path, "--in-place");
        var child = await ChildAsync(folder["notebooks", "started"]);

        using (var kill = Process.Start("kill", [$"-{signal}", run.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var result = await Cli.FinishAsync(run);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.True(await EndsAsync(child), "the notebook's process is still there");
        File.Delete(folder["notebooks", "started"]);
        Assert.Equal([notebook], Directory.GetFiles(folder["notebooks"]));
        Assert.Equal(before, await File.ReadAllBytesAsync(notebook, TestContext.Current.CancellationToken));
        if (exitCode == 130)
        {
            Assert.Equal(
                "Interrupted: the notebook that ran was stopped, and its file is as it was.", Assert.Single(result.ErrorLines));
        }
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

    private static async Task<bool> EndsAsync(int id)
    {
        for (var i = 0; i < 250; i++)
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

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return false;
    }
}
