using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents.Comparing;

namespace Unroll.Notebooks.Tests;

public class OutputCheckerTests
{
    private static string Stream(string name, params string[] lines) => new JsonObject
    {
        ["output_type"] = "stream",
        ["name"] = name,
        ["text"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]),
    }.ToJsonString();

    private static string Value(string kind, string data) =>
        $$"""{"output_type":"{{kind}}","execution_count":3,"metadata":{},"data":{{data}}}""";

    private static IReadOnlyList<string> Compare(string[] expected, string[] actual) => OutputChecker.Compare(
        new JsonArray([.. expected.Select(text => JsonNode.Parse(text))]),
        new JsonArray([.. actual.Select(text => JsonNode.Parse(text))]));

    [Fact]
    public void Execution_counts_metadata_and_the_cutting_of_streams_do_not_matter() => Assert.Empty(Compare(
        [Stream("stdout", "a\n"), Stream("stdout", "b\n"), """{"output_type":"execute_result","execution_count":1,"metadata":{"x":1},"data":{"text/plain":"a\nb"}}"""],
        [Stream("stdout", "a\n", "b\n"), """{"output_type":"execute_result","execution_count":2,"metadata":{},"data":{"text/plain":["a\n","b"]}}"""]));

    /// <summary>Most public notebooks were executed on Windows.</summary>
    [Fact]
    public void The_ends_of_lines_do_not_matter()
    {
        Assert.Empty(Compare([Stream("stdout", "one\r\n", "two\r\n")], [Stream("stdout", "one\n", "two\n")]));
        Assert.Empty(Compare([Value("display_data", """{"text/plain":"a\r\nb"}""")], [Value("display_data", """{"text/plain":["a\n","b"]}""")]));
        Assert.NotEmpty(Compare([Stream("stdout", "one\rtwo\n")], [Stream("stdout", "onetwo\n")]));
    }

    [Fact]
    public void Shows_the_lines_that_differ() => Assert.Equal(
        ["output 1 of 1 (stream stdout), line 2:", "  expected: (2, 3)", "  got:      (2, 4)"],
        Compare([Stream("stdout", "0.500001\n", "(2, 3)\n")], [Stream("stdout", "0.500002\n", "(2, 4)\n")]));

    /// <summary>A picture of trained weights differs in the last digits from one processor to another.</summary>
    [Fact]
    public void Drawings_in_the_addresses_of_images_are_compared_by_their_numbers()
    {
        static string Picture(string svg) => Value("display_data", new JsonObject
        {
            ["text/html"] = $"<img src=\"data:image/svg+xml;base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg))}\">",
        }.ToJsonString());

        Assert.Empty(Compare([Picture("<svg><path d=\"M1.000001 2\"/></svg>")], [Picture("<svg><path d=\"M1.000002 2\"/></svg>")]));
        Assert.Contains("d=\"M3 2\"", Compare([Picture("<svg><path d=\"M1 2\"/></svg>")], [Picture("<svg><path d=\"M3 2\"/></svg>")])[2], StringComparison.Ordinal);
        Assert.NotEmpty(Compare(
            [Value("display_data", """{"text/html":"<img src='data:image/svg+xml;base64,AAA'>"}""")],
            [Value("display_data", """{"text/html":"<img src='data:image/svg+xml;base64,AAB'>"}""")]));
    }

    [Fact]
    public void Says_how_many_more_lines_differ()
    {
        var lines = Compare([Stream("stdout", "a\nb\nc\nd\n")], [Stream("stdout", "e\nf\ng\nh\ni\n")]);
        Assert.Equal(10, lines.Count);
        Assert.Equal("  and 3 more lines differ", lines[^1]);
    }

    [Fact]
    public void A_missing_line_is_said() => Assert.Equal(
        ["output 1 of 1 (stream stderr), line 2:", "  expected: b", "  got:      (no such line)"],
        Compare([Stream("stderr", "a\nb")], [Stream("stderr", "a")]));

    [Fact]
    public void A_long_line_is_shown_around_the_difference()
    {
        var prefix = new string('x', 500);
        var lines = Compare([Stream("stdout", prefix + "A" + prefix)], [Stream("stdout", prefix + "B" + prefix)]);
        Assert.Contains("xxxAxxx", lines[1], StringComparison.Ordinal);
        Assert.InRange(lines[1].Length, 150, 190);
    }

    [Fact]
    public void Counts_the_outputs() => Assert.Equal(
        ["expected 2 outputs (stream stdout, stream stderr); got 1 output (stream stdout)"],
        Compare([Stream("stdout", "a"), Stream("stderr", "b")], [Stream("stdout", "a")]));

    [Fact]
    public void No_output_where_there_was_one() =>
        Assert.Equal(["expected 1 output (stream stdout); got no output"], Compare([Stream("stdout", "a")], []));

    [Fact]
    public void Compares_kinds() => Assert.Equal(
        ["output 1 of 1 (display_data): got execute_result"],
        Compare([Value("display_data", "{}")], [Value("execute_result", "{}")]));

    [Fact]
    public void Compares_the_views() => Assert.Equal(
        ["output 1 of 1 (display_data): expected the views text/html, text/plain; got text/plain"],
        Compare([Value("display_data", """{"text/plain":"a","text/html":"b"}""")], [Value("display_data", """{"text/plain":"a"}""")]));

    [Fact]
    public void Html_and_svg_have_the_same_tolerance() => Assert.Empty(Compare(
        [Value("display_data", """{"text/html":"<td>0.123456</td>","image/svg+xml":"M1.00001"}""")],
        [Value("display_data", """{"text/html":"<td>0.123457</td>","image/svg+xml":"M1.00002"}""")]));

    [Fact]
    public void Json_may_come_in_another_order() => Assert.Empty(Compare(
        [Value("display_data", """{"application/json":{"a":1,"b":[0.50001,null]}}""")],
        [Value("display_data", """{"application/json":{"b":[0.50002,null],"a":1}}""")]));

    [Fact]
    public void Json_integers_are_exact() => Assert.NotEmpty(Compare(
        [Value("display_data", """{"application/json":{"a":100000}}""")], [Value("display_data", """{"application/json":{"a":100001}}""")]));

    [Fact]
    public void Pictures_are_exact() => Assert.NotEmpty(Compare(
        [Value("display_data", """{"image/png":"1.50001"}""")], [Value("display_data", """{"image/png":"1.50002"}""")]));

    [Fact]
    public void Errors_are_compared_without_their_traceback()
    {
        const string Before = """{"output_type":"error","ename":"E","evalue":"m","traceback":["a"]}""";
        Assert.Empty(Compare([Before], ["""{"output_type":"error","ename":"E","evalue":"m","traceback":["b"]}"""]));
        Assert.NotEmpty(Compare([Before], ["""{"output_type":"error","ename":"F","evalue":"m","traceback":["a"]}"""]));
    }
}
