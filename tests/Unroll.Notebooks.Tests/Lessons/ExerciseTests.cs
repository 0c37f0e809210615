using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>The exercises fail with a message that helps, and their solutions pass.</summary>
public sealed class ExerciseTests(ExerciseRun run) : IClassFixture<ExerciseRun>
{
    /// <summary>What the check of each exercise says while its gap is open.</summary>
    private static readonly Dictionary<string, string[]> Messages = new(StringComparer.Ordinal)
    {
        ["01-stacked-lstm"] = ["model.Layers.Count is 1, but 3 was expected. The stack has two LSTM layers and a dense layer."],
        ["02-return-sequences"] =
        [
            "outputs has the wrong shape: (4, 1) came, and (4, 6, 1) was expected. It has 2 axes instead of 3. "
            + "The time axis is missing: by default a recurrent layer returns only its last step.",
        ],
        ["03-layer-shapes"] =
        [
            "lowerParameters is 20, but 240 was expected. Each unit reads 3 features and every unit of its own layer, and has a bias, four times.",
        ],
        ["04-stacked-cells"] = ["last should equal whole, but at [0, ", "From which states does the second half start?"],
        ["05-inputs-and-outputs"] = ["encoder.Outputs.Count is 1, but 2 was expected. The encoder returns h and c, and nothing else."],
        ["06-what-the-gates-learn"] = ["The input gate should be open when the bell rings: above 0.99 at the first step."],
        ["07-the-same-network-in-torchsharp"] =
        [
            "there[\"weight_ih_l0\"] has the wrong shape: (3, 20) came, and (20, 3) was expected.",
            "Torch's weights lie on their side.",
        ],
        ["08-from-keras-to-csharp"] =
        [
            "The weights in lstm_model.keras are not those of the model; nothing was changed.",
            "layers/lstm_1/cell has weights of a layer that the model does not have.",
        ],
    };

    public static TheoryData<string> Names => [.. Messages.Keys];

    [Fact]
    public void There_is_one_for_each_lesson_with_its_solution()
    {
        // An appendix has no exercise of its own.
        var lessons = NamesIn("").Concat(NamesIn("torchsharp")).Where(name => !name.Contains("-appendix-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        Assert.Equal(lessons, Messages.Keys, StringComparer.Ordinal);
        Assert.Equal(lessons, NamesIn("exercises"), StringComparer.Ordinal);
        Assert.Equal(lessons, NamesIn("solutions"), StringComparer.Ordinal);
    }

    [Fact]
    public void The_solutions_run_and_equal_their_committed_outputs() => Assert.True(run.Solutions.ExitCode == 0, run.Solutions.Output);

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exercise_fails_as_delivered_with_a_message_that_helps(string name)
    {
        Assert.Equal(1, run.Exercises.ExitCode);
        var errors = run.Executed(name).Cells().Where(cell => cell.IsCode())
            .SelectMany(cell => cell["outputs"]!.AsArray().Where(output => (string?)output!["output_type"] == "error").Select(output => (Cell: (string)cell["id"]!, Error: output!)));
        var (cell, error) = Assert.Single(errors);
        Assert.Equal("check", cell);
        foreach (var part in Messages[name])
            Assert.Contains(part, (string)error["evalue"]!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_solution_differs_from_its_exercise_only_in_the_gap(string name)
    {
        var (exercise, solution) = (CellsOf("exercises", name), CellsOf("solutions", name));
        Assert.Equal(exercise.Select(cell => (string)cell["id"]!), solution.Select(cell => (string)cell["id"]!), StringComparer.Ordinal);
        var different = exercise.Zip(solution).Where(pair => pair.First.Code() != pair.Second.Code()).Select(pair => (string)pair.First["id"]!);
        Assert.Equal(["task", "gap"], different, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exercise_is_delivered_unrun_with_its_hint_folded_away(string name)
    {
        var root = Read("exercises", name);
        NotebookSchema.Check(root);
        Assert.All(root.Cells().Where(cell => cell.IsCode()), cell => Assert.Empty(cell["outputs"]!.AsArray()));
        Assert.StartsWith("<details>\n<summary>Hint</summary>\n\n", root.Cells().Last().Code(), StringComparison.Ordinal);
        var folder = File.Exists(ExerciseRun.PathOf("torchsharp", name)) ? "torchsharp/" : "";
        Assert.Contains($"](../{folder}{name}.ipynb)", root.Cells().First().Code(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesIn(string folder) =>
        Directory.GetFiles(Path.GetDirectoryName(ExerciseRun.PathOf(folder, "any"))!, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static List<JsonObject> CellsOf(string folder, string name) => [.. Read(folder, name).Cells()];

    private static JsonObject Read(string folder, string name) => JsonNode.Parse(File.ReadAllText(ExerciseRun.PathOf(folder, name)))!.AsObject();
}
