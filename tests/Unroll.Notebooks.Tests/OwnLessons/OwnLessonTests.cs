using Unroll.Notebooks.Tests.Lessons;

namespace Unroll.Notebooks.Tests.OwnLessons;

/// <summary>The lessons of the default run that have no source: what holds for all of them.</summary>
[Collection(nameof(LessonCollection))]
public sealed class OwnLessonTests(LessonRun run)
{
    private const int LargestFile = 150_000;

    public static TheoryData<string> Lessons =>
    [
        .. Directory.GetFiles(Path.Combine(LessonRun.Root, "notebooks"), "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Except(LessonSources.All.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void There_are_two() => Assert.Equal(["06-what-the-gates-learn", "08-from-keras-to-csharp"], Lessons.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_second_run_shows_the_same_bytes(string lesson)
    {
        Assert.True(run.ExitCode == 0, run.Printed);
        Assert.Equal(
            await File.ReadAllTextAsync(FileOf(lesson), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(run.PathOf(lesson), TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void The_file_is_smaller_than_150_KB(string lesson) => Assert.InRange(new FileInfo(FileOf(lesson)).Length, 1, LargestFile);

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Cells_are_small_and_lines_fit_a_page(string lesson)
    {
        var code = LessonRun.Committed(lesson).Cells().Where(cell => cell.IsCode()).Select(cell => cell.Code().Split('\n')).ToList();
        var lengths = code.Select(lines => lines.Length).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 4);
        Assert.InRange(lengths[^1], 1, 20);
        Assert.All(code.SelectMany(lines => lines), line => Assert.InRange(line.Length, 0, 97));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void It_mirrors_nothing_and_says_so(string lesson)
    {
        var cells = LessonRun.Committed(lesson).Cells().ToList();
        Assert.All(cells, cell => Assert.Null(cell.Source()));
        Assert.Contains("mirrors no source", cells[0].Code(), StringComparison.Ordinal);
    }

    private static string FileOf(string lesson) => Path.Combine(LessonRun.Root, "notebooks", $"{lesson}.ipynb");
}
