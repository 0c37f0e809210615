using Unroll.Notebooks.Jupyter.Server;
using Unroll.Notebooks.Session;

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
    public void Whole(string code) => Assert.Equal("complete", CompletenessCheck.Of(code).Status);

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
        var reply = CompletenessCheck.Of(code);

        Assert.Equal("incomplete", reply.Status);
        Assert.Equal(new string(' ', indent), reply.Indent);
    }

    [Theory]
    [InlineData("int = ;")]
    [InlineData("}")]
    [InlineData("var x = 1 2 3;")]
    public void Wrong_whatever_follows(string code) => Assert.Equal("invalid", CompletenessCheck.Of(code).Status);

    /// <summary>The process that parses it would overflow its stack, or be busy for minutes.</summary>
    [Theory]
    [InlineData("A<", 20_000)]
    [InlineData("A<\n", 20_000)]
    [InlineData("[", 4_000)]
    [InlineData("([", 100)]
    [InlineData("a?", 15_000)]
    [InlineData("$\"{", 200)]
    [InlineData("x + ", 100_000)]
    public void Unknown_where_parsing_could_do_harm(string piece, int times) =>
        Assert.Equal("unknown", CompletenessCheck.Of(string.Concat(Enumerable.Repeat(piece, times))).Status);

    [Fact]
    public void Comparisons_and_shifts_do_not_nest() =>
        Assert.Equal("complete", CompletenessCheck.Of(string.Concat(Enumerable.Repeat("Console.Write(1 < 2 && 3 << 1 < 4);\n", 300))).Status);

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
