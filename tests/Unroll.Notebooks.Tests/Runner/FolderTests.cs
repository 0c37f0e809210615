using System.Xml.Linq;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A folder of which not every file is a notebook to run.</summary>
public sealed class MixedFolderScenario : Scenario
{
    protected override string[] Arguments => ["--trx", "results.trx", "--junit", "results.xml"];

    protected override void Write()
    {
        new NotebookBuilder().Code("1").Save(Notebooks, "a-good.ipynb");
        new NotebookBuilder().Markdown("text").Save(Notebooks, "b-prose.ipynb");
        var julia = new NotebookBuilder().Code("println(1)").With(cell => cell.Remove("metadata"));
        julia.Root["metadata"] = System.Text.Json.Nodes.JsonNode.Parse("""{"language_info":{"name":"julia"}}""");
        julia.Save(Notebooks, "c-julia.ipynb");
        new NotebookBuilder().Code("#!pwsh\n$x = 1").Code("#!csharp").Save(Notebooks, "c-selectors.ipynb");
        File.WriteAllText(Path.Combine(Notebooks, "d-json.ipynb"), "{\n  \"cells\": [,]\n}");
        new NotebookBuilder().Code("1").Save(Path.Combine(Notebooks, "e-folder"), "inner.ipynb");
        new NotebookBuilder().Code("2").Save(Notebooks, "f-blocked.ipynb");
        new NotebookBuilder().Code("System.IO.Path.GetFileName(System.IO.Directory.GetCurrentDirectory())").Save(Path.Combine(Folder.Path, "elsewhere"), "g.ipynb");
        File.CreateSymbolicLink(Path.Combine(Notebooks, "g-link.ipynb"), Path.Combine(Folder.Path, "elsewhere", "g.ipynb"));
        Directory.CreateSymbolicLink(Path.Combine(Notebooks, "e-folder", "back"), Notebooks);

        // A folder stands where the copy of f-blocked should go.
        Directory.CreateDirectory(Path.Combine(Folder.Path, "artifacts", "notebooks", "f-blocked.ipynb"));
        File.WriteAllText(Path.Combine(Folder.Path, "artifacts", "notebooks", "f-blocked.ipynb", "in-the-way"), "");
    }
}

/// <summary>One file never stops a folder.</summary>
public sealed class FolderTests(MixedFolderScenario scenario) : IClassFixture<MixedFolderScenario>
{
    [Fact]
    public void Each_file_has_its_own_fate_and_the_run_fails_for_those_that_failed()
    {
        var lines = scenario.Result.Lines;
        Assert.Equal(1, scenario.Result.ExitCode);
        Assert.Contains(lines, line => line.StartsWith("notebooks/a-good.ipynb: 1 passed in ", StringComparison.Ordinal));
        Assert.Contains("notebooks/b-prose.ipynb: has no code cell, so there was nothing to run", lines);
        Assert.Contains("notebooks/c-julia.ipynb: skipped: its language is julia, and this host runs C# and F#", lines);
        Assert.Contains("notebooks/c-selectors.ipynb: skipped: its language is pwsh, and this host runs C# and F#", lines);
        Assert.Contains(lines, line => line.StartsWith("notebooks/d-json.ipynb: (2,13): not JSON: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("notebooks/e-folder/inner.ipynb: 1 passed in ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("notebooks/f-blocked.ipynb: its copy cannot be written: ", StringComparison.Ordinal));
        Assert.StartsWith("8 notebooks, 7 cells: 2 notebooks failed (4 passed, 3 skipped) in ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_written_is_written()
    {
        string Copy(string name) => scenario.Folder["artifacts", "notebooks", name];
        Assert.True(File.Exists(Copy("a-good.ipynb")), "no copy of a good one");
        Assert.True(File.Exists(Copy("b-prose.html")), "no page of prose");
        Assert.False(File.Exists(Copy("c-julia.ipynb")), "a copy of what was not run");
        Assert.False(File.Exists(Copy("d-json.ipynb")), "a copy of what cannot be read");
    }

    [Fact]
    public void A_link_to_a_file_runs_where_the_file_is() =>
        Assert.Contains("elsewhere", File.ReadAllText(scenario.Folder["artifacts", "notebooks", "g-link.ipynb"]), StringComparison.Ordinal);

    [Fact]
    public void The_reports_name_the_files_that_failed()
    {
        var failed = XDocument.Load(scenario.Folder["results.xml"]).Descendants("testcase")
            .Where(test => test.Element("failure") is not null)
            .Select(test => test.Attribute("classname")!.Value);
        Assert.Equal(["notebooks/d-json.ipynb", "notebooks/f-blocked.ipynb"], failed);
        Assert.Equal("Failed", XDocument.Load(scenario.Folder["results.trx"]).Descendants().Single(each => each.Name.LocalName == "ResultSummary").Attribute("outcome")!.Value);
    }

    [Fact]
    public async Task Only_notebooks_in_other_languages_are_no_run()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["notebooks"]);
        File.Copy(scenario.Folder["notebooks", "c-julia.ipynb"], folder["notebooks", "a.ipynb"]);
        var run = await Cli.RunAsync(folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("no notebook was run: there is none in C# or F#", run.ErrorLines[^1]);
        var named = await Cli.RunAsync(folder.Path, "notebooks/a.ipynb");
        Assert.Equal(1, named.ExitCode);
        Assert.Contains("notebooks/a.ipynb: executed no cell: 1 skipped (its language is julia, and this host runs C# and F#)", named.Lines);
    }
}
