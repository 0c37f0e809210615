using Unroll.Notebooks.Jupyter.Server;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class HelpRequestTests
{
    [Theory]
    [InlineData("model?", "model", false)]
    [InlineData("?Math.Max", "Math.Max", false)]
    [InlineData("  Console.WriteLine??\n", "Console.WriteLine", true)]
    [InlineData("?? List<int>.Add", "List<int>.Add", true)]
    public void A_name_with_question_marks_is_asked_about(string code, string expression, bool isDetailed) =>
        Assert.Equal(new HelpRequest(expression, isDetailed), HelpRequest.Of(code));

    [Theory]
    [InlineData("model")]
    [InlineData("?")]
    [InlineData("a ? b : c")]
    [InlineData("a ?? b")]
    [InlineData("int? n = 3;")]
    [InlineData("?model?")]
    [InlineData("model???")]
    [InlineData("Call()?")]
    [InlineData("a.?")]
    [InlineData("// why?")]
    [InlineData("")]
    public void Everything_else_is_a_cell_to_run(string code) => Assert.Null(HelpRequest.Of(code));
}
