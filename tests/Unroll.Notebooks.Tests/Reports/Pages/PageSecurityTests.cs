using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

/// <summary>What is on a page and what is not, read without a browser; Unroll.Browser.Tests shows what one makes of it.</summary>
public sealed class PageSecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Vectors => PageVectors.All;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Prose_and_stored_outputs_hold_nothing_that_runs_or_loads(string vector)
    {
        var page = Parse(DrawnPage.Write(PageVectors.Untrusted(vector), _folder));

        Assert.Contains("script-src 'none'; base-uri 'none'; form-action 'none'", Policy(page));
        Assert.Empty(page.QuerySelectorAll("script, main :is(iframe, frame, object, embed, base, meta, link, style, form, svg), main :not(.math) > math"));
        Assert.All(page.QuerySelectorAll("math, math *"), AssertOurs);
        Assert.All(page.All.SelectMany(each => each.Attributes), attribute => Assert.False(attribute.Name.StartsWith("on", StringComparison.Ordinal), attribute.Name));
        Assert.All(page.QuerySelectorAll("main [src]"), each => Assert.StartsWith("data:image/", each.GetAttribute("src"), StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("main a[href]").Cast<IHtmlAnchorElement>(), link => Assert.True(link.Protocol is "http:" or "https:" or "mailto:" or "about:", link.Href));
        Assert.Equal("the end", page.QuerySelectorAll("section.prose")[^1].TextContent.Trim());
    }

    /// <summary>Formulas are elements of our own around the author's words: of a handful of names, with no way out of them.</summary>
    private static void AssertOurs(IElement element)
    {
        string[] names = ["math", "mi", "mn", "mo", "mrow", "msub", "msup", "mfrac"];
        Assert.Contains(element.LocalName, names);
        Assert.Equal("http://www.w3.org/1998/Math/MathML", element.NamespaceUri);
        Assert.All(element.Attributes, each => Assert.Contains(each.Name, new[] { "alttext", "display", "stretchy" }));
    }

    [Fact]
    public void A_script_of_this_run_is_allowed_by_its_hash_and_what_it_reads_stays()
    {
        const string Script = "if (1 < 2 && '\u00e9') draw();";
        var page = Live($"<div><script>{Script}</script><script type=\"application/json\">{{\"a\":\"<b>\"}}</script><script src=\"https://evil.example/x.js\"></script></div>");

        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));
        Assert.Contains($"script-src 'sha256-{hash}'; base-uri", Policy(page));
        Assert.Equal([Script, "{\"a\":\"<b>\"}"], page.QuerySelectorAll("main script").Select(each => each.TextContent));
        Assert.Contains("Not shown: script from https://evil.example/x.js", page.Body!.TextContent);
    }

    [Fact]
    public void Html_of_this_run_that_a_browser_would_read_in_another_way_is_not_written()
    {
        var page = Live("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;x\"></math>");

        Assert.Contains("cannot be drawn: a browser would not read it as it is written", page.Body!.TextContent);
        Assert.Equal("the end", page.QuerySelector("section.prose")!.TextContent.Trim());
    }

    [Fact]
    public void Prose_keeps_what_prose_is_made_of()
    {
        const string Html = "<div align=\"center\"><b style=\"color: rgba(255, 0, 0, 1)\">red</b><br><details><summary>more</summary>x</details></div>";
        var view = new MarkdownView(new SafeHtml(new PagePictures(_folder.Path)));

        Assert.Contains(Html, view.Write(Html));
        var html = view.Write("- [x] done\n\n| a |\n|---|\n| `b` |\n\nA note[^1] and $x^2$, [a link](../README.md#a) and <me@example.org>.\n\n[^1]: The note.");
        Assert.Contains("<input disabled=\"disabled\" type=\"checkbox\" checked=\"checked\">", html);
        Assert.Contains("<span class=\"math\">", html);
        Assert.Contains("href=\"../README.md#a\"", html);
        Assert.Contains("href=\"mailto:me@example.org\"", html);
        Assert.Contains("href=\"#fn:1\"", html);
        Assert.Contains("id=\"fn:1\"", html);
    }

    [Theory]
    [InlineData("color:red", "color: red")]
    [InlineData("COLOR : RGBA(1, 2, 3, .5) ; text-align:center!important", "color: RGBA(1, 2, 3, .5); text-align: center!important")]
    [InlineData("position:fixed;top:0;z-index:9;width:50%", "width: 50%")]
    [InlineData("margin:-9px;margin-left:-.5em;margin-top:auto", "margin-top: auto")]
    [InlineData("background-color:url(https://evil.example/)", "")]
    [InlineData("color:ur\\6c(x);color:expression(x);color:var(--x);color:xrgb(1)", "")]
    [InlineData("background:red;content:'x';;:;color", "")]
    public void Of_styles_that_nobody_vouches_for_looks_stay(string style, string clean) => Assert.Equal(clean, StyleFilter.Clean(style));

    [Fact]
    public void The_index_has_a_policy_too()
    {
        DrawnPage.Write(new NotebookBuilder().Markdown("# <script>x</script>").Code("1"), _folder);

        var index = Parse(File.ReadAllText(_folder["index.html"]));
        Assert.Contains("default-src 'none'; img-src data:;", Policy(index));
        Assert.Empty(index.QuerySelectorAll("script"));
    }

    private IHtmlDocument Live(string html) => Parse(DrawnPage.Write(
        new NotebookBuilder().Code("1").With(cell => cell["outputs"] = new JsonArray(PageVectors.View("text/html", html))).Markdown("the end"), _folder));

    private static IHtmlDocument Parse(string html) => new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument(html);

    private static string Policy(IDocument page) => page.QuerySelector("head > meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!;
}
