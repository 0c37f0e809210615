using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// What a folder of notebooks says of itself: the heading of its README.md, and what stands under it before the next heading.
/// </summary>
internal sealed record CoursePreface(string Title, string Html)
{
    /// <summary>What an index is called whose notebooks say nothing.</summary>
    public const string NoTitle = "All notebooks";

    private const string FileName = "README.md";
    private const int LongestFile = 256 * 1024;

    /// <summary>The preface of the folder that the notebooks have in common; the title alone where there is none.</summary>
    /// <param name="notebooks">The full paths of the notebooks.</param>
    /// <param name="links">Leads links to notebooks to their pages.</param>
    public static CoursePreface Of(IReadOnlyCollection<string> notebooks, Func<string, PageLinks> links)
    {
        var nothing = new CoursePreface(NoTitle, "");
        if (Common(notebooks) is not { } folder)
            return nothing;
        var path = Path.Combine(folder, FileName);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length is 0 or > LongestFile)
                return nothing;
            var markdown = new MarkdownView(new SafeHtml(new PagePictures(folder), links(path)));
            return markdown.WritePreface(File.ReadAllText(path)) is var (title, html) ? new CoursePreface(title, html) : nothing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UndrawableException)
        {
            return nothing with { Html = $"<p class=\"failure\">{HtmlText.Encode($"{FileName} cannot be drawn: {PagePart.Reason(error)}")}</p>\n" };
        }
    }

    private static string? Common(IReadOnlyCollection<string> notebooks)
    {
        string? common = null;
        foreach (var notebook in notebooks)
        {
            var folder = Path.GetDirectoryName(notebook);
            common ??= folder;
            while (common is not null && !IsIn(folder!, common))
                common = Path.GetDirectoryName(common);
        }

        return common;
    }

    private static bool IsIn(string folder, string outer) => folder == outer
        || folder.StartsWith(Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
