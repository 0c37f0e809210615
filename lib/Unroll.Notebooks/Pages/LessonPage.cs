using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Running;

namespace Unroll.Notebooks.Pages;

/// <summary>A page that a link leads to.</summary>
internal sealed record PageLink(string Title, string Href);

/// <summary>An executed notebook as a page to read: prose, code in colours, outputs, and a table of contents.</summary>
internal sealed class LessonPage
{
    private readonly NotebookResult _result;
    private readonly MarkdownView _markdown;
    private readonly string _cells;

    /// <summary>Reads an executed notebook.</summary>
    public LessonPage(NotebookResult result)
    {
        _result = result;
        _markdown = new MarkdownView(Path.GetDirectoryName(result.Notebook.Path)!);
        _cells = Cells();
        Title = _markdown.Headings is [var first, ..] ? first.Text : Path.GetFileNameWithoutExtension(result.Notebook.Path);
    }

    /// <summary>The first heading, or the file's name.</summary>
    public string Title { get; }

    /// <summary>The first paragraph that says something.</summary>
    public string Summary => _markdown.Summary ?? "";

    /// <summary>Whether the run that the page shows went well.</summary>
    public bool Passed => _result.Passed;

    /// <summary>How many code cells there are.</summary>
    public int CellCount => _result.Cells.Count;

    /// <summary>The whole document.</summary>
    public string Write(PageLink index, PageLink? before, PageLink? after) => HtmlPage.Write(Title, $"""
        <header><a href="{Encode(index.Href)}">{Encode(index.Title)}</a>{Failure()}</header>
        {Contents()}<main>
        {_cells}<footer>{Link("prev", "←", before)}{Link("next", "→", after)}</footer>
        </main>
        """);

    private string Cells()
    {
        var html = new StringBuilder();
        var numbers = _result.Cells.ToDictionary(each => each.Cell);
        foreach (var cell in _result.Notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                html.Append("<section class=\"prose\">\n").Append(_markdown.Write(cell.Source, cell.Attachments)).Append("</section>\n");
            else if (cell.Kind == CellKind.Code)
                Code(html, cell, numbers[cell]);
            else
                html.Append("<pre class=\"raw\">").Append(Encode(cell.Source)).Append("</pre>\n");
        }

        return html.ToString();
    }

    private void Code(StringBuilder html, NotebookCell cell, CellResult result)
    {
        var number = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ";
        var code = cell.Language == CellLanguage.CSharp ? CodeView.Write(cell.Source) : Encode(cell.Source);
        html.Append("<section class=\"cell").Append(result.Outcome == CellOutcome.Failed ? " failed" : "").Append("\">\n");
        html.Append("<pre class=\"code\" data-number=\"").Append(number).Append("\"><code>").Append(code).Append("</code></pre>\n");
        foreach (var output in cell.Outputs.OfType<JsonObject>())
            html.Append("<div class=\"output\">").Append(OutputView.Write(output, _markdown)).Append("</div>\n");
        html.Append("</section>\n");
    }

    /// <summary>Above the text on a phone, beside it where there is room.</summary>
    private string Contents()
    {
        var headings = _markdown.Headings.Where(heading => heading.Level <= 3).ToList();
        if (headings.Count < 2)
            return "";
        var items = headings.Select(each =>
            $"<li class=\"level{each.Level.ToString(CultureInfo.InvariantCulture)}\"><a href=\"#{Encode(each.Id)}\">{Encode(each.Text)}</a></li>\n");
        return $"<nav aria-label=\"Contents\"><h2>Contents</h2>\n<ul>\n{string.Concat(items)}</ul>\n</nav>\n";
    }

    private string Failure()
    {
        if (_result.Passed)
            return "";
        var failed = _result.Cells.FirstOrDefault(cell => cell.Outcome == CellOutcome.Failed);
        var what = failed is null ? _result.Fault ?? "its outputs differ" : NotebookText.Name(_result, failed);
        return $"<strong class=\"failure\">This run failed: {Encode(what)}</strong>";
    }

    private static string Link(string relation, string arrow, PageLink? to) => to is null
        ? "<span></span>"
        : $"<a rel=\"{relation}\" href=\"{Encode(to.Href)}\">{(relation == "prev" ? $"{arrow} {Encode(to.Title)}" : $"{Encode(to.Title)} {arrow}")}</a>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
