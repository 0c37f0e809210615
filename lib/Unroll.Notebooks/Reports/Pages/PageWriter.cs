using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Writes a page beside each executed copy, and the index.</summary>
internal static class PageWriter
{
    /// <summary>Writes the pages of a run's notebooks, as many as can be written.</summary>
    /// <param name="notebooks">The results, and where their executed copies are.</param>
    /// <param name="index">The path of the index.</param>
    /// <exception cref="IOException">Some could not be written; the message names them.</exception>
    public static void Write(IReadOnlyList<(NotebookResult Result, string Copy)> notebooks, string index)
    {
        var problems = new List<string>();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (result, copy) in notebooks)
            paths.TryAdd(result.Notebook.Path, PageOf(copy));
        var pages = notebooks.Select(each => Draw(each.Result, PageOf(each.Copy))).ToList();
        var preface = CoursePreface.Of(paths.Keys, readme => Links(readme, index));
        for (var i = 0; i < pages.Count; i++)
        {
            var (page, path) = pages[i];
            PageLink? To(int other) => other >= 0 && other < pages.Count
                ? new PageLink(pages[other].Page.Title, PageLinks.Relative(path, pages[other].Path))
                : null;
            Write(path, page.Write(new PageLink(preface.Title, PageLinks.Relative(path, index)), To(i - 1), To(i + 1)), problems);
        }

        Write(index, IndexPage.Write(preface, [.. pages.Select(each => (each.Page, PageLinks.Relative(index, each.Path)))]), problems);
        if (problems.Count > 0)
            throw new IOException(string.Join("; ", problems));

        (LessonPage Page, string Path) Draw(NotebookResult result, string page) => (LessonPage.Of(result, Links(result.Notebook.Path, page)), page);

        PageLinks Links(string notebook, string page) => new(paths, notebook, page);
    }

    private static string PageOf(string copy) => Path.ChangeExtension(copy, ".html");

    private static void Write(string path, string html, List<string> problems)
    {
        try
        {
            AtomicFile.Write(path, html);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: {error.Message}");
        }
    }
}
