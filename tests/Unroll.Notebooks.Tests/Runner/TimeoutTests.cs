using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Notebooks whose cells do not end.</summary>
public sealed class TimeoutScenario : Scenario
{
    protected override string[] Arguments => ["--timeout", "5"];

    protected override void Write()
    {
        new NotebookBuilder()
            .Code("Console.Write(\"before\");\nwhile (true) { }", "raises-exception")
            .Code("1")
            .Save(Notebooks, "loop.ipynb");
        new NotebookBuilder().Code("await Task.Delay(-1)").Save(Notebooks, "await.ipynb");
    }
}

public sealed class TimeoutTests(TimeoutScenario scenario) : IClassFixture<TimeoutScenario>
{
    [Theory]
    [InlineData("loop")]
    [InlineData("await")]
    public void A_cell_that_does_not_end_is_stopped_in_spite_of_its_tag(string name) => Assert.Equal(
        ("CellTimeout", "the cell did not end within 5 s (--timeout), and its process was stopped"),
        scenario.Executed(name).Cells[0].Error);

    [Fact]
    public void What_it_had_printed_is_kept_and_the_rest_is_not_run()
    {
        var cells = scenario.Executed("loop").Cells;
        Assert.Equal("stdout: before", cells[0].Shown[0]);
        Assert.Null(cells[1].Count);
        Assert.Empty(cells[1].Outputs);
    }

    [Fact]
    public void The_report_shows_the_source_of_the_cell() => Assert.Contains("    2  while (true) { }", scenario.Result.Lines);

    [Fact]
    public void The_run_fails() => Assert.Equal(1, scenario.Result.ExitCode);
}
