using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A person saves the notebook while it runs in place.</summary>
public sealed class ChangedMeanwhileTests
{
    [Theory]
    [InlineData("System.IO.File.WriteAllText(\"a.ipynb\", \"the edit\");", "the edit")]
    [InlineData("System.IO.File.Delete(\"a.ipynb\");", null)]
    public async Task The_edit_stays_and_the_result_is_written_beside_it(string edit, string? left)
    {
        using var folder = new TempFolder();
        var path = new NotebookBuilder().Code(edit).Code("40 + 2").Save(folder["notebooks"], "a.ipynb");
        await File.WriteAllTextAsync(folder["notebooks", "a.executed.ipynb"], "of an earlier run", TestContext.Current.CancellationToken);
        var run = await Cli.RunAsync(folder.Path, "--in-place", "notebooks/a.ipynb");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "notebooks/a.ipynb: the file was changed while the notebook ran, and is left as it is; the result is in a.executed-2.ipynb", run.Lines);
        Assert.Equal(left, File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : null);
        Assert.Equal("of an earlier run", await File.ReadAllTextAsync(folder["notebooks", "a.executed.ipynb"], TestContext.Current.CancellationToken));
        Assert.Contains("42", new ExecutedNotebook(folder["notebooks", "a.executed-2.ipynb"]).Root.ToJsonString(), StringComparison.Ordinal);
    }
}
