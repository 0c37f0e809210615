using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents.Comparing;
using Unroll.Notebooks.Tests.Lessons;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Cells that show trained numbers, which differ from processor to processor, state how far they may be off.</summary>
public sealed class TrainedCellTests : IDisposable
{
    private const string Printed = "loss 1.500 after 20 epochs";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.540", true)]
    [InlineData("1.460", true)]
    [InlineData("1.700", false)]
    [InlineData("1.5001", true)]
    public void Numbers_may_be_off_by_the_tolerance_stated(string number, bool passes) =>
        Assert.Equal(passes, Compare(Printed, Printed.Replace("1.500", number, StringComparison.Ordinal), 0.03).Count == 0);

    [Fact]
    public void Words_and_whole_numbers_are_as_strict_as_ever()
    {
        Assert.NotEmpty(Compare(Printed, "loss 1.500 after 21 epochs", 0.5));
        Assert.NotEmpty(Compare(Printed, "error 1.500 after 20 epochs", 0.5));
    }

    [Fact]
    public void What_is_drawn_is_not_compared_and_must_be_there()
    {
        static JsonArray Drawn(string words) => [new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { ["text/html"] = $"<svg><text>{words}</text></svg>", ["text/plain"] = words },
            ["metadata"] = new JsonObject(),
        }];
        Assert.Empty(OutputChecker.Compare(Drawn("* *"), Drawn(" **"), 0.01));
        Assert.NotEmpty(OutputChecker.Compare(Drawn("* *"), Drawn(" **")));
        Assert.NotEmpty(OutputChecker.Compare(Drawn("* *"), [], 0.01));
    }

    [Theory]
    [InlineData(true, true, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 1)]
    public async Task A_check_honours_the_tag_with_a_tolerance(bool hasTag, bool statesTolerance, int exitCode)
    {
        var notebook = new NotebookBuilder().Code("Console.WriteLine(1.52)").With(cell =>
        {
            cell["execution_count"] = 1;
            cell["outputs"] = new JsonArray(new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = "1.5\n" });
            var metadata = (JsonObject)cell["metadata"]!;
            if (hasTag)
                metadata["tags"] = new JsonArray("trained");
            if (statesTolerance)
                metadata["unroll"] = new JsonObject { ["tolerance"] = 0.05 };
        });
        notebook.Save(_folder.Path, "trained.ipynb");
        Assert.Equal(exitCode, (await Cli.RunAsync(_folder.Path, "trained.ipynb", "--check")).ExitCode);
    }

    /// <summary>In the lessons these and no others: what does not come from training has no reason to differ.</summary>
    [Fact]
    public void Only_cells_after_a_training_have_the_tag()
    {
        var folder = Path.Combine(LessonRun.Root, "notebooks");
        var tagged = Directory.GetFiles(folder, "*.ipynb", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(file =>
            JsonNode.Parse(File.ReadAllText(file))!.AsObject().Cells().Where(cell => cell["metadata"]!["tags"] is not null)).ToList();
        Assert.Equal(
            ["fit", "fresh", "after", "compare", "table", "figure", "xplot-figure", "fit", "fit-error", "fit-plot", "fit-here", "fit-there", "loop-run"],
            tagged.Select(cell => (string)cell["id"]!), StringComparer.Ordinal);
        Assert.All(tagged, cell =>
        {
            Assert.Equal("trained", (string?)Assert.Single(cell["metadata"]!["tags"]!.AsArray()));
            Assert.InRange((double)cell["metadata"]!["unroll"]!["tolerance"]!, 0.001, 0.05);
        });
    }

    private static IReadOnlyList<string> Compare(string expected, string actual, double tolerance)
    {
        static JsonArray Stream(string text) => [new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text }];
        return OutputChecker.Compare(Stream(expected), Stream(actual), tolerance);
    }
}
