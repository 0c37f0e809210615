using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>A learner runs all cells, and then all of them again in the same session.</summary>
public sealed class SecondRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Lessons => [.. LessonSources.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task All_cells_run_again_show_the_same_names_and_numbers(string lesson)
    {
        var library = Path.Combine(LessonRun.Root, "artifacts", "lib").Replace('\\', '/');
        var code = LessonRun.Committed(lesson).Cells().Where(cell => cell.IsCode())
            .Select(cell => cell.Code().Replace("../artifacts/lib", library, StringComparison.Ordinal)).ToList();
        var builder = new NotebookBuilder();
        foreach (var cell in code.Concat(code))
            builder.Code(cell);
        builder.Save(_folder.Path, "twice.ipynb");

        var result = await Cli.RunAsync(_folder.Path, "twice.ipynb", "--in-place");
        Assert.True(result.ExitCode == 0, result.Output);
        var root = JsonNode.Parse(await File.ReadAllTextAsync(_folder["twice.ipynb"], TestContext.Current.CancellationToken))!.AsObject();
        var shown = root.Cells().Select(cell => cell.Shown()).ToList();
        Assert.Equal(shown[..code.Count], shown[code.Count..], StringComparer.Ordinal);
        Assert.Contains(shown, text => text.Length > 0);
    }
}
