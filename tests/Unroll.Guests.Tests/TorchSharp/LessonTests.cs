using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>The lessons as they are, in our host, on libtorch: chosen by the environment for the whole run.</summary>
public sealed partial class LessonTests : IDisposable
{
    private const string Variable = "UNROLL_ENGINE";

    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        [Variable] = $"{Repository.PathOf("artifacts", "lib", "Unroll.TorchSharp.dll")};cpu",
    };

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Lessons =>
        ["01-stacked-lstm", "02-return-sequences", "03-layer-shapes", "05-inputs-and-outputs"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task Show_on_libtorch_what_is_committed(string lesson)
    {
        Libtorch.Need();
        var run = await Command.DotNetAsync(
            Repository.Root, Environment, Repository.Host, "run", "--check", Repository.Lesson(lesson), "--output", _folder.Path);
        Assert.True(run.ExitCode == 0, run.Printed);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task Make_every_Predict_and_Fit_on_libtorch(string lesson)
    {
        Libtorch.Need();
        var notebook = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Lesson(lesson), TestContext.Current.CancellationToken))!;
        var cells = notebook["cells"]!.AsArray();
        string[] code = [.. cells.Where(cell => (string?)cell!["cell_type"] == "code").Select(Source)];
        foreach (var cell in cells.Where(cell => (string?)cell!["cell_type"] == "code"))
            cell!["source"] = Source(cell).Replace("../artifacts/", Repository.PathOf("artifacts/"), StringComparison.Ordinal);
        cells.Add(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = "count",
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["source"] = "Console.Write(Unroll.Backend.Engine)",
        });
        var copy = _folder[$"{lesson}.ipynb"];
        await File.WriteAllTextAsync(copy, notebook.ToJsonString(), TestContext.Current.CancellationToken);

        var run = await Command.DotNetAsync(Repository.Root, Environment, Repository.Host, "run", copy, "--output", _folder["out"]);

        Assert.True(run.ExitCode == 0, run.Printed);
        var outputs = CellOutputs.OfNotebook(await File.ReadAllTextAsync(Path.Combine(_folder["out"], $"{lesson}.ipynb"), TestContext.Current.CancellationToken));
        var predicts = code.Sum(cell => Predict().Count(cell));
        var fits = code.Sum(cell => Fit().Count(cell));
        Assert.Equal($"TorchSharpEngine: Predict {predicts}, Evaluate 0, Fit {fits}, TrainOnBatch 0", (string?)outputs[^1].Items.Single()["stream"]);
    }

    private static string Source(JsonNode? cell) => cell!["source"] is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)cell["source"]!;

    // No lesson calls them in a loop.
    [GeneratedRegex(@"\.Predict(All)?\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Predict();

    [GeneratedRegex(@"\.Fit\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fit();
}
