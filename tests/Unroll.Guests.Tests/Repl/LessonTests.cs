using Unroll.Guests.Tests.TorchSharp;

namespace Unroll.Guests.Tests.Repl;

/// <summary>The lessons in dotnet-repl, with which many still run their notebooks in CI.</summary>
public sealed class LessonTests(DotnetRepl repl, OurHost host)
{
    public static TheoryData<string> Lessons => [.. Repository.Lessons];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task Show_there_what_they_show_in_our_host(string lesson) =>
        CellOutputs.AssertEqual(await host.OutputsAsync(lesson), CellOutputs.OfNotebook(await repl.RunAsync(Repository.Lesson(lesson))));

    /// <summary>With FSharp.Core 10.1 beside the tool. Without extensions its charts have no picture, and one that is updated is there several times.</summary>
    [Fact]
    public async Task The_lesson_with_charts_shows_the_same_numbers()
    {
        var charts = new LessonCells(Repository.ChartLesson).OwnWords("fit", "series", "figure", "xplot-figure");
        var there = CellOutputs.OfNotebook(await repl.RunAsync(Repository.ChartLesson, repl.WithNewFSharpCore()));
        CellOutputs.AssertEqual(await host.OutputsAsync(Path.GetFileNameWithoutExtension(Repository.ChartLesson)), there, charts);
    }

    [Fact]
    public async Task The_lesson_on_files_of_Keras_shows_the_same() => CellOutputs.AssertEqual(
        await host.OutputsAsync(Path.GetFileNameWithoutExtension(Repository.KerasLesson)), CellOutputs.OfNotebook(await repl.RunAsync(Repository.KerasLesson)));

    [Fact]
    public async Task The_lesson_on_TorchSharp_shows_the_same()
    {
        Libtorch.Need();
        var there = CellOutputs.OfNotebook(await repl.RunAsync(Repository.TorchLesson));
        CellOutputs.AssertEqual(await host.RunAsync(Repository.TorchLesson), there, new LessonCells(Repository.TorchLesson).OwnWords());
    }
}
