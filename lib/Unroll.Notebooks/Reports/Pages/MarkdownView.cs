using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>A heading of a page, and where it is.</summary>
internal sealed record PageHeading(int Level, string Text, string Id);

/// <summary>
/// Turns the Markdown of a notebook's cells into HTML, cell by cell, with headings that can be linked to and pictures that
/// the page carries itself.
/// </summary>
/// <param name="safe">Takes from it what a page does not show.</param>
internal sealed class MarkdownView(SafeHtml safe)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseAutoLinks().UseFootnotes().UseMathematics().Build();

    /// <summary>What is shorter leads to a list, or names an author or a date.</summary>
    private const int ShortestSummary = 50;

    private readonly List<PageHeading> _headings = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The headings so far.</summary>
    public IReadOnlyList<PageHeading> Headings => _headings;

    /// <summary>The first paragraph that says something, or null before there was one.</summary>
    public string? Summary { get; private set; }

    /// <summary>What the cell with the first heading says of the notebook; null before there was one.</summary>
    public LessonFacts? Facts { get; private set; }

    /// <summary>One cell as HTML.</summary>
    /// <param name="markdown">Its source.</param>
    /// <param name="attachments">The files attached to the cell, as the notebook holds them; null for none.</param>
    /// <exception cref="UndrawableException">It is more than a page takes.</exception>
    public string Write(string markdown, JsonObject? attachments = null)
    {
        if (LengthOfProse(markdown) > PageLimits.MarkdownCharacters)
            throw new UndrawableException($"it has more than {PageLimits.MarkdownCharacters:N0} characters");
        var document = Parse(markdown);
        var headings = document.Descendants<HeadingBlock>().Select(Mark).ToList();
        foreach (var formula in document.Descendants<MathInline>().Where(each => each.DelimiterCount > 1))
            formula.GetAttributes().AddClass(HtmlFormulas.Display);
        foreach (var code in document.Descendants<FencedCodeBlock>().Where(each => CellLanguage.Normalize(each.Info ?? "") == CellLanguage.CSharp).ToList())
            Colour(code);
        var html = safe.Write(document.ToHtml(Pipeline), attachments);

        // Only now: a link to a heading that is not on the page would lead nowhere.
        _headings.AddRange(headings);
        Summary ??= document.OfType<ParagraphBlock>().Select(block => Whole(Text(block.Inline))).FirstOrDefault(text => text.Length >= ShortestSummary);
        if (headings.Count > 0)
            Facts ??= LessonFacts.Of(document);
        return html;
    }

    /// <summary>The first heading of a file, and what stands under it before the next one as HTML; null where it has no heading.</summary>
    /// <exception cref="UndrawableException">It is more than a page takes.</exception>
    public (string Title, string Html)? WritePreface(string markdown)
    {
        var blocks = Parse(markdown).SkipWhile(block => block is not HeadingBlock).ToList();
        if (blocks is not [HeadingBlock heading, ..])
            return null;
        var end = blocks.Skip(1).FirstOrDefault(block => block is HeadingBlock)?.Span.Start ?? markdown.Length;
        return (Text(heading.Inline), Write(markdown[(heading.Span.End + 1)..end]));
    }

    private static MarkdownDocument Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            throw new UndrawableException("its parts are too deep inside each other, or a table in it is very long");
        }
    }

    /// <summary>C# in prose has the colours of cells.</summary>
    private static void Colour(FencedCodeBlock code)
    {
        var html = $"<pre><code class=\"language-csharp\">{CodeView.Write(code.Lines.ToString())}</code></pre>";
        var parent = code.Parent!;
        parent[parent.IndexOf(code)] = new HtmlBlock(parser: null) { Lines = new StringLineGroup(html) };
    }

    private PageHeading Mark(HeadingBlock heading)
    {
        var text = Text(heading.Inline);
        var id = Unique(text);
        heading.GetAttributes().Id = id;
        return new PageHeading(heading.Level, text, id);
    }

    /// <summary>The length without the pictures, which are read as fast as they are copied.</summary>
    private static int LengthOfProse(string markdown)
    {
        const string Mark = ";base64,";
        var length = markdown.Length;
        for (var at = markdown.IndexOf(Mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = markdown.IndexOf(Mark, at, StringComparison.OrdinalIgnoreCase))
        {
            at += Mark.Length;
            var data = at;
            while (at < markdown.Length && (char.IsAsciiLetterOrDigit(markdown[at]) || markdown[at] is '+' or '/' or '='))
                at++;
            length -= at - data;
        }

        return length;
    }

    /// <summary>The heading's words with hyphens between, as GitHub names them.</summary>
    private string Unique(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_')
                slug.Append(c);
            else if (c == ' ')
                slug.Append('-');
        }

        var id = slug.Length == 0 ? "section" : slug.ToString();
        var unique = id;
        for (var i = 1; !_ids.Add(unique); i++)
            unique = id + "-" + i.ToString(CultureInfo.InvariantCulture);
        return unique;
    }

    /// <summary>The words of an inline and of all that is in it.</summary>
    public static string TextOf(Inline inline) => inline is ContainerInline container ? Text(container) : Own(inline);

    private static string Text(ContainerInline? inlines) => inlines is null ? "" : string.Concat(inlines.Descendants().Select(Own));

    private static string Own(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        MathInline formula => formula.Content.ToString(),
        HtmlEntityInline entity => WebUtility.HtmlDecode(entity.Original.ToString()),
        LineBreakInline => " ",
        _ => "",
    };

    /// <summary>The text without a last sentence that leads to something below.</summary>
    private static string Whole(string text)
    {
        if (!text.EndsWith(':'))
            return text;
        var end = text.LastIndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? "" : text[..(end + 1)];
    }
}
