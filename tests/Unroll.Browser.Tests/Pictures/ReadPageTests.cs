using Microsoft.Playwright;
using Unroll.Browser.Tests.Browsing;

namespace Unroll.Browser.Tests.Pictures;

/// <summary>The pages of the lessons as their readers see them: wide and narrow, light and dark.</summary>
public sealed class ReadPageTests(ReadPages pages, Chromium chromium)
{
    private const int Phone = 390;
    private const int Desktop = 1280;

    public static TheoryData<string> Pages => ["index", .. ReadPages.Lessons.Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_whole_in_both_themes_and_on_a_phone(string name)
    {
        await using var watched = await chromium.NewPageAsync();
        var page = watched.Page;
        await page.GotoAsync(pages.AddressOf($"{name}.html"));
        foreach (var (theme, width) in new[] { (ColorScheme.Light, Desktop), (ColorScheme.Dark, Desktop), (ColorScheme.Light, Phone), (ColorScheme.Dark, Phone) })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
            await page.SetViewportSizeAsync(width, 900);

            Assert.Empty(watched.Problems);
            Assert.Empty(await SvgReport.ProblemsAsync(page));
            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= width, $"{name} is {wide} wide in a window of {width}");
            Assert.Empty(await LayoutReport.CutOffAsync(page));
            Assert.Empty(await LayoutReport.NotFoldedAsync(page));
            Assert.Empty(await LayoutReport.SmallWordsAsync(page, least: 11));
            Assert.Empty(await LayoutReport.PaleAsync(page, least: 4.5));

            // A picture of each window and of each theme is enough to look at.
            if ((width == Phone) == (theme == ColorScheme.Dark))
            {
                await page.ScreenshotAsync(new PageScreenshotOptions
                {
                    FullPage = true,
                    Type = ScreenshotType.Jpeg,
                    Path = Repository.PathOf("artifacts", "screenshots", $"page-{name}-{(width == Phone ? "phone-dark" : "light")}.jpeg"),
                });
            }
        }
    }

    [Fact]
    public async Task The_contents_lead_to_their_headings_and_the_pages_to_each_other()
    {
        await using var watched = await chromium.NewPageAsync();
        var page = watched.Page;
        await page.GotoAsync(pages.AddressOf("index.html"));

        var links = page.Locator("main > ul > li > a");
        Assert.Equal(Pages.Count - 1, await links.CountAsync());
        await links.First.ClickAsync();
        await page.Locator("nav a").Last.ClickAsync();
        var id = Uri.UnescapeDataString(new Uri(page.Url).Fragment[1..]);
        Assert.True(await page.EvaluateAsync<bool>("id => document.getElementById(id)?.matches('h1,h2,h3')", id), $"no heading {id}");
        await page.Locator("a[rel=next]").ClickAsync();
        await page.Locator("a[rel=prev]").ClickAsync();
        await page.Locator("header a").ClickAsync();
        Assert.EndsWith("/index.html", page.Url, StringComparison.Ordinal);
        Assert.Empty(watched.Problems);
    }
}
