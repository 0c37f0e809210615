using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Server;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class HistoryTests
{
    private readonly SessionHistory _history = new();

    public HistoryTests()
    {
        foreach (var (input, line) in new[] { "using System;", "var x = 1;", "x", "var x = 1;", "Print(x)" }.Select((input, i) => (input, i + 1)))
            _history.Add(line, input);
        _history.SetOutput(5, "1");
    }

    [Theory]
    [InlineData(2, "4 5")]
    [InlineData(0, "")]
    [InlineData(-1, "")]
    [InlineData(99, "1 2 3 4 5")]
    [InlineData(null, "1 2 3 4 5")]
    public void Tail_gives_the_last_ones(int? count, string lines) =>
        Assert.Equal(lines, Lines(new HistoryRequest("tail", N: count)));

    [Theory]
    [InlineData(2, 4, 0, "2 3")]
    [InlineData(1, null, 1, "1 2 3 4 5")]
    [InlineData(null, 3, 0, "1 2")]
    [InlineData(-2, null, 0, "4 5")]
    [InlineData(-3, -1, 0, "3 4")]
    [InlineData(4, 2, 0, "")]
    [InlineData(1, 9, 7, "")]
    public void Range_gives_lines_of_this_session(int? start, int? stop, int session, string lines) =>
        Assert.Equal(lines, Lines(new HistoryRequest("range", Session: session, Start: start, Stop: stop)));

    [Theory]
    [InlineData("*x*", false, null, "2 3 4 5")]
    [InlineData("*x*", true, null, "3 4 5")]
    [InlineData("var*", false, 1, "4")]
    [InlineData("?", false, null, "3")]
    [InlineData("[a-v]*", false, null, "1 2 4")]
    [InlineData("X*", false, null, "")]
    [InlineData(null, false, null, "1 2 3 4 5")]
    public void Search_gives_what_a_pattern_describes(string? pattern, bool unique, int? count, string lines) =>
        Assert.Equal(lines, Lines(new HistoryRequest("search", Pattern: pattern, Unique: unique, N: count)));

    [Fact]
    public void Outputs_come_when_they_are_asked_for()
    {
        var found = _history.Find(new HistoryRequest("tail", Output: true, N: 2)).History;

        Assert.Equal("""[1,4,["var x = 1;",null]]""", found[0].GetRawText());
        Assert.Equal("""[1,5,["Print(x)","1"]]""", found[1].GetRawText());
    }

    [Fact]
    public void Only_so_much_is_remembered()
    {
        var large = new string('x', 1_000_000);
        for (var line = 6; line < 60; line++)
            _history.Add(line, large);

        var found = _history.Find(new HistoryRequest("tail")).History;
        Assert.InRange(found.Count, 10, 16);
        Assert.Equal(59, found[^1][1].GetInt32());
    }

    [Fact]
    public void A_pattern_made_to_take_forever_does_not()
    {
        var text = new string('a', 20_000);
        var pattern = string.Concat(Enumerable.Repeat("a*", 50)) + "b";

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(Glob.Matches(pattern, text));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("**", "", true)]
    [InlineData("a*b*c", "aXXbYYc", true)]
    [InlineData("a*b*c", "aXXbYY", false)]
    [InlineData("*ab", "aab", true)]
    [InlineData("[!a]b", "cb", true)]
    [InlineData("[^a]b", "ab", false)]
    [InlineData("[]]", "]", true)]
    [InlineData("[ab", "[ab", true)]
    [InlineData("[", "[", true)]
    [InlineData("x[", "x[", true)]
    [InlineData("[^", "[^", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("*[0-9]", "line 7", true)]
    public void Patterns_describe_the_whole_text(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.Matches(pattern, text));

    private string Lines(HistoryRequest request) =>
        string.Join(' ', _history.Find(request).History.Select(entry => entry[1].GetInt32()));
}
