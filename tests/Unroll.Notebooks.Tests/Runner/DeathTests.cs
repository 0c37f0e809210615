using System.Diagnostics;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Notebooks whose cells end their process, or try to.</summary>
public sealed class DeathScenario : Scenario
{
    /// <summary>Long enough to be found after the run, and like no other process's argument.</summary>
    public static string OrphanSeconds { get; } = $"98765.{Environment.ProcessId}";

    protected override void Write()
    {
        Notebook("overflow", "int Down(int n) => Down(n + 1) + 1;\nDown(0)");
        Notebook("fail-fast", "Environment.FailFast(\"no way on\");", "raises-exception");
        Notebook("orphan", $"System.Diagnostics.Process.Start(\"sleep\", \"{OrphanSeconds}\");\nEnvironment.Exit(3);");
        Notebook("killed", "System.Diagnostics.Process.GetCurrentProcess().Kill();");
        Notebook("thread", """
            new System.Threading.Thread(() => throw new FormatException("thrown aside")).Start();
            System.Threading.Thread.Sleep(300);
            """);
        new NotebookBuilder().Code("Console.WriteLine(\"fine\");").Save(Notebooks, "well.ipynb");
    }

    private void Notebook(string name, string code, params string[] tags) => new NotebookBuilder()
        .Code("Console.WriteLine(\"first\");")
        .Code($"Console.WriteLine(\"before\");\n{code}", tags)
        .Code("Console.WriteLine(\"never\");")
        .Save(Notebooks, $"{name}.ipynb");
}

public sealed class DeathTests(DeathScenario scenario) : IClassFixture<DeathScenario>
{
    [Theory]
    [InlineData("overflow", "StackOverflow", "calls nested too deep, such as a recursion without end; the process of the notebook ended")]
    [InlineData("fail-fast", "ProcessTerminated", "Environment.FailFast or a fatal error of .NET: no way on")]
    [InlineData("orphan", "ProcessExit", "the cell ended the process of the notebook, as Environment.Exit does (exit code 3)")]
    [InlineData("killed", "ProcessKilled", "the process of the notebook was killed, perhaps for lack of memory (exit code 137)")]
    [InlineData("thread", "FormatException", "thrown aside (on a background thread)")]
    public void The_cell_fails_whatever_its_tags_keeps_what_it_printed_and_stops_its_notebook(string name, string error, string message)
    {
        var cells = scenario.Executed(name).Cells;
        Assert.Equal((error, message), cells[1].Error);
        Assert.Equal("stdout: before\n", cells[1].Shown[0]);
        Assert.Equal(["stdout: first\n"], cells[0].Shown);
        Assert.Equal([1, 2, null], cells.Select(cell => cell.Count));
        Assert.Empty(cells[2].Outputs);

        var printed = scenario.Printed(name);
        Assert.Matches("1 failed, 1 passed, 1 not run in ", printed[0]);
        Assert.StartsWith($"notebooks/{name}.ipynb: cell 2 of 3 (In [2], id cell-2)", printed[1], StringComparison.Ordinal);
        Assert.Contains($"  {error}: {message}", scenario.Result.Lines);
    }

    [Fact]
    public void The_overflow_names_the_function_and_nothing_of_the_machine() =>
        Assert.Equal(["   at Down(Int32)"], scenario.Executed("overflow").Cells[1].Traceback.Skip(1));

    [Fact]
    public void A_background_exception_points_into_the_cell() =>
        Assert.Equal("   at Cell[2], line 2", scenario.Executed("thread").Cells[1].Traceback[^1]);

    [Fact]
    public void The_other_notebooks_go_on_and_the_run_fails()
    {
        Assert.Equal(["stdout: fine\n"], scenario.Executed("well").Cells[0].Shown);
        Assert.Equal(1, scenario.Result.ExitCode);
        Assert.Matches(
            @"^6 notebooks, 16 cells: 5 notebooks failed \(5 failed, 6 passed, 5 not run\) in \d+\.\d s$", scenario.Result.Lines[^1]);
        Assert.Equal("", scenario.Result.Error);
    }

    [Fact]
    public void What_a_cell_started_does_not_outlive_the_notebook()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for the process in /proc");
        Assert.DoesNotContain(Process.GetProcessesByName("sleep"), process =>
            File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(DeathScenario.OrphanSeconds, StringComparison.Ordinal));
    }
}
