using System.Diagnostics;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

/// <summary>Cells and outputs that are small to write and large to read.</summary>
public sealed class HostilePageTests : IDisposable
{
    /// <summary>Far more than a page takes, and far less than one that does not end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly TempFolder _folder = new();

    public static MatrixTheoryData<string, int> Patterns => new(
        [
            "[", "(", "{", "A<", "A<B,", "a?[", "[[(", "$\"{", "$@\"{", "$", "\"", "\"\"\"", "'", "/*", "#", "record ", "not ", "<b>", "<div>", "<b id=1>x<p>",
            "<table><tr><td>", "<svg>", "![", "](", "> ", "- ", "1. ", "*a **a ", "*a_ ", "[^a]", "|a", "a|b\n-|-\n", "`", "``a", "$a", "&a", "<!--", "<![CDATA[", "\u001b]a",
            "\u001b[1", "\ra", "\b", "\0", "\ud800", "\u202e", "<a href=x>", "<p style=color:red;", "<select>", "<math>", "<template>", "<plaintext>", "</p>",
        ],
        [200, 20_000]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Whatever_is_repeated_in_a_cell_or_an_output_its_page_is_drawn_in_time(string pattern, int times)
    {
        var text = string.Concat(Enumerable.Repeat(pattern, times)).Replace('\ud800', '?');
        var watch = Stopwatch.StartNew();

        var page = DrawnPage.Write(
            new NotebookBuilder().Markdown(text).Code(text).With(cell => cell["outputs"] = new JsonArray(
                View("text/html", text), View("text/markdown", text), View("image/svg+xml", text), View("text/plain", text), View("application/json", text))),
            _folder);

        Assert.True(watch.Elapsed < Patience, $"{watch.Elapsed}");
        Assert.DoesNotContain("This page cannot be drawn", page);
        Assert.EndsWith("</html>\n", page);
    }

    [Fact]
    public void A_million_escapes_that_are_never_closed_are_one_pass()
    {
        var text = string.Concat(Enumerable.Repeat("\u001b]a", 1_000_000));
        var watch = Stopwatch.StartNew();

        Assert.Equal(new string('a', 1_000_000), TerminalText.Settle(text));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_line_that_is_written_over_a_million_times_is_one_pass()
    {
        var text = new string('a', 1_000_000) + string.Concat(Enumerable.Repeat("\rb", 1_000_000));
        var watch = Stopwatch.StartNew();

        Assert.Equal($"b{new string('a', 999_999)}", TerminalText.Settle(text));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public void Html_that_asks_for_millions_of_elements_is_refused_before_they_are_made()
    {
        var html = string.Concat(Enumerable.Range(0, 2000).Select(i => $"<p><b id={i}>x"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<UndrawableException>(() => HtmlTree.Parse(html));

        Assert.Equal("it has more than 20,000 elements", error.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000_000);
    }

    [Fact]
    public void Html_that_leaves_thousands_of_elements_open_is_refused_and_closed_ones_are_not()
    {
        static string Repeat(string html) => string.Concat(Enumerable.Repeat(html, 5000));

        Assert.Equal("it has more than 4,000 elements that are not closed", Assert.Throws<UndrawableException>(() => HtmlTree.Parse(Repeat("<div>"))).Message);
        Assert.Equal(10_000, HtmlTree.Parse(Repeat("<div><b>x</b></div>")).QuerySelectorAll("div, b").Length);
        Assert.Equal(10_000, HtmlTree.Parse(Repeat("<p>a<br>") + "<ul>" + Repeat("<li>b") + "</ul>").QuerySelectorAll("p, li").Length);
    }

    [Fact]
    public void Attributes_that_would_be_repeated_are_few_and_short()
    {
        var many = string.Concat(Enumerable.Range(0, 201).Select(i => $" a{i}=1"));

        Assert.Equal("an element in it has more than 200 attributes", Assert.Throws<UndrawableException>(() => HtmlTree.Parse($"<p{many}>x")).Message);
        Assert.Equal(
            "the attributes of a <b> in it have more than 4,096 characters",
            Assert.Throws<UndrawableException>(() => HtmlTree.Parse($"<b title={new string('x', 5000)}>x")).Message);
    }

    [Fact]
    public void Prose_that_is_too_deep_is_shown_as_it_was_written()
    {
        var page = DrawnPage.Write(new NotebookBuilder().Markdown("# Heading").Markdown(new string('>', 20_000) + "<i>").Code("1"), _folder);

        Assert.Contains("This cell cannot be drawn: its parts are too deep inside each other", page);
        Assert.Contains("&gt;&gt;&lt;i&gt;</pre>", page);
        Assert.Contains("<h1 id=\"heading\">Heading</h1>", page);
    }

    [Fact]
    public void Json_that_is_deep_and_wide_does_not_grow_on_the_page()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 400)) + string.Join(',', Enumerable.Repeat("1", 100_000)) + string.Concat(Enumerable.Repeat("]", 400));
        var page = DrawnPage.Write(
            new NotebookBuilder().Code("1").With(cell => cell["outputs"] = new JsonArray(new JsonObject
            {
                ["output_type"] = "display_data",
                ["metadata"] = new JsonObject(),
                ["data"] = new JsonObject { ["application/json"] = JsonNode.Parse(deep, documentOptions: new() { MaxDepth = 512 }) },
            })),
            _folder);

        Assert.InRange(page.Length, 200_000, 400_000);
    }

    private static JsonObject View(string type, string text) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject { [type] = text },
    };
}
