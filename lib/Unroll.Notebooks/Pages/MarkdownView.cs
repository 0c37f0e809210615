using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Unroll.Notebooks.Pages;

/// <summary>A heading of a page, and where it is.</summary>
internal sealed record PageHeading(int Level, string Text, string Id);

/// <summary>
/// Turns the Markdown of a notebook's cells into HTML, cell by cell, with headings that can be linked to and pictures that
/// the page carries itself.
/// </summary>
/// <param name="folder">The notebook's folder, where its pictures are.</param>
internal sealed class MarkdownView(string folder)
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

    /// <summary>One cell as HTML.</summary>
    /// <param name="markdown">Its source.</param>
    /// <param name="attachments">The files attached to the cell, as the notebook holds them; null for none.</param>
    public string Write(string markdown, JsonObject? attachments = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var text = Text(heading.Inline);
            var id = Unique(text);
            heading.GetAttributes().Id = id;
            _headings.Add(new PageHeading(heading.Level, text, id));
        }

        foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage).ToList())
            Embed(image, attachments);
        Summary ??= document.OfType<ParagraphBlock>().Select(block => Text(block.Inline)).FirstOrDefault(text => text.Length >= ShortestSummary);
        return document.ToHtml(Pipeline);
    }

    /// <summary>A picture that is in no file here becomes a link: the page asks no network for anything.</summary>
    private void Embed(LinkInline image, JsonObject? attachments)
    {
        var url = image.Url ?? "";
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return;
        if (url.StartsWith("attachment:", StringComparison.OrdinalIgnoreCase))
        {
            var file = attachments?[Uri.UnescapeDataString(url["attachment:".Length..])] as JsonObject;
            if (file?.FirstOrDefault() is { Key: { } type, Value: JsonValue content } && content.TryGetValue<string>(out var base64))
                image.Url = $"data:{type};base64,{base64}";
            else
                image.IsImage = false;
            return;
        }

        var path = Path.GetFullPath(Uri.UnescapeDataString(url.Split('?', '#')[0]), folder);
        if (PictureFile.Type(path) is { } mimeType && !url.Contains("://", StringComparison.Ordinal) && File.Exists(path))
            image.Url = $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
        else
            image.IsImage = false;
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

    private static string Text(ContainerInline? inlines) => inlines is null
        ? ""
        : string.Concat(inlines.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            HtmlEntityInline entity => WebUtility.HtmlDecode(entity.Original.ToString()),
            LineBreakInline => " ",
            _ => "",
        }));
}
