namespace Unroll.Guests.Tests.Repl;

/// <summary>The lessons in dotnet-repl, with which many still run their notebooks in CI.</summary>
public sealed class LessonTests(DotnetRepl repl, OurHost host)
{
    public static TheoryData<string> Lessons => [.. Repository.Lessons];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task Show_there_what_they_show_in_our_host(string lesson) =>
        CellOutputs.AssertEqual(await host.OutputsAsync(lesson), CellOutputs.OfNotebook(await repl.RunAsync(Repository.Lesson(lesson))));
}
