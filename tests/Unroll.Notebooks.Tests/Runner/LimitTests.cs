using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Notebooks whose cells show more than there is room for, or show it late.</summary>
public sealed class LimitScenario : Scenario
{
    protected override void Write()
    {
        new NotebookBuilder()
            .Code("var line = new string('x', 999);\nfor (var i = 0; i < 100_000; i++)\n    Console.WriteLine(line);")
            .Code("1").Save(Notebooks, "flood.ipynb");
        new NotebookBuilder().Code("new string('x', 5_000_000)").Save(Notebooks, "value.ipynb");
        new NotebookBuilder()
            .Code("System.Diagnostics.Process.Start(\"head\", \"-c 20000000 /dev/zero\").WaitForExit();")
            .Save(Notebooks, "native.ipynb");
        new NotebookBuilder()
            .Code("""
                var go = new TaskCompletionSource();
                _ = Task.Run(async () => { await go.Task; Console.WriteLine("from the first"); });
                """)
            .Code("""
                Console.WriteLine("second");
                go.SetResult();
                await Task.Delay(500);
                """)
            .Code("""
                _ = Task.Run(async () => { await Task.Delay(500); Console.WriteLine("late"); });
                new System.Threading.Timer(_ => throw new FormatException("after the end"), null, 700, -1);
                """)
            .Save(Notebooks, "late.ipynb");
        new NotebookBuilder()
            .Code("_ = Task.Run(async () => { await Task.Delay(60_000); Console.WriteLine(\"too late\"); });")
            .Code("Task.Run(() => { throw new FormatException(\"lost\"); });\nawait Task.Delay(50);\n1")
            .Save(Notebooks, "too-late.ipynb");
    }
}

public sealed class LimitTests(LimitScenario scenario) : IClassFixture<LimitScenario>
{
    [Fact]
    public void A_flood_of_output_is_cut_said_and_failed()
    {
        var cells = scenario.Executed("flood").Cells;
        Assert.Equal(
            ("OutputLimit", "the cell showed more than 4,000,000 characters; the rest is cut, and its process was stopped"), cells[0].Error);
        Assert.Equal(2, cells[0].Outputs.Count);
        Assert.InRange(cells[0].Shown[0].Length, 3_990_000, 4_001_000);
        Assert.Null(cells[1].Count);
    }

    [Theory]
    [InlineData("value")]
    [InlineData("native")]
    public void So_is_one_huge_value_and_what_other_processes_write(string name) =>
        Assert.Equal("OutputLimit", scenario.Executed(name).Cells[0].Error.Name);

    [Fact]
    public void A_task_prints_into_the_cell_that_runs_then()
    {
        var cells = scenario.Executed("late").Cells;
        Assert.Empty(cells[0].Outputs);
        Assert.Equal(["stdout: second\nfrom the first\n"], cells[1].Shown);
    }

    [Fact]
    public void A_task_that_prints_or_fails_after_the_last_cell_is_waited_for() => Assert.Equal(
        ["stdout: late\n", "error FormatException: after the end (on a background thread)"],
        scenario.Executed("late").Cells[2].Shown.Where(line => !line.StartsWith("execute_result", StringComparison.Ordinal)));

    [Fact]
    public void What_never_came_is_said()
    {
        var printed = scenario.Printed("too-late");
        Assert.Matches("2 passed in ", printed[0]);
        Assert.Contains("notebooks/too-late.ipynb: a task that nobody awaited failed: FormatException: lost", printed);
        Assert.Contains(printed, line => line.Contains("was still running 1 s after the last cell", StringComparison.Ordinal));
    }

    [Fact]
    public void The_run_fails() => Assert.Equal(1, scenario.Result.ExitCode);
}
