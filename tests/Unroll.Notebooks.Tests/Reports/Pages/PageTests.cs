using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Pages;

/// <summary>Two notebooks, one of which fails.</summary>
public sealed class PageScenario : Scenario
{
    protected override void Write()
    {
        new NotebookBuilder()
            .Markdown("# First & best\n\nWhat it is about, in a sentence that is long enough to say it.\n\n## A part")
            .Code("Console.WriteLine(\"a < b\");\ndisplay(HTML(\"<b>bold</b>\"));\n6 * 7")
            .Code("#!markdown\n**strong**")
            .Save(Notebooks, "01 first.ipynb");
        new NotebookBuilder()
            .Code("throw new FormatException(\"no <i>way</i>\");")
            .With(cell => cell["metadata"]!.AsObject()["name"] = JsonValue.Create("named"))
            .Save(Notebooks, "02-second.ipynb");
    }
}

public sealed class PageTests(PageScenario scenario) : IClassFixture<PageScenario>
{
    [Fact]
    public void A_page_holds_prose_code_and_outputs()
    {
        var page = Page("notebooks", "01 first.html");

        Assert.Contains("<title>First &amp; best</title>", page);
        Assert.Contains("<a href=\"#a-part\">A part</a>", page);
        Assert.Contains("<span class=\"m\">WriteLine</span>", page);
        Assert.Contains("<pre class=\"stdout\">a &lt; b</pre>", page);
        Assert.Contains("<div class=\"value\"><b>bold</b></div>", page);
        Assert.Contains("<pre class=\"value\">42</pre>", page);
        Assert.Contains("<p><strong>strong</strong></p>", page);
        Assert.Contains("<a rel=\"next\" href=\"02-second.html\">02-second →</a>", page);
        Assert.DoesNotContain("This run failed", page);
    }

    [Fact]
    public void A_failed_run_says_so_where_the_reader_looks()
    {
        var page = Page("notebooks", "02-second.html");

        Assert.Contains("<strong class=\"failure\">This run failed: cell 1 of 1 (In [1], id cell-1)</strong>", page);
        Assert.Contains("<section class=\"cell failed\">", page);
        Assert.Contains("<pre class=\"error\">System.FormatException: no &lt;i&gt;way&lt;/i&gt;", page);
        Assert.Contains("<a rel=\"prev\" href=\"01%20first.html\">← First &amp; best</a>", page);
    }

    [Fact]
    public void The_index_leads_to_all()
    {
        var index = Page("index.html");

        Assert.Contains("<a href=\"notebooks/01%20first.html\">First &amp; best</a>", index);
        Assert.Contains("<p>What it is about, in a sentence that is long enough to say it.</p>", index);
        Assert.Contains("2 cells", index);
        Assert.Contains("<a href=\"notebooks/02-second.html\">02-second</a>", index);
        Assert.Contains("<strong class=\"failure\">failed</strong>, 1 cell", index);
        Assert.Contains("<a href=\"../index.html\">All notebooks</a>", Page("notebooks", "01 first.html"));
    }

    [Fact]
    public void No_page_asks_for_anything_beyond_itself()
    {
        foreach (var page in new[] { Page("index.html"), Page("notebooks", "01 first.html"), Page("notebooks", "02-second.html") })
        {
            Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;", page);
            Assert.DoesNotContain("http", page.Replace("<meta http-equiv=", "", StringComparison.Ordinal));
            Assert.DoesNotContain("<script", page);
        }
    }

    private string Page(params string[] path) => File.ReadAllText(scenario.Folder[["artifacts", .. path]]);
}
