using System.Globalization;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>The page that leads to all others of a run: what the course is, and of each notebook what it says of itself.</summary>
internal static class IndexPage
{
    /// <summary>The whole document.</summary>
    /// <param name="preface">What stands above the list.</param>
    /// <param name="pages">The pages in order, and where they are as seen from the index.</param>
    public static string Write(CoursePreface preface, IReadOnlyList<(LessonPage Page, string Href)> pages) => HtmlPage.Write(preface.Title, $"""
        <main class="index">
        <h1>{HtmlText.Encode(preface.Title)}</h1>
        {preface.Html}{string.Concat(Groups(pages).Select(Group))}</main>
        """, new ContentPolicy());

    /// <summary>Pages side by side in one folder belong together.</summary>
    private static IEnumerable<(string? Name, List<(LessonPage Page, string Href)> Pages)> Groups(IReadOnlyList<(LessonPage Page, string Href)> pages)
    {
        var folders = pages.GroupBy(each => Folder(each.Href), StringComparer.Ordinal).ToList();
        return folders.Select(folder => (folders.Count == 1 ? null : folder.Key, folder.ToList()));
    }

    private static string Folder(string href) => string.Join('/', href.Split('/').SkipLast(1).Select(Uri.UnescapeDataString));

    private static string Group((string? Name, List<(LessonPage Page, string Href)> Pages) group) => $"""
        {(string.IsNullOrEmpty(group.Name) ? "" : $"<h2>{HtmlText.Encode(group.Name)}</h2>\n")}<ul>
        {string.Concat(group.Pages.Select(each => Item(each.Page, each.Href)))}</ul>

        """;

    private static string Item(LessonPage page, string href)
    {
        var cells = page.CellCount.ToString(CultureInfo.InvariantCulture) + (page.CellCount == 1 ? " cell" : " cells");
        var about = page.Facts.Aim ?? page.Summary;
        var aim = about.Length == 0 ? "" : $"<p>{HtmlText.Encode(about)}</p>\n";
        return $"""
            <li><a href="{HtmlText.Encode(href)}">{HtmlText.Encode(page.Title)}</a>
            {aim}{Fact(page.Facts.Time)}{Fact(page.Facts.Needs)}<p class="note">{(page.Passed ? cells : $"<strong class=\"failure\">failed</strong>, {cells}")}</p></li>

            """;
    }

    private static string Fact((string Label, string Text)? fact) =>
        fact is var (label, text) ? $"<p><b>{HtmlText.Encode(label)}:</b> {HtmlText.Encode(text)}</p>\n" : "";
}
