using System.Xml.Linq;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Reports;
using Unroll.Notebooks.Runner;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Three notebooks of which one is slow as long as there is no report, run once with both reports.</summary>
public sealed class ShardScenario : Scenario
{
    protected override string[] Arguments => ["--junit", "times/run.xml", "--trx", "run.trx"];

    protected override void Write()
    {
        new NotebookBuilder().Code("1").Save(Notebooks, "a.ipynb");
        new NotebookBuilder().Code("if (!System.IO.File.Exists(\"../run.trx\")) await Task.Delay(4000);").Save(Notebooks, "b.ipynb");
        new NotebookBuilder().Code("1").Save(Notebooks, "c.ipynb");
    }
}

public sealed class ShardTests(ShardScenario scenario) : IClassFixture<ShardScenario>
{
    [Theory]
    [InlineData("times/run.xml")]
    [InlineData("times")]
    [InlineData("run.trx")]
    public void The_times_of_a_report_part_the_slow_one_from_the_others(string times)
    {
        var tasks = ((string[])["a", "b", "c"]).Select(name => $"notebooks/{name}.ipynb")
            .Select(path => new NotebookTask(new Notebook(path, [], []), path, path)).ToList();
        var plan = ShardPlan.Make(new Shard(1, 2), tasks, RecordedTimes.Read([scenario.Folder[times]]));
        Assert.Equal(3, plan.WithTime);
        Assert.Equal([tasks[1]], plan.Mine);
    }

    [Fact]
    public async Task Each_machine_runs_its_part_and_the_slow_one_is_alone()
    {
        var slow = await Cli.RunAsync(scenario.Folder.Path, "--shard", "1/2", "--times", "run.trx", "--output", "slow");
        var others = await Cli.RunAsync(scenario.Folder.Path, "--shard", "2/2", "--times", "times", "--output", "others");
        Assert.Equal((0, 0), (slow.ExitCode, others.ExitCode));
        Assert.Matches(@"^shard 1/2: 1 of 3 notebooks, \d+\.\d s of \d+\.\d s by recorded times; plan [0-9a-f]{8}$", slow.Lines[0]);
        Assert.Matches(@"^shard 2/2: 2 of 3 notebooks, \d+\.\d s of \d+\.\d s by recorded times; plan [0-9a-f]{8}$", others.Lines[0]);
        Assert.Equal(slow.Lines[0][^8..], others.Lines[0][^8..]);
        Assert.True(File.Exists(scenario.Folder["slow", "b.ipynb"]), "the slow one did not run");
        Assert.Equal(["a.ipynb", "c.ipynb"], Directory.GetFiles(scenario.Folder["others"], "*.ipynb").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_shard_with_nothing_to_do_says_so_and_is_well()
    {
        var result = await Cli.RunAsync(scenario.Folder.Path, "--shard", "4/4", "--junit", "empty.xml", "--output", "empty");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches("^shard 4/4: 0 of 3 notebooks; plan [0-9a-f]{8}; nothing to run$", Assert.Single(result.Lines));
        Assert.Equal("0", XDocument.Load(scenario.Folder["empty.xml"]).Root!.Attribute("tests")!.Value);
        Assert.False(Directory.Exists(scenario.Folder["empty"]), "a folder for no copies");
    }

    [Fact]
    public async Task A_report_of_other_notebooks_is_said_to_know_none()
    {
        await WriteAsync("other.xml", """<testsuites><testsuite name="elsewhere.ipynb" time="1.5"/></testsuites>""");
        var result = await Cli.RunAsync(scenario.Folder.Path, "--shard", "3/3", "--times", "other.xml", "--output", "other");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("shard 3/3: 1 of 3 notebooks (--times knows none of them); plan ", result.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_in_another_language_may_be_all_that_a_shard_has()
    {
        using var folder = new TempFolder();
        new NotebookBuilder().Code("1").Save(folder["notebooks"], "a.ipynb");
        new NotebookBuilder().Code("#!python\nx = 1").Save(folder["notebooks"], "b.ipynb");
        var foreign = await Cli.RunAsync(folder.Path, "--shard", "2/2");
        Assert.Equal((0, ""), (foreign.ExitCode, foreign.Error));
        File.Delete(folder["notebooks", "a.ipynb"]);
        var alone = await Cli.RunAsync(folder.Path, "--shard", "1/2");
        Assert.Equal((1, "no notebook was run: there is none in C# or F#"), (alone.ExitCode, alone.ErrorLines[^1]));
    }

    [Theory]
    [InlineData("<html/>", "not a report of --junit or --trx: its outermost element is html")]
    [InlineData("<testsuites><testsuite name=\"a\"/></testsuites>", "not a report of --junit or --trx: an element testsuite has no attribute time")]
    [InlineData("<testsuites>", "not a report of --junit or --trx: ")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"run.trx\">]><testsuites>&b;</testsuites>", "not a report of --junit or --trx: ")]
    public async Task What_is_not_a_report_is_refused(string text, string fault)
    {
        var name = $"bad-{Guid.NewGuid():N}.xml";
        await WriteAsync(name, text);
        var result = await Cli.RunAsync(scenario.Folder.Path, "--shard", "1/2", "--times", name);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"--times {name}: {fault}", result.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_missing_is_an_error_and_not_another_plan()
    {
        Directory.CreateDirectory(scenario.Folder["no-reports"]);
        var gone = await Cli.RunAsync(scenario.Folder.Path, "--shard", "1/2", "--times", "gone.xml");
        var empty = await Cli.RunAsync(scenario.Folder.Path, "--shard", "1/2", "--times", "no-reports");
        Assert.Equal((2, 2), (gone.ExitCode, empty.ExitCode));
        Assert.StartsWith("--times gone.xml: cannot be read: ", gone.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal(["--times no-reports: no report (*.xml, *.trx) in this folder"], empty.ErrorLines);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(scenario.Folder[name], text, TestContext.Current.CancellationToken);
}
