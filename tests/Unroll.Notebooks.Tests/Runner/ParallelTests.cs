using System.Globalization;
using System.Xml.Linq;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Three notebooks, two at a time, with most of what a run can be asked for.</summary>
public sealed class ParallelScenario : Scenario
{
    protected override string[] Arguments =>
    [
        "notebooks", "lesson.dib", "--parallel", "2", "--verbose", "--allow-errors", "--record-timing",
        "--junit", "results/run.xml", "-p", "who=Ada", "--parameters", "rate=1",
    ];

    protected override void Write()
    {
        // Each waits for the other: they pass only if they run at the same time.
        new NotebookBuilder()
            .Code("var who = \"nobody\";\ndouble rate = 0.5;", "parameters")
            .Code("$\"{who} {rate / 2}\"")
            .Code(Meet("a", "b"))
            .Code("await Task.Delay(300);")
            .Save(Notebooks, "a.ipynb");
        new NotebookBuilder()
            .Code("Console.WriteLine(\"before\");\nthrow new FormatException(\"wanted\");")
            .Code(Meet("b", "a"))
            .Code("who")
            .Save(Notebooks, "b.ipynb");
        File.WriteAllText(Folder["lesson.dib"], "#!markdown\n\n# Title\n\n#!csharp\n\nwho + \"!\"\n");
    }

    private static string Meet(string self, string other) => $$"""
        System.IO.File.WriteAllText("{{self}}.here", "");
        for (var i = 0; i < 1000 && !System.IO.File.Exists("{{other}}.here"); i++)
            await Task.Delay(20);
        System.IO.File.Exists("{{other}}.here")
        """;
}

public sealed class ParallelTests(ParallelScenario scenario) : IClassFixture<ParallelScenario>
{
    [Fact]
    public void Two_run_at_a_time()
    {
        Assert.Equal(["execute_result text/plain: True"], scenario.Executed("a").Cells[3].Shown);
        Assert.Equal(["execute_result text/plain: True"], scenario.Executed("b").Cells[2].Shown);
    }

    [Fact]
    public void They_are_told_one_after_the_other()
    {
        var lines = scenario.Result.Lines;
        Assert.Equal(
            [
                "notebooks/a.ipynb: 5 code cells",
                "  cell 1 of 5",
                "  cell 2 of 5",
                "  cell 3 of 5",
                "  cell 4 of 5",
                "  cell 5 of 5",
                "notebooks/a.ipynb: 5 passed",
                "notebooks/b.ipynb: 4 code cells",
                "  cell 1 of 4",
                "  cell 2 of 4",
                "  cell 3 of 4",
                "  cell 4 of 4",
                "notebooks/b.ipynb: 1 with an allowed error, 3 passed",
                "notebooks/b.ipynb: no cell is tagged parameters, so the parameters stand first",
                "notebooks/b.ipynb: cell 2 of 4 (In [2], id cell-1) raised FormatException: wanted",
                "lesson.dib: 2 code cells",
                "  cell 1 of 3",
                "  cell 3 of 3",
                "lesson.dib: 2 passed",
                "lesson.dib: no cell is tagged parameters, so the parameters stand first",
                "3 notebooks, 11 cells: 1 with an allowed error, 10 passed",
            ],
            lines.Select(line => line.Split(line.StartsWith("  ", StringComparison.Ordinal) ? " (In" : " in ")[0]));
    }

    [Fact]
    public void An_allowed_error_is_kept_and_fails_nothing()
    {
        Assert.Equal(["stdout: before\n", "error FormatException: wanted"], scenario.Executed("b").Cells[1].Shown);
        Assert.Equal(0, scenario.Result.ExitCode);
    }

    [Fact]
    public void Parameters_reach_every_notebook_with_the_types_it_declares()
    {
        Assert.Equal(["execute_result text/plain: Ada 0.5"], scenario.Executed("a").Cells[2].Shown);
        Assert.Equal(["execute_result text/plain: Ada"], scenario.Executed("b").Cells[3].Shown);
    }

    [Fact]
    public void A_dib_file_is_written_as_ipynb()
    {
        var lesson = scenario.Executed("lesson");
        Assert.Equal(["execute_result text/plain: Ada!"], lesson.Cells[1].Shown);
        Assert.Equal("markdown", lesson.Root["cells"]![1]!["cell_type"]!.GetValue<string>());
    }

    [Fact]
    public void Each_cell_says_when_it_ran()
    {
        var times = scenario.Executed("a").Cells.Select(cell => cell.Json["metadata"]!["execution"]!.AsObject()).ToList();
        Assert.All(times, time => Assert.Equal(
            ["iopub.execute_input", "iopub.status.busy", "iopub.status.idle", "shell.execute_reply"], time.Select(each => each.Key)));
        Assert.All(times, time => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", time["iopub.status.busy"]!.GetValue<string>()));
        DateTime At(int cell, string key) => DateTime.Parse(times[cell][key]!.GetValue<string>(), CultureInfo.InvariantCulture);
        Assert.True(At(4, "iopub.status.idle") - At(4, "iopub.status.busy") >= TimeSpan.FromMilliseconds(290));
        Assert.True(At(3, "shell.execute_reply") <= At(4, "iopub.execute_input"));
        Assert.Equal(
            ["dotnet_interactive", "execution", "polyglot_notebook", "tags"],
            scenario.Executed("a").Cells[0].Json["metadata"]!.AsObject().Select(each => each.Key));
    }

    [Fact]
    public void JUnit_has_a_suite_for_each_notebook()
    {
        var report = XDocument.Load(scenario.Folder["results", "run.xml"]).Root!;
        Assert.Equal(("11", "0", "0"), (report.Attribute("tests")!.Value, report.Attribute("failures")!.Value, report.Attribute("skipped")!.Value));
        var suites = report.Elements("testsuite").ToList();
        Assert.Equal(["notebooks/a.ipynb", "notebooks/b.ipynb", "lesson.dib"], suites.Select(suite => suite.Attribute("name")!.Value));
        Assert.Equal("cell 2 of 4 (In [2], id cell-1)", suites[1].Elements("testcase").ElementAt(1).Attribute("name")!.Value);
        Assert.InRange(double.Parse(suites[0].Elements("testcase").Last().Attribute("time")!.Value, CultureInfo.InvariantCulture), 0.29, 60);
    }
}
