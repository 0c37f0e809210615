using System.Text.Json.Nodes;
using System.Xml.Linq;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A notebook whose outputs were written into its file.</summary>
public sealed class RewriteScenario : Scenario
{
    /// <summary>The notebook's file.</summary>
    public string File => Folder["notebooks", "a.ipynb"];

    protected override string[] Arguments => ["--in-place"];

    internal static NotebookBuilder Notebook() => new NotebookBuilder()
        .Markdown("# Títle 😀")
        .Code("Console.WriteLine(\"loss 0.50001\\n(2, 3)\");\nnew { Id = Guid.NewGuid() == Guid.Empty }")
        .With(cell => ((JsonObject)cell["metadata"]!)["unknown"] = new JsonObject { ["z"] = 1, ["a"] = 1.50m })
        .Code("throw new FormatException(\"wanted\");", "raises-exception");

    protected override void Write() => Notebook().Save(Notebooks, "a.ipynb");
}

/// <summary>The round that a maintainer makes: write outputs into the notebooks, then check them ever after.</summary>
public sealed class RewriteTests(RewriteScenario scenario) : IClassFixture<RewriteScenario>
{
    [Fact]
    public async Task A_notebook_without_outputs_fails_the_check()
    {
        using var folder = new TempFolder();
        RewriteScenario.Notebook().Save(folder["notebooks"], "a.ipynb");
        var check = await Cli.RunAsync(folder.Path, "--check");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains(
            "notebooks/a.ipynb: not committed executed: the file holds no outputs to compare with; run it with --in-place first", check.Lines);
    }

    [Fact]
    public async Task In_place_twice_changes_no_byte_and_then_the_check_passes()
    {
        var (folder, path) = (scenario.Folder, scenario.File);
        Assert.Equal(0, scenario.Result.ExitCode);
        Assert.Matches(@"^1 notebook, 2 cells: all passed in \d+\.\d s$", scenario.Result.Lines[^1]);
        var once = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Cli.RunAsync(folder["notebooks"], "--in-place")).ExitCode);
        Assert.Equal(once, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(folder["notebooks"]));
        Assert.Contains("Títle 😀", System.Text.Encoding.UTF8.GetString(once), StringComparison.Ordinal);
        Assert.Contains("\"unknown\": {\n     \"z\": 1,\n     \"a\": 1.50\n    }", System.Text.Encoding.UTF8.GetString(once), StringComparison.Ordinal);

        var check = await Cli.RunAsync(folder.Path, "--check");
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Equal(once, await File.ReadAllBytesAsync(folder["artifacts", "notebooks", "a.ipynb"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_check_tolerates_digits_and_shows_every_other_difference()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["notebooks"]);
        File.Copy(scenario.File, folder["notebooks", "a.ipynb"]);
        File.Copy(scenario.File, folder["notebooks", "b.ipynb"]);
        Replace(folder["notebooks", "a.ipynb"], "loss 0.50001", "loss 0.50002");
        Replace(folder["notebooks", "b.ipynb"], "\"(2, 3)\\n\"", "\"(2, 4)\\n\"");
        Replace(folder["notebooks", "b.ipynb"], "\"evalue\": \"wanted\"", "\"evalue\": \"unwanted\"");

        var check = await Cli.RunAsync(folder.Path, "--check", "--trx", "results/a.trx");
        Assert.Equal(1, check.ExitCode);
        Assert.Matches("^notebooks/a.ipynb: 2 passed in ", check.Lines[0]);
        Assert.Matches("^notebooks/b.ipynb: 2 different from the file in ", check.Lines[1]);
        Assert.Equal(
            [
                "notebooks/b.ipynb: cell 2 of 3 (In [1], id cell-2)",
                "  output 1 of 2 (stream stdout), line 2:",
                "    expected: (2, 4)",
                "    got:      (2, 3)",
                "notebooks/b.ipynb: cell 3 of 3 (In [2], id cell-3)",
                "  output 1 of 1 (error), line 1:",
                "    expected: FormatException: unwanted",
                "    got:      FormatException: wanted",
            ],
            check.Lines[2..^1]);

        var report = XDocument.Load(folder["results", "a.trx"]);
        XNamespace names = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        var results = report.Descendants(names + "UnitTestResult").ToList();
        var counters = report.Descendants(names + "Counters").Single();
        Assert.Equal(("4", "2"), (counters.Attribute("total")!.Value, counters.Attribute("failed")!.Value));
        Assert.Equal(4, report.Descendants(names + "UnitTest").Select(test => test.Attribute("id")!.Value).Distinct().Count());
        Assert.Equal(["Passed", "Passed", "Failed", "Failed"], results.Select(result => result.Attribute("outcome")!.Value));
        Assert.Contains("expected: (2, 4)", results[2].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_that_fails_is_left_as_it_was_and_fail_fast_stops_the_run()
    {
        using var folder = new TempFolder();
        var bad = new NotebookBuilder().Code("1").Code("oops").Save(folder["notebooks"], "a.ipynb");
        new NotebookBuilder().Code("1").Save(folder["notebooks"], "b.ipynb");
        var before = await File.ReadAllBytesAsync(bad, TestContext.Current.CancellationToken);
        var run = await Cli.RunAsync(folder.Path, "--in-place", "--fail-fast", "--verbose");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(bad, TestContext.Current.CancellationToken));
        Assert.Contains("notebooks/a.ipynb: the file is left as it was", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("  cell 1 of 2 (In [1], id cell-1): done in ", StringComparison.Ordinal));
        Assert.Matches(
            @"^2 notebooks, 2 cells: 1 notebook failed, 1 notebook not run \(1 failed, 1 passed\) in \d+\.\d s$", run.Lines[^1]);
    }

    [Fact]
    public async Task A_notebook_that_ran_no_cell_fails()
    {
        using var folder = new TempFolder();
        new NotebookBuilder().Code("1", "skip-execution").Code("#!pwsh\n1").Save(folder["notebooks"], "a.ipynb");
        var run = await Cli.RunAsync(folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "notebooks/a.ipynb: executed no cell: 1 skipped (tagged skip-execution); 1 skipped (its language is pwsh, and this host runs C# and F#)",
            run.Lines);
    }

    private static void Replace(string path, string old, string text)
    {
        var before = File.ReadAllText(path);
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(old, text, StringComparison.Ordinal));
    }
}
