namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>The mirrored cells build, compile and call what the source's cells do, with the same named arguments.</summary>
public sealed class MirrorTests
{
    public static TheoryData<string, string> Cells => [.. LessonSources.All.SelectMany(lesson =>
        lesson.Value.Select(cell => cell.Source).Where(IsCode).Distinct(StringComparer.Ordinal).Select(source => (lesson.Key, source)))];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_uses_of_Keras_what_its_source_uses(string lesson, string source)
    {
        var code = LessonRun.Committed(lesson).Cells().Single(cell => cell.IsCode() && cell.Source() == source).Code();
        Assert.Equal(LessonConstructs.All.GetValueOrDefault(source, []), KerasWords.Of(code), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_list_of_constructs_belongs_to_a_source_cell() =>
        Assert.Empty(LessonConstructs.All.Keys.Except(LessonSources.All.Values.SelectMany(cells => cells).Select(cell => cell.Source), StringComparer.Ordinal));

    [Theory]
    [InlineData("var m = new Sequential();\nm.Add(new LSTM(1, inputShape: [3, 1]));", "Sequential, add, LSTM input_shape")]
    [InlineData("m.Compile(loss: \"mse\", optimizer: \"adam\");\nm.Predict(x)", "compile loss optimizer, predict")]
    [InlineData("new TimeDistributed(new Conv1D(2, kernelSize: 2)).Apply(x)", "TimeDistributed, Conv1D kernel_size")]
    [InlineData("// m.Add(new Dense(5));", "")]
    [InlineData("model.Layers[2].GetWeights()[0]", "get_weights")]
    public void What_a_cell_uses_is_found_in_the_order_of_the_text(string code, string expected) =>
        Assert.Equal(expected, string.Join(", ", KerasWords.Of(code)));

    private static bool IsCode(string source) =>
        source.Contains(" In[", StringComparison.Ordinal) || source.Contains("code[", StringComparison.Ordinal)
        || source.Contains(" summary[", StringComparison.Ordinal);
}
