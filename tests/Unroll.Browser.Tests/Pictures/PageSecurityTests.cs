using System.Text.Json.Nodes;
using Unroll.Browser.Tests.Browsing;
using Unroll.Notebooks.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests.Pictures;

/// <summary>What a notebook may try on the reader of its page, in a real browser.</summary>
public sealed class PageSecurityTests(Chromium chromium) : IDisposable
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private readonly TempFolder _folder = new();

    /// <summary>Everything that runs <c>pwn()</c> or asks <c>evil.example</c> where a page allows it.</summary>
    public static TheoryData<string> Vectors =>
    [
        "<script>pwn()</script>",
        "<script src=\"https://evil.example/x.js\"></script>",
        "<ScRiPt type=module>pwn()</sCrIpT>",
        "<script type=\"importmap\">{\"imports\":{\"x\":\"https://evil.example/x.js\"}}</script>",
        "<script type=\"speculationrules\">{\"prefetch\":[{\"source\":\"list\",\"urls\":[\"https://evil.example/\"]}]}</script>",
        "<img src=x onerror=pwn()>",
        "<img src=\"https://evil.example/t.gif\">",
        "<img srcset=\"https://evil.example/t.gif 1x\" src=\"data:image/png;base64,AAAA\">",
        "<img src=\"data:image/png;base64,AAAA\" onerror=\"pwn()\" onload=\"pwn()\">",
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='pwn()'><script>parent.pwn()</script></svg>\">",
        "<body onload=pwn()><p onclick=pwn() onmouseover=pwn()>a</p>",
        "<a href=\"javascript:pwn()\" id=a>click</a>",
        "<a href=\" java&#10;script:pwn()\">click</a>",
        "<a href=\"vbscript:pwn()\">click</a> <a href=\"data:text/html,<script>opener.pwn()</script>\">click</a>",
        "[x](javascript:pwn()) [y](JaVaScRiPt:pwn()) [z](data:text/html,<b>) <javascript:pwn()> ![a](javascript:pwn())",
        "[r]: javascript:pwn()\n\n[r]",
        "[x](https://a \"\" onclick=pwn()) ![\" onerror=\"pwn()](data:image/png;base64,AAAA)",
        "<iframe src=\"https://evil.example/\"></iframe><iframe srcdoc=\"<script>parent.pwn()</script>\"></iframe>",
        "<frameset><frame src=\"https://evil.example/\"></frameset>",
        "<object data=\"https://evil.example/x.svg\"></object><embed src=\"https://evil.example/x.svg\">",
        "<base href=\"https://evil.example/\"><a href=\"x\">base</a>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
        "<link rel=stylesheet href=\"https://evil.example/x.css\"><link rel=prefetch href=\"https://evil.example/p\"><link rel=dns-prefetch href=\"https://evil.example\">",
        "<style>@import 'https://evil.example/x.css'; body { background: url(https://evil.example/b.gif); display: none }</style>",
        "<p style=\"background:url(https://evil.example/b.gif);position:fixed;inset:0\">cover</p>",
        "<svg onload=pwn()><script>pwn()</script><image href=\"https://evil.example/i.png\"/><use href=\"https://evil.example/u.svg#a\"/></svg>",
        "<svg><animate onbegin=pwn() attributeName=x dur=1s></animate><a xlink:href=\"javascript:pwn()\"><text y=20>click</text></a></svg>",
        "<svg><foreignObject><iframe srcdoc=\"<script>parent.pwn()</script>\"></iframe><body onload=pwn()></foreignObject></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=pwn()&gt;\"></math>",
        "<math href=\"javascript:pwn()\"><mi>click</mi></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=pwn()>\"></noscript>",
        "<form action=\"https://evil.example/\"><input name=a><button autofocus onfocus=pwn()>go</button></form><input autofocus onfocus=pwn()>",
        "<button formaction=\"javascript:pwn()\">x</button><input type=image src=\"https://evil.example/i.gif\">",
        "<video src=\"https://evil.example/v.mp4\" poster=\"https://evil.example/p.png\" autoplay></video><audio src=\"https://evil.example/a.mp3\" autoplay></audio>",
        "<video><source onerror=pwn() src=x></video><details open ontoggle=pwn()>d</details><marquee onstart=pwn()>m</marquee>",
        "</div></section></main></body></html><script>pwn()</script><img src=x onerror=pwn()>",
        "<textarea></main><script>pwn()</script>",
        "<plaintext><script>pwn()</script>",
        "<!--><script>pwn()</script>--><![CDATA[><script>pwn()</script>]]>",
        "<template><script>pwn()</script></template><xmp><script>pwn()</script></xmp>",
        "`</code><script>pwn()</script>` $<script>pwn()</script>$ $$</div><script>pwn()</script>$$",
        "# <img src=x onerror=pwn()>\n\n## \"><script>pwn()</script>\n\n[^1]\n\n[^1]: <script>pwn()</script>",
        "\" onerror=\"pwn()",
        "x\"><img src=x onerror=pwn()>",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Prose_and_stored_outputs_do_nothing_to_their_reader(string vector)
    {
        var notebook = new NotebookBuilder().Markdown(vector).Markdown($"![{vector}](attachment:a)")
            .With(cell => cell["attachments"] = new JsonObject { ["a"] = new JsonObject { [vector] = vector } })
            .Code("print(1)")
            .With(cell => cell["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "python" } })
            .With(cell => cell["outputs"] = Outputs(vector, "text/html"))
            .Code($"// {vector}\n1")
            .With(cell => cell["outputs"] = Outputs(vector))
            .Markdown("the end");

        await using var opened = await OpenAsync(notebook);

        await AssertQuietAsync(opened);
        await Expect(opened.Watched.Page.Locator("main")).ToContainTextAsync("the end");
        Assert.Empty(opened.Watched.Problems);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Html_that_a_cell_of_this_run_made_asks_for_nothing_and_stays_in_its_place(string vector)
    {
        await using var opened = await OpenAsync(new NotebookBuilder().Code("1").With(cell => cell["outputs"] = Outputs(vector, "text/html")).Markdown("the end"));

        Assert.Empty(opened.Asked);
        Assert.StartsWith("file:", opened.Watched.Page.Url, StringComparison.Ordinal);
        await Expect(opened.Watched.Page.Locator("section.prose")).ToHaveTextAsync("the end");
        Assert.Equal(0, await opened.Watched.Page.Locator("a[href^='javascript'], a[href^='data'], [onload], [onerror], iframe, object, embed, base").CountAsync());
    }

    [Fact]
    public async Task A_script_that_a_cell_of_this_run_brought_runs_and_no_other()
    {
        const string Script = "<b id=\"{0}\">still</b><script>document.getElementById('{0}').textContent = 'alive';</script>";
        var made = Script.Replace("{0}", "made", StringComparison.Ordinal);
        var stored = Script.Replace("{0}", "stored", StringComparison.Ordinal);
        var notebook = new NotebookBuilder()
            .Code("1").With(cell => cell["outputs"] = new JsonArray(View("text/html", made), View("text/html", "<b id=\"eval\">still</b><script>try { eval('document.getElementById(\"eval\").textContent = 1') } catch { }</script>")))
            .Markdown(Script.Replace("{0}", "prose", StringComparison.Ordinal))
            .Code("print(1)").With(cell =>
            {
                cell["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "python" } };
                cell["outputs"] = new JsonArray(View("text/html", stored));
            });

        await using var opened = await OpenAsync(notebook);

        var page = opened.Watched.Page;
        await Expect(page.Locator("#made")).ToHaveTextAsync("alive");
        await Expect(page.Locator("#eval")).ToHaveTextAsync("still");
        await Expect(page.Locator("#prose")).ToHaveTextAsync("still");
        await Expect(page.Locator("#stored")).ToHaveTextAsync("still");
        await Expect(page.Locator("main")).ToContainTextAsync("Not shown: script");
    }

    [Fact]
    public async Task Pictures_of_every_kind_show_wherever_they_stand()
    {
        await File.WriteAllBytesAsync(_folder["beside.png"], Convert.FromBase64String(Pixel), TestContext.Current.CancellationToken);
        const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\" viewBox=\"0 0 4 4\"><title>A dot</title><style>.a{fill:teal}</style><circle class=\"a\" cx=\"2\" cy=\"2\" r=\"2\"/></svg>";
        var notebook = new NotebookBuilder()
            .Markdown($"![a](beside.png) ![b](attachment:c.png) <img src=\"data:image/png;base64,{Pixel}\" width=\"30\">\n\n{Svg}")
            .With(cell => cell["attachments"] = new JsonObject { ["c.png"] = new JsonObject { ["image/png"] = Pixel } })
            .Code("1").With(cell => cell["outputs"] = new JsonArray(
                View("image/png", Pixel), View("image/svg+xml", Svg), View("text/html", $"<img src=\"data:image/svg+xml;base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Svg))}\">"), View("text/html", Svg)));

        await using var opened = await OpenAsync(notebook);

        var page = opened.Watched.Page;
        Assert.Equal(7, await page.Locator("main img").CountAsync());
        Assert.Equal(1, await page.Locator("main svg").CountAsync());
        Assert.Equal(7, await page.EvaluateAsync<int>("() => [...document.images].filter(each => each.complete && each.naturalWidth > 0).length"));
        Assert.Empty(opened.Watched.Problems);
        Assert.Empty(opened.Asked);
    }

    private static async Task AssertQuietAsync(OpenedPage opened)
    {
        var page = opened.Watched.Page;
        foreach (var place in await page.Locator("main :is(a, p, summary, img)").AllAsync())
            await place.DispatchEventAsync("mouseover");
        Assert.False(await page.EvaluateAsync<bool>("() => globalThis.pwned === true"));
        Assert.Empty(opened.Dialogs);
        Assert.Empty(opened.Asked);
        Assert.StartsWith("file:", page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main :is(script, iframe, frame, object, embed, base, meta, link, style, form, svg, math)").CountAsync());
        var addresses = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a[href]')].map(each => each.protocol)");
        Assert.All(addresses, each => Assert.True(each is "file:" or "http:" or "https:" or "mailto:", each));
        Assert.Equal(0, await page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('main *')].filter(each => each.getAttributeNames().some(name => name.startsWith('on')) || getComputedStyle(each).position === 'fixed').length"));
    }

    private async Task<OpenedPage> OpenAsync(NotebookBuilder notebook)
    {
        DrawnPage.Write(notebook, _folder);
        var opened = new OpenedPage(await chromium.NewPageAsync());
        await opened.Watched.Page.AddInitScriptAsync("globalThis.pwn = () => { globalThis.pwned = true; alert('pwned'); }");
        await opened.Watched.Page.GotoAsync(new Uri(_folder["page.html"]).AbsoluteUri);
        return opened;
    }

    private static JsonArray Outputs(string vector, params string[] more) =>
    [
        new JsonObject { ["output_type"] = "stream", ["name"] = vector, ["text"] = vector },
        new JsonObject { ["output_type"] = "error", ["ename"] = vector, ["evalue"] = vector, ["traceback"] = new JsonArray(vector) },
        .. new[] { "text/markdown", "text/latex", "text/plain", "image/svg+xml", "image/png", "application/json", vector }.Concat(more).Select(type => View(type, vector)),
    ];

    private static JsonObject View(string type, string text) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject { [type] = text },
    };
}
