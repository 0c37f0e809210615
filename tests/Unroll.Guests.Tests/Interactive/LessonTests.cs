using Unroll.Guests.Tests.TorchSharp;

namespace Unroll.Guests.Tests.Interactive;

/// <summary>The lessons in the kernel that Microsoft's installed copies run.</summary>
[Collection(RealKernel.Collection)]
public sealed class LessonTests(OurHost host)
{
    public static TheoryData<string> Lessons => [.. Repository.Lessons];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task Show_there_what_they_show_in_our_host(string lesson)
    {
        using var kernel = new RealKernel();
        CellOutputs.AssertEqual(await host.OutputsAsync(lesson), await RunAsync(kernel, Repository.Lesson(lesson)));
    }

    /// <summary>With the tests' own FSharp.Core 10.1. Without extensions its charts have no picture, and one that is updated is there several times.</summary>
    [Fact]
    public async Task The_lesson_with_charts_shows_the_same_numbers()
    {
        using var kernel = new RealKernel(withPackages: true);
        var charts = new LessonCells(Repository.ChartLesson).OwnWords("fit", "series", "figure", "xplot-figure");
        var there = await RunAsync(kernel, Repository.ChartLesson);
        CellOutputs.AssertEqual(await host.OutputsAsync(Path.GetFileNameWithoutExtension(Repository.ChartLesson)), there, charts);
    }

    [Fact]
    public async Task The_lesson_on_files_of_Keras_shows_the_same()
    {
        using var kernel = new RealKernel();
        var here = await host.OutputsAsync(Path.GetFileNameWithoutExtension(Repository.KerasLesson));
        CellOutputs.AssertEqual(here, await RunAsync(kernel, Repository.KerasLesson));
    }

    [Fact]
    public async Task The_lesson_on_TorchSharp_shows_the_same()
    {
        Libtorch.Need();
        using var kernel = new RealKernel(withPackages: true, Path.GetDirectoryName(Repository.TorchLesson));
        var there = await RunAsync(kernel, Repository.TorchLesson);
        CellOutputs.AssertEqual(await host.RunAsync(Repository.TorchLesson), there, new LessonCells(Repository.TorchLesson).OwnWords());
    }

    private static async Task<IReadOnlyList<CellOutputs>> RunAsync(RealKernel kernel, string notebook)
    {
        // The kernel is new and the process is not: names go on where another lesson left them.
        await kernel.RunAsync($"#r \"{Repository.PathOf("artifacts", "lib", "Unroll.Pictures.dll")}\"\nUnroll.Backend.ClearSession();");
        var outputs = new List<CellOutputs>();
        foreach (var code in new LessonCells(notebook).Codes)
            outputs.Add(await kernel.RunAsync(code));
        return outputs;
    }
}
