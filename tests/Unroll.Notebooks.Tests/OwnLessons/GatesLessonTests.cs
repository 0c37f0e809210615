using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Unroll.Notebooks.Tests.Lessons;

namespace Unroll.Notebooks.Tests.OwnLessons;

/// <summary>Lesson 6, which has no source: what it promises, and that its text says what its cells show.</summary>
public sealed partial class GatesLessonTests
{
    private const string Name = "06-what-the-gates-learn";

    private readonly JsonObject _lesson = LessonRun.Committed(Name);

    [Fact]
    public void It_quotes_the_cell_as_it_is()
    {
        var source = Flat(File.ReadAllText(Path.Combine(LessonRun.Root, "lib", "Unroll", "Layers", "LSTMCell.cs")));
        var quotes = Cell("cell-text").Split("```csharp").Skip(1).Select(part => Flat(part.Split("```")[0])).ToList();
        Assert.Equal(2, quotes.Count);
        Assert.All(quotes, quote => Assert.Contains(quote, source, StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_by_hand_is_the_layers()
    {
        Assert.Equal(Shown("hand-states"), Shown("hand-check"));
    }

    [Fact]
    public void The_input_gate_is_open_at_the_bell_and_shut_afterwards()
    {
        var numbers = Numbers(Shown("compare"));
        Assert.Equal(48, numbers.Length);
        var (input, forget, memory) = (numbers[8..16], numbers[24..32], numbers[40..48]);
        Assert.InRange(input[0], 0.8, 1);
        Assert.All(input[1..], gate => Assert.InRange(gate, 0, 0.05));
        Assert.All(forget, gate => Assert.InRange(gate, 0.95, 1));
        Assert.All(memory, value => Assert.Equal(memory[0], value, 0.01));
    }

    [Fact]
    public void The_answer_has_the_numbers_of_the_table_and_of_the_rule()
    {
        var answer = Cell("answer");
        var errors = PerCent().Matches(Shown("table")).Select(match => match.Value).ToList();
        Assert.Equal(3, errors.Count);
        Assert.All(errors.Append(PerCent().Matches(Shown("baseline"))[^1].Value), error => Assert.Contains(error, answer, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_libraries_draw_the_same_lines()
    {
        var (plotly, xplot) = (Lines("figure"), Lines("xplot-figure"));
        Assert.Equal(4, xplot.Count);
        Assert.Equal(xplot, plotly.Where(line => line.Name.Length > 0));
    }

    private List<(string Name, string Values)> Lines(string id) =>
        [.. Output(id)["data"]!["application/vnd.plotly.v1+json"]!["data"]!.AsArray().Select(trace =>
            (trace!["name"]?.GetValue<string>() ?? "", string.Join(' ', trace["y"]!.AsArray().Select(value => value!.GetValue<double>()))))];

    private JsonObject Find(string id) => _lesson.Cells().Single(cell => cell["id"]!.GetValue<string>() == id);

    private string Cell(string id) => Find(id).Code();

    private string Shown(string id) => Find(id).Shown();

    private JsonNode Output(string id) => Find(id)["outputs"]!.AsArray().Single()!;

    private static string Flat(string code) => Spaces().Replace(code, " ").Trim();

    private static double[] Numbers(string text) =>
        [.. Number().Matches(text).Select(match => double.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?\d\.\d*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\d\.\d %", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PerCent();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
