using System.Globalization;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>The page that leads to all others of a run.</summary>
internal static class IndexPage
{
    /// <summary>What pages call it.</summary>
    public const string Title = "All notebooks";

    /// <summary>The whole document.</summary>
    public static string Write(IEnumerable<(LessonPage Page, string Href)> pages) => HtmlPage.Write(Title, $"""
        <main class="index">
        <h1>{Title}</h1>
        <ul>
        {string.Concat(pages.Select(each => Item(each.Page, each.Href)))}</ul>
        </main>
        """, new ContentPolicy());

    private static string Item(LessonPage page, string href)
    {
        var cells = page.CellCount.ToString(CultureInfo.InvariantCulture) + (page.CellCount == 1 ? " cell" : " cells");
        return $"""
            <li><a href="{HtmlText.Encode(href)}">{HtmlText.Encode(page.Title)}</a>
            <p>{HtmlText.Encode(page.Summary)}</p>
            <p class="note">{(page.Passed ? cells : $"<strong class=\"failure\">failed</strong>, {cells}")}</p></li>

            """;
    }
}
