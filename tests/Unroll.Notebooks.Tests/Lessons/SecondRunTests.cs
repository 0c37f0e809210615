using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>The lessons with all their cells twice.</summary>
public sealed class SecondRunScenario : Scenario
{
    protected override string[] Arguments => ["--in-place"];

    protected override void Write()
    {
        var library = Path.Combine(LessonRun.Root, "artifacts", "lib").Replace('\\', '/');
        foreach (var lesson in LessonSources.All.Keys)
        {
            var code = LessonRun.Committed(lesson).Cells().Where(cell => cell.IsCode())
                .Select(cell => cell.Code().Replace("../artifacts/lib", library, StringComparison.Ordinal)).ToList();
            var builder = new NotebookBuilder();
            foreach (var cell in code.Concat(code))
                builder.Code(cell);
            builder.Save(Notebooks, $"{lesson}.ipynb");
        }
    }
}

/// <summary>A learner runs all cells, and then all of them again in the same session.</summary>
public sealed class SecondRunTests(SecondRunScenario scenario) : IClassFixture<SecondRunScenario>
{
    public static TheoryData<string> Lessons => [.. LessonSources.All.Keys];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task All_cells_run_again_show_the_same_names_and_numbers(string lesson)
    {
        Assert.True(scenario.Result.ExitCode == 0, scenario.Result.Output);
        var text = await File.ReadAllTextAsync(Path.Combine(scenario.Notebooks, $"{lesson}.ipynb"), TestContext.Current.CancellationToken);
        var shown = JsonNode.Parse(text)!.AsObject().Cells().Select(cell => cell.Shown()).ToList();
        var half = shown.Count / 2;
        Assert.Equal(shown[..half], shown[half..], StringComparer.Ordinal);
        Assert.Contains(shown, each => each.Length > 0);
    }
}
