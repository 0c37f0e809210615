using System.Globalization;
using System.Text.RegularExpressions;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>The lessons against their sources and against their committed outputs.</summary>
[Collection(nameof(LessonCollection))]
public sealed partial class LessonTests(LessonRun run)
{
    public static TheoryData<string> Lessons => [.. LessonSources.All.Keys];

    public static TheoryData<string, string> PrintingCells => [.. LessonSources.All.SelectMany(lesson =>
        lesson.Value.Where(cell => cell.Prints.Length > 0).Select(cell => (lesson.Key, cell.Source)))];

    [Fact]
    public void All_run_and_equal_their_committed_outputs()
    {
        Assert.True(run.ExitCode == 0, run.Printed);
        Assert.Matches("[0-9]+ notebooks, [0-9]+ cells: all passed", run.Printed);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void What_a_run_writes_is_valid(string lesson) => NotebookSchema.CheckExecuted(run.Executed(lesson));

    [Fact]
    public void Every_notebook_mirrors_a_source() => Assert.Equal(
        LessonSources.All.Keys.Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(LessonRun.Root, "notebooks")).Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => string.CompareOrdinal(name[..2], "05") <= 0).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Lessons))]
    public void One_cell_for_each_source_cell_in_order(string lesson) => Assert.Equal(
        LessonSources.All[lesson].Select(cell => cell.Source),
        LessonRun.Committed(lesson).Cells().Select(cell => cell.Source()).OfType<string>(),
        StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Code_mirrors_code_and_prose_mirrors_prose(string lesson)
    {
        foreach (var cell in LessonRun.Committed(lesson).Cells().Where(cell => cell.Source() is not null))
        {
            var source = cell.Source()!;
            if (source.Contains(" In[", StringComparison.Ordinal) || source.Contains("code[", StringComparison.Ordinal))
                Assert.True(cell.IsCode(), source);
            if (source.Contains(" text[", StringComparison.Ordinal))
                Assert.False(cell.IsCode(), source);
        }
    }

    [Theory]
    [MemberData(nameof(PrintingCells))]
    public void Prints_the_shapes_and_summaries_of_the_source(string lesson, string source)
    {
        var expected = LessonSources.All[lesson].First(cell => cell.Source == source && cell.Prints.Length > 0).Prints;
        var shown = string.Concat(run.Executed(lesson).Cells().Where(cell => cell.Source() == source && cell.IsCode()).Select(cell => cell.Shown()));
        var lines = shown.Split('\n').Select(line => line.TrimEnd()).ToList();
        var from = 0;
        foreach (var line in expected)
        {
            // A whole line, or for the words that tell a shape inside of one, a part of it.
            var at = lines.FindIndex(from, found => line.StartsWith("shape=", StringComparison.Ordinal)
                ? found.Contains(line, StringComparison.Ordinal)
                : found == line.TrimEnd());
            Assert.True(at >= 0, $"«{line}» does not follow line {from} of\n{shown}");
            from = at + 1;
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Cells_are_small(string lesson)
    {
        var lengths = LessonRun.Committed(lesson).Cells().Where(cell => cell.IsCode()).Select(cell => cell.Code().Split('\n').Length).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 5);
        Assert.InRange(lengths[^1], 1, 25);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void The_library_comes_by_one_relative_path(string lesson)
    {
        var code = LessonRun.Committed(lesson).Cells().Where(cell => cell.IsCode()).Select(cell => cell.Code()).ToList();
        Assert.Contains("#r \"../artifacts/lib/Unroll.Pictures.dll\"", code[0], StringComparison.Ordinal);
        Assert.Single(string.Join('\n', code).Split('\n'), line => line.StartsWith('#'));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Metadata_names_the_kernel_to_Polyglot_Notebooks_and_the_language_to_all_others(string lesson)
    {
        var notebook = LessonRun.Committed(lesson);
        Assert.Equal(4, notebook["nbformat"]!.GetValue<int>());
        Assert.Equal(5, notebook["nbformat_minor"]!.GetValue<int>());
        Assert.Equal(
            """{"kernelspec":{"display_name":".NET (C#)","language":"C#","name":".net-csharp"},"language_info":{"codemirror_mode":"text/x-csharp","file_extension":".cs","mimetype":"text/x-csharp","name":"C#","pygments_lexer":"csharp"},"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":[],"name":"csharp"}]}}}""",
            notebook["metadata"]!.ToJsonString());
        foreach (var cell in notebook.Cells().Where(cell => cell.IsCode()))
        {
            Assert.Equal("csharp", cell["metadata"]!["dotnet_interactive"]!["language"]!.GetValue<string>());
            Assert.Equal("csharp", cell["metadata"]!["polyglot_notebook"]!["kernelName"]!.GetValue<string>());
        }
    }

    [Fact]
    public void The_plain_output_is_the_last_row_of_the_sequence()
    {
        foreach (var (lesson, plain, sequence) in (IEnumerable<(string, string, string)>)
            [("01-stacked-lstm", "In[4]", "In[6]"), ("02-return-sequences", "In[2]", "In[3]")])
        {
            var notebook = run.Executed(lesson);
            var steps = Numbers(notebook.Mirroring(sequence).Shown());
            Assert.Equal(3, steps.Length);
            Assert.Equal(Assert.Single(Numbers(notebook.Mirroring(plain).Shown())), steps[^1], 1e-7);
        }
    }

    [Fact]
    public void The_output_the_last_row_and_h_are_one()
    {
        var notebook = run.Executed("05-inputs-and-outputs");
        var plain = Numbers(notebook.Mirroring("code[5]").Shown());
        var sequence = Numbers(notebook.Mirroring("code[6]").Shown());
        var states = Numbers(notebook.Mirroring("code[7]").Shown());
        var both = Numbers(notebook.Mirroring("code[8]").Shown());
        Assert.Equal((10, 90, 30, 110), (plain.Length, sequence.Length, states.Length, both.Length));
        double[] last = [.. sequence[40..45], .. sequence[85..90]];
        Assert.Equal(plain, last);
        Assert.Equal(plain, states[..10]);
        Assert.Equal(plain, states[10..20]);
        Assert.Equal(sequence, both[..90]);
        Assert.Equal(states[10..], both[90..]);
        Assert.NotEqual(states[10..20], states[20..]);
    }

    [Fact]
    public void The_names_without_returnSequences_are_in_the_error()
    {
        var shown = run.Executed("01-stacked-lstm").Cells().Single(cell => cell["id"]!.GetValue<string>() == "beyond-1").Shown();
        Assert.Equal(
            "lstm_1 expects 3 axes (batch, time, features) but got (None, 64) from lstm. Set returnSequences: true on lstm.\n", shown);
    }

    /// <summary>The floating-point numbers of a text; shapes hold none.</summary>
    private static double[] Numbers(string text) =>
        [.. Number().Matches(text).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?\d+\.\d*(e[+-]\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
