using System.Diagnostics;
using System.Globalization;
using Unroll.Notebooks.Tests.Support;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests;

/// <summary>What a run leaves in the folder for temporary files, and who can enter it meanwhile.</summary>
public sealed class SessionFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SessionFilesTests() => Directory.CreateDirectory(_folder["tmp"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_leaves_nothing_not_even_a_cell_that_is_killed()
    {
        Notebook("a", "1");
        Notebook("b", "System.Diagnostics.Process.GetCurrentProcess().Kill();");
        var run = await RunAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task A_run_that_is_refused_ends_the_process_that_was_ready_for_its_first_notebook()
    {
        foreach (var wrong in new[] { "missing.ipynb", "--no-such-option" })
        {
            var run = await Cli.FinishAsync(Process.Start(Start([.. Command(), wrong]))!);
            Assert.Equal(2, run.ExitCode);
            Assert.Empty(Left());
        }
    }

    [Fact]
    public async Task A_process_that_is_ready_ends_with_its_runner_however_that_goes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for the process in /proc, which Linux alone has");
        Notebook("a", "1");
        using var runner = Process.Start(Start(Command()))!;
        int? session = null;
        while (session is null && !runner.HasExited)
            session = Sessions().Cast<int?>().FirstOrDefault();
        await Processes.SignalAsync("KILL", runner.Id);
        Assert.NotNull(session);
        Assert.True(await Processes.EndsAsync(session.Value), "it is still there");
    }

    [Fact]
    public async Task Only_this_user_can_enter_the_folder_of_a_session_whatever_the_umask()
    {
        Notebook("a", """
            foreach (var folder in System.IO.Directory.GetDirectories(System.IO.Path.GetTempPath(), "unroll-session*"))
                Console.Write(System.IO.File.GetUnixFileMode(folder));
            """);
        var run = await Cli.FinishAsync(Process.Start(Start(["sh", "-c", "umask 000; exec \"$@\"", "sh", .. Command()]))!);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["stdout: UserExecute, UserWrite, UserRead"], new ExecutedNotebook(_folder["artifacts", "notebooks", "a.ipynb"]).Cells[0].Shown);
    }

    [Fact]
    public async Task What_a_killed_run_left_goes_with_the_next_and_what_a_living_one_has_stays()
    {
        Notebook("a", "1");
        var dead = _folder["tmp", $"unroll-session.999999999.0123456789ab.tmp"];
        var alive = _folder["tmp", $"unroll-session.{Environment.ProcessId}.0123456789ab.tmp"];
        var others = _folder["tmp", "unroll-session.mine.tmp"];
        foreach (var each in new[] { dead, alive, others })
            Directory.CreateDirectory(each);
        Directory.CreateDirectory(_folder["artifacts", "notebooks"]);
        var draft = _folder["artifacts", "notebooks", $".unroll.999999999.0123456789ab.tmp"];
        await File.WriteAllTextAsync(draft, "half", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync()).ExitCode);
        Assert.Equal([alive, others], Left().Order(StringComparer.Ordinal));
        Assert.False(File.Exists(draft), "the draft is still there");
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/proc")]
    public async Task A_folder_for_temporary_files_that_is_none_is_said_at_once(string place)
    {
        Notebook("a", "1");
        var start = Start(Command());
        start.Environment["TMPDIR"] = place;
        var watch = Stopwatch.StartNew();
        var run = await Cli.FinishAsync(Process.Start(start)!);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith(
            $"notebooks/a.ipynb: its process could not be started: the folder for temporary files, {place}/, cannot be used (TMPDIR names another): ", StringComparison.Ordinal));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"it took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_part_of_the_program_that_is_missing_is_named_at_once()
    {
        Notebook("a", "1");
        Copy(AppContext.BaseDirectory, _folder["host"]);
        File.Delete(_folder["host", "Microsoft.CodeAnalysis.Scripting.dll"]);
        string[] command = [HostCommand.Muxer(), "exec", _folder["host", Path.GetFileName(typeof(HostCommand).Assembly.Location)], "run"];
        var session = await Cli.FinishAsync(Process.Start(Start(command))!);
        Assert.Equal(1, session.ExitCode);
        Assert.Contains(session.Lines, line => line.StartsWith(
            "notebooks/a.ipynb: its process ended before the first cell: The session cannot go on: Could not load file or assembly 'Microsoft.CodeAnalysis.Scripting", StringComparison.Ordinal));

        File.Delete(_folder["host", "System.CommandLine.dll"]);
        var runner = await Cli.FinishAsync(Process.Start(Start(command))!);
        Assert.Equal((2, "A part of this program cannot be loaded: System.CommandLine. Build or install it again."), (runner.ExitCode, runner.ErrorLines[0]));
    }

    private static string[] Command() => [HostCommand.Muxer(), "exec", typeof(HostCommand).Assembly.Location, "run"];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private void Notebook(string name, string code) => new NotebookBuilder().Code(code).Save(_folder["notebooks"], $"{name}.ipynb");

    /// <summary>The processes that were told a pipe in our folder for temporary files.</summary>
    private IEnumerable<int> Sessions()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(each => int.TryParse(Path.GetFileName(each), CultureInfo.InvariantCulture, out _)))
        {
            string command;
            try
            {
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                continue;
            }

            if (command.Contains($"\0session\0{_folder["tmp"]}", StringComparison.Ordinal))
                yield return int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>All but what the runner's own process has there while it runs, and takes away when it ends.</summary>
    private string[] Left() => Directory.GetFileSystemEntries(_folder["tmp"]);

    private async Task<CliResult> RunAsync() => await Cli.FinishAsync(Process.Start(Start(Command()))!);

    private ProcessStartInfo Start(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = _folder["tmp"];
        return start;
    }
}
