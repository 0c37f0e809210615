using Unroll.Notebooks.Jupyter.Serving;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class CodeTests
{
    [Theory]
    [InlineData("1 + 1")]
    [InlineData("")]
    [InlineData("var x = 1;")]
    [InlineData("class A { }")]
    [InlineData("Console.WriteLine(\"ö\")")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("using System;\nnew Uri(\"x\")")]
    [InlineData("#r \"nuget: Some.Package, 1.0.0\"\nvar x = 1;")]
    [InlineData("#i \"nuget: https://example.org\"")]
    [InlineData("#!time\n1 + 1")]
    [InlineData("#!html\n")]
    [InlineData("undeclared + 1")]
    public void Whole(string code) => Assert.Equal("complete", Completeness.Check(code).Status);

    [Theory]
    [InlineData("if (true) {", 4)]
    [InlineData("foo(", 4)]
    [InlineData("var x = 1", 0)]
    [InlineData("class A\n{\n    void B()\n    {", 8)]
    [InlineData("var s = @\"open", 0)]
    [InlineData("/* open", 0)]
    [InlineData("var a = new[] { 1,", 4)]
    [InlineData("\"{\" +", 0)]
    public void Unfinished(string code, int indent)
    {
        var reply = Completeness.Check(code);

        Assert.Equal("incomplete", reply.Status);
        Assert.Equal(new string(' ', indent), reply.Indent);
    }

    [Theory]
    [InlineData("int = ;")]
    [InlineData("}")]
    [InlineData("var x = 1 2 3;")]
    public void Wrong_whatever_follows(string code) => Assert.Equal("invalid", Completeness.Check(code).Status);

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("a😀b", 2, 3)]
    [InlineData("😀", 1, 2)]
    [InlineData("\ud83d", 1, 1)]
    [InlineData("\ud83dx", 2, 2)]
    public void Places_are_counted_both_ways(string text, int position, int index)
    {
        Assert.Equal(index, CodePoints.ToIndex(text, position));
        Assert.Equal(position, CodePoints.FromIndex(text, index));
    }
}
