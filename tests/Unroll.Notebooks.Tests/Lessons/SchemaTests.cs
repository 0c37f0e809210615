using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>What lies in notebooks/, and what is made of it, against the official schema of the format.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Notebooks =>
    [
        // Exercises are delivered unrun.
        .. Directory.EnumerateFiles(Folder, "*.ipynb", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))
            .Where(file => !file.StartsWith("exercises", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    private static string Folder => Path.Combine(LessonRun.Root, "notebooks");

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_committed_notebook_is_valid_and_was_executed_from_top_to_bottom_without_an_error(string notebook) =>
        NotebookSchema.CheckExecuted(Read(Path.Combine(Folder, notebook)));

    [Fact]
    public async Task What_convert_writes_is_valid()
    {
        using var folder = new TempFolder();
        Assert.Equal(0, (await ConvertAsync(Path.Combine(Folder, $"{LessonSources.All.Keys.First()}.ipynb"), folder["lesson.dib"], "--lossy")).ExitCode);
        Assert.Equal(0, (await ConvertAsync(folder["lesson.dib"], folder["lesson.ipynb"])).ExitCode);
        NotebookSchema.Check(Read(folder["lesson.ipynb"]));
    }

    [Fact]
    public void The_schema_refuses_what_is_not_a_notebook() =>
        Assert.ThrowsAny<Exception>(() => NotebookSchema.Check(JsonNode.Parse("""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code"}]}""")!));

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    private static async Task<CliResult> ConvertAsync(params string[] arguments)
    {
        using var process = Cli.StartVerb(LessonRun.Root, "convert", arguments);
        return await Cli.FinishAsync(process);
    }
}
