using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>A page that a link leads to.</summary>
internal sealed record PageLink(string Title, string Href);

/// <summary>An executed notebook as a page to read: prose, code in colours, outputs, and a table of contents.</summary>
internal sealed class LessonPage
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ContentPolicy _policy = new();
    private readonly NotebookResult _result;
    private readonly MarkdownView _markdown;
    private readonly OutputView _outputs;
    private readonly string _cells;

    /// <summary>Reads an executed notebook.</summary>
    /// <param name="result">What the run made of it.</param>
    /// <param name="links">Leads links to other notebooks to their pages; null for none.</param>
    public LessonPage(NotebookResult result, PageLinks? links = null)
        : this(result, links, problem: null)
    {
    }

    private LessonPage(NotebookResult result, PageLinks? links, string? problem)
    {
        _result = result;
        var pictures = new PagePictures(Path.GetDirectoryName(result.Notebook.Path)!);
        var safe = new SafeHtml(pictures, links);
        _markdown = new MarkdownView(safe);
        _outputs = new OutputView(_markdown, safe, new LiveHtml(_policy, pictures));
        _cells = problem is null ? Cells() : $"<p class=\"failure\">{HtmlText.Encode($"This page cannot be drawn: {problem}")}</p>\n";
        Title = _markdown.Headings is [var first, ..] ? first.Text : Path.GetFileNameWithoutExtension(result.Notebook.Path);
    }

    /// <summary>The first heading, or the file's name.</summary>
    public string Title { get; }

    /// <summary>The first paragraph that says something.</summary>
    public string Summary => _markdown.Summary ?? "";

    /// <summary>What it says of itself at its beginning.</summary>
    public LessonFacts Facts => _markdown.Facts ?? LessonFacts.None;

    /// <summary>Whether the run that the page shows went well.</summary>
    public bool Passed => _result.Passed;

    /// <summary>How many code cells there are.</summary>
    public int CellCount => _result.Cells.Count;

    /// <summary>Reads an executed notebook; where that fails or takes too long, the page says so.</summary>
    public static LessonPage Of(NotebookResult result, PageLinks? links = null)
    {
        try
        {
            return DrawingThread.Run(() => new LessonPage(result, links), PageLimits.LongestDrawing);
        }
        catch (Exception error)
        {
            return new LessonPage(result, links, PagePart.Reason(error));
        }
    }

    /// <summary>The whole document.</summary>
    public string Write(PageLink index, PageLink? before, PageLink? after) => HtmlPage.Write(Title, $"""
        <header><a href="{HtmlText.Encode(index.Href)}">{HtmlText.Encode(index.Title)}</a>{Failure()}</header>
        {Contents()}<main>
        {_cells}<footer>{Link("prev", "←", before)}{Link("next", "→", after)}</footer>
        </main>
        """, _policy);

    private string Cells()
    {
        var html = new StringBuilder();
        var results = _result.Cells.ToDictionary(each => each.Cell);
        foreach (var cell in _result.Notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
            {
                var prose = Draw("This cell", () => _markdown.Write(cell.Source, cell.Attachments), cell.Source);
                html.Append("<section class=\"prose\">\n").Append(prose).Append("</section>\n");
            }
            else if (cell.Kind == CellKind.Code)
            {
                Code(html, cell, results[cell]);
            }
            else
            {
                html.Append("<pre class=\"raw\">").Append(HtmlText.Encode(cell.Source)).Append("</pre>\n");
            }
        }

        return html.ToString();
    }

    private void Code(StringBuilder html, NotebookCell cell, CellResult result)
    {
        var number = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        var isOfThisRun = result.Outcome is not (CellOutcome.Skipped or CellOutcome.NotRun);
        html.Append("<section class=\"cell").Append(result.Outcome == CellOutcome.Failed ? " failed" : "").Append("\">\n");
        html.Append("<pre class=\"code\" data-number=\"").Append(number).Append("\"><code>").Append(Colour(cell)).Append("</code></pre>\n");
        foreach (var node in cell.Outputs)
        {
            var output = Draw("This output", () => _outputs.Write(
                node as JsonObject ?? throw new UndrawableException("it is not an object"), isOfThisRun));
            html.Append("<div class=\"output\">").Append(output).Append("</div>\n");
        }

        html.Append("</section>\n");
    }

    private static string Colour(NotebookCell cell) =>
        cell.Language == CellLanguage.CSharp ? CodeView.Write(cell.Source) : HtmlText.Encode(cell.Source);

    /// <summary>A part of the page; when its time is up, what is left is named.</summary>
    private string Draw(string what, Func<string> draw, string? source = null) => PagePart.Draw(
        what,
        () => _watch.Elapsed < PageLimits.DrawingTime
            ? draw()
            : throw new UndrawableException($"the parts before it took more than {PageLimits.DrawingTime.TotalSeconds:0} s"),
        source);

    /// <summary>Above the text on a phone, beside it where there is room.</summary>
    private string Contents()
    {
        var headings = _markdown.Headings.Where(heading => heading.Level <= 3).ToList();
        if (headings.Count < 2)
            return "";
        var items = headings.Select(each =>
            $"<li class=\"level{each.Level.ToString(CultureInfo.InvariantCulture)}\"><a href=\"#{HtmlText.Encode(each.Id)}\">{HtmlText.Encode(each.Text)}</a></li>\n");
        return $"<nav aria-labelledby=\"contents-of-page\"><p id=\"contents-of-page\">Contents</p>\n<ul>\n{string.Concat(items)}</ul>\n</nav>\n";
    }

    private string Failure()
    {
        if (_result.Passed)
            return "";
        var failed = _result.Cells.FirstOrDefault(cell => cell.Outcome == CellOutcome.Failed);
        var what = failed is null ? _result.Fault ?? "its outputs differ" : NotebookText.Name(_result, failed);
        return $"<strong class=\"failure\">This run failed: {HtmlText.Encode(what)}</strong>";
    }

    private static string Link(string relation, string arrow, PageLink? to) => to is null
        ? "<span></span>"
        : $"<a rel=\"{relation}\" href=\"{HtmlText.Encode(to.Href)}\">{(relation == "prev" ? $"{arrow} {HtmlText.Encode(to.Title)}" : $"{HtmlText.Encode(to.Title)} {arrow}")}</a>";
}
