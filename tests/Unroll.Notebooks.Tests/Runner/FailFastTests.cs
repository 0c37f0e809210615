using System.Xml.Linq;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A failure that ends a run of several notebooks at once.</summary>
public sealed class FailFastTests
{
    [Fact]
    public async Task What_runs_beside_the_failure_is_stopped_and_what_comes_later_does_not_start()
    {
        using var folder = new TempFolder();
        var notebooks = folder["notebooks"];
        new NotebookBuilder().Code("System.IO.File.WriteAllText(\"a.here\", \"\");\nawait Task.Delay(50_000);").Save(notebooks, "a.ipynb");
        new NotebookBuilder()
            .Code("while (!System.IO.File.Exists(\"a.here\")) await Task.Delay(20);\nthrow new FormatException(\"<oops>\");")
            .Code("1").Code("2", "skip-execution").Save(notebooks, "b.ipynb");
        new NotebookBuilder().Code("1").Save(notebooks, "c.ipynb");

        var run = await Cli.RunAsync(folder.Path, "--parallel", "2", "--fail-fast", "--junit", "run.xml");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("notebooks/a.ipynb: stopped before its end, and not counted", run.Lines[0]);
        Assert.StartsWith("notebooks/b.ipynb: 1 failed, 1 skipped, 1 not run in ", run.Lines[1], StringComparison.Ordinal);
        Assert.Matches(
            @"^3 notebooks, 3 cells: 1 notebook failed, 2 notebooks not run \(1 failed, 1 skipped, 1 not run\) in \d+\.\d s$", run.Lines[^1]);
        Assert.Equal(
            [folder["artifacts", "notebooks", "b.ipynb"]], Directory.GetFiles(folder["artifacts", "notebooks"], "*.ipynb"));

        var suite = Assert.Single(XDocument.Load(folder["run.xml"]).Root!.Elements("testsuite"));
        var failure = suite.Elements("testcase").First().Element("failure")!;
        Assert.Equal(("FormatException", "FormatException: <oops>"), (failure.Attribute("type")!.Value, failure.Attribute("message")!.Value));
        Assert.Contains("throw new FormatException", failure.Value, StringComparison.Ordinal);
        Assert.Equal(
            ["Not run: the notebook had stopped before", "Skipped: tagged skip-execution"],
            suite.Descendants("skipped").Select(each => each.Attribute("message")!.Value));
    }
}
