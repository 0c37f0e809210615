using System.Text.Json.Nodes;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

public sealed class MarkdownViewTests : IDisposable
{
    private static readonly byte[] Pixel = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private readonly TempFolder _folder = new();
    private readonly MarkdownView _view;

    public MarkdownViewTests() => _view = new MarkdownView(new SafeHtml(new PagePictures(_folder.Path)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Headings_of_all_cells_can_be_linked_to()
    {
        var first = _view.Write("# Two *words*\n\nIt begins.\n\nIn this lesson two layers learn to speak to each other in turn.\n\n## Again");
        var second = _view.Write("## Again");

        Assert.Contains("<h1 id=\"two-words\">", first);
        Assert.Contains("<h2 id=\"again-1\">", second);
        Assert.Equal([new PageHeading(1, "Two words", "two-words"), new(2, "Again", "again"), new(2, "Again", "again-1")], _view.Headings);
        Assert.Equal("In this lesson two layers learn to speak to each other in turn.", _view.Summary);
    }

    [Fact]
    public void Tables_and_code_are_what_they_are()
    {
        var html = _view.Write("| a | b |\n|---|---|\n| 1 | `x < y` |");

        Assert.Contains("<th>a</th>", html);
        Assert.Contains("<code>x &lt; y</code>", html);
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("cs")]
    [InlineData("C#")]
    public void CSharp_in_prose_has_the_colours_of_cells(string info) => Assert.Contains(
        "<pre><code class=\"language-csharp\"><span class=\"k\">var</span> x = y &lt; <span class=\"n\">1</span>;\n\n<span class=\"k\">var</span> z = x;</code></pre>",
        _view.Write($"1. One\n\n   ```{info}\n   var x = y < 1;\n\n   var z = x;\n   ```\n"));

    [Fact]
    public void Other_code_is_as_it_is() => Assert.Contains("<pre><code class=\"language-text\">var x;\n</code></pre>", _view.Write("```text\nvar x;\n```"));

    [Fact]
    public void Pictures_beside_the_notebook_and_attached_ones_are_carried_along()
    {
        File.WriteAllBytes(_folder["a b.png"], Pixel);
        var attachments = new JsonObject { ["x.png"] = new JsonObject { ["image/png"] = "AAAA" } };

        var html = _view.Write("![one](a%20b.png) ![two](attachment:x.png)", attachments);

        Assert.Contains($"src=\"data:image/png;base64,{Convert.ToBase64String(Pixel)}\" alt=\"one\"", html);
        Assert.Contains("src=\"data:image/png;base64,AAAA\" alt=\"two\"", html);
    }

    [Theory]
    [InlineData("https://example.org/far.png")]
    [InlineData("missing.png")]
    [InlineData("attachment:missing.png")]
    public void A_picture_that_is_not_here_is_a_link_with_its_words(string url)
    {
        var html = _view.Write($"![far away]({url})");

        Assert.DoesNotContain("<img", html);
        Assert.Contains(">far away</a>", html);
    }
}
