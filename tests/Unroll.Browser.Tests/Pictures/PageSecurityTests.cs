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

    public static TheoryData<string> Vectors => PageVectors.All;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Prose_and_stored_outputs_do_nothing_to_their_reader(string vector)
    {
        await using var opened = await OpenAsync(PageVectors.Untrusted(vector));

        await AssertQuietAsync(opened);
        await Expect(opened.Watched.Page.Locator("main")).ToContainTextAsync("the end");
        Assert.Empty(opened.Watched.Problems);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Html_that_a_cell_of_this_run_made_asks_for_nothing_and_stays_in_its_place(string vector)
    {
        await using var opened = await OpenAsync(new NotebookBuilder().Code("1").With(cell => cell["outputs"] = PageVectors.Outputs(vector, "text/html")).Markdown("the end"));

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
            .Code("1").With(cell => cell["outputs"] = new JsonArray(PageVectors.View("text/html", made), PageVectors.View("text/html", "<b id=\"eval\">still</b><script>try { eval('document.getElementById(\"eval\").textContent = 1') } catch { }</script>")))
            .Markdown(Script.Replace("{0}", "prose", StringComparison.Ordinal))
            .Code("print(1)").With(cell =>
            {
                cell["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "python" } };
                cell["outputs"] = new JsonArray(PageVectors.View("text/html", stored));
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
                PageVectors.View("image/png", Pixel), PageVectors.View("image/svg+xml", Svg), PageVectors.View("text/html", $"<img src=\"data:image/svg+xml;base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Svg))}\">"), PageVectors.View("text/html", Svg)));

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
        Assert.Equal(0, await page.Locator("main :is(script, iframe, frame, object, embed, base, meta, link, style, form, svg), main :not(.math) > math").CountAsync());
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
}
