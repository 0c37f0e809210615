using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Unroll.Notebooks.Tests.Lessons;

namespace Unroll.Notebooks.Tests.OwnLessons;

/// <summary>Lesson 8, which loads what somebody trained in Keras: what it promises, and that its text says what its cells show.</summary>
public sealed partial class KerasLessonTests
{
    private readonly JsonObject _lesson = LessonRun.Committed("08-from-keras-to-csharp");

    [Fact]
    public void Its_network_is_the_published_file_and_its_source_is_named()
    {
        var data = Path.Combine(LessonRun.Root, "notebooks", "data");
        var file = File.ReadAllBytes(Path.Combine(data, "lstm_model.keras"));
        Assert.Equal("5108040e458cde65c86f02ff9dde4c76c2df64b2c50488e0551f3e5a87af673b", Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Contains("https://github.com/Fauzzzs7/bi_lstm", File.ReadAllText(Path.Combine(data, "README.md")), StringComparison.Ordinal);
        Assert.Contains("data/lstm_model.keras", Cell("load"), StringComparison.Ordinal);
    }

    /// <summary>The numbers were computed from the file's weights by NumPy.</summary>
    [Fact]
    public void The_predictions_of_the_sine_wave_are_those_that_were_computed_elsewhere()
    {
        Assert.Equal([0.2197, 0.5603], Numbers(Shown("sine")));
        Assert.Contains("[0.21967289f, 0.56030414f]", Cell("sine-check"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_shows_the_file_and_draws_network_weights_gates_and_training()
    {
        Assert.Contains("written by Keras 3.4.1", Shown("inspect"), StringComparison.Ordinal);
        Assert.Contains("Total params: 30,651", Shown("inspect"), StringComparison.Ordinal);
        foreach (var id in new[] { "plot", "dense", "trace", "fit-plot" })
            Assert.Contains("data:image/svg", Find(id)["outputs"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_two_meanings_of_hard_sigmoid_are_those_of_the_formulas()
    {
        double[] inputs = [-2, 1, 2];
        var expected = inputs.Select(x => 0.2 * x + 0.5).Concat(inputs.Select(x => x / 6 + 0.5)).ToList();
        var shown = Shown("version-two").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => Numbers(line[line.IndexOf('[', StringComparison.Ordinal)..])).ToList();
        Assert.Equal(expected.Count, shown.Count);
        foreach (var (number, there) in expected.Zip(shown))
            Assert.Equal(number, there, 0.0001);
    }

    [Fact]
    public void Training_on_makes_the_network_better_than_the_rule_of_thumb()
    {
        var before = Numbers(Shown("error"));
        var after = Assert.Single(Numbers(Shown("fit-error")));
        Assert.True(after < before[1] && before[1] < before[0], $"{before[0]}, {before[1]}, {after}");
        Assert.Contains("half of the rule's", Cell("save-text"), StringComparison.Ordinal);
        Assert.InRange(after, 0.4 * before[1], 0.6 * before[1]);
    }

    [Fact]
    public void Every_cell_whose_numbers_training_made_has_the_tag_and_a_tolerance()
    {
        foreach (var id in new[] { "fit", "fit-error", "fit-plot" })
        {
            Assert.Equal("trained", Find(id)["metadata"]!["tags"]!.AsArray().Single()!.GetValue<string>());
            Assert.Equal(0.05, Find(id)["metadata"]!["unroll"]!["tolerance"]!.GetValue<double>());
        }
    }

    [Fact]
    public void A_saved_model_is_checked_to_be_the_same_bit_for_bit_also_when_training_goes_on()
    {
        Assert.Contains("Check.Equal(model.Predict(testX), again.Predict(testX), tolerance: 0);", Cell("save"), StringComparison.Ordinal);
        Assert.Contains("Check.Equal(inMemory, fromFile, tolerance: 0);", Cell("resume"), StringComparison.Ordinal);
        Assert.Equal("the same: False\n", Shown("fresh"));
    }

    [Fact]
    public void A_refusal_names_the_layer_and_the_way_out_which_works()
    {
        Assert.StartsWith("The JSON: layer half (Lambda) holds Python code, which is never run.", Shown("lambda-refused"), StringComparison.Ordinal);
        Assert.Contains("new CustomObjects().AddLayer(\"Lambda\"", Shown("lambda-refused"), StringComparison.Ordinal);
        Assert.Equal([-1, 0.5, 1], Numbers(Shown("custom")));
    }

    [Fact]
    public void The_text_has_the_sizes_that_the_cells_show()
    {
        Assert.Contains("30,651 parameters of four bytes are 122,604", Cell("onnx-size"), StringComparison.Ordinal);
        Assert.InRange(int.Parse(Shown("onnx").Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture), 122_604, 130_000);
        Assert.StartsWith("420 batches", Cell("fit-text"), StringComparison.Ordinal);
        Assert.Contains("420 steps so far", Shown("optimizer"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_temporary_path_is_shown() => Assert.All(
        _lesson.Cells().Where(cell => cell.IsCode()),
        cell => Assert.DoesNotContain("lesson-8-", cell["outputs"]!.ToJsonString(), StringComparison.Ordinal));

    private JsonObject Find(string id) => _lesson.Cells().Single(cell => cell["id"]!.GetValue<string>() == id);

    private string Cell(string id) => Find(id).Code();

    private string Shown(string id) => Find(id).Shown();

    private static double[] Numbers(string text) =>
        [.. Number().Matches(text).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?\d+\.\d*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
