using System.Text;

namespace Unroll.Browser.Tests.Browsing;

/// <summary>That the measures of pages find what they are for.</summary>
public sealed class LayoutReportTests(Chromium chromium)
{
    [Fact]
    public async Task A_bad_page_is_found_out()
    {
        const string Svg = "<svg xmlns='http://www.w3.org/2000/svg' width='800' height='40' viewBox='0 0 800 40'><text x='5' y='20' font-size='14'>tiny</text></svg>";
        var picture = $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(Svg))}";
        await using var watched = await chromium.NewPageAsync();
        var page = watched.Page;
        await page.SetContentAsync($$"""
            <style>* { white-space: pre; } .hidden { overflow: hidden; width: 80px; } .bar { overflow-x: auto; width: 80px; } .thin::-webkit-scrollbar { display: none; }</style>
            <main><div class="hidden">this is longer than its place</div><div class="bar thin">this one shows no bar either</div><div class="bar">this one shows a bar</div>
            <pre class="code" style="width: 90px">code that does not fold at all</pre>
            <div><span style="position: absolute; left: 1090px">this one leaves the window</span></div>
            <img src="{{picture}}" style="width: 400px"><p style="color: #999">pale words</p><p>good words</p></main>
            """);

        var cut = await LayoutReport.CutOffAsync(page);
        Assert.Contains(cut, each => each.StartsWith("cut: DIV.hidden", StringComparison.Ordinal));
        Assert.Contains(cut, each => each.StartsWith("cut: DIV.bar thin", StringComparison.Ordinal));
        Assert.DoesNotContain(cut, each => each.Contains("this one shows a bar", StringComparison.Ordinal));
        Assert.Contains(cut, each => each.StartsWith("outside: SPAN", StringComparison.Ordinal));
        Assert.Equal(["code that does not fold at all"], await LayoutReport.NotFoldedAsync(page));
        Assert.Equal(["7.0 px: tiny"], await LayoutReport.SmallWordsAsync(page, least: 11));
        Assert.Equal(["2.85:  pale words"], await LayoutReport.PaleAsync(page, least: 4.5));
    }
}
