using System.Text.Json.Nodes;

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

        // The kernel is new and the process is not: names go on where another lesson left them.
        await kernel.RunAsync("#r \"../artifacts/lib/Unroll.Pictures.dll\"\nUnroll.Backend.ClearSession();");
        var json = await File.ReadAllTextAsync(Repository.Lesson(lesson), TestContext.Current.CancellationToken);
        var outputs = new List<CellOutputs>();
        foreach (var cell in JsonNode.Parse(json)!["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code"))
            outputs.Add(await kernel.RunAsync(string.Concat(cell!["source"]!.AsArray().Select(line => (string)line!))));
        CellOutputs.AssertEqual(await host.OutputsAsync(lesson), outputs);
    }
}
