using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// Reads HTML of a notebook as a browser would, within limits. What is written from the tree closes what it opens, so
/// nothing in it reaches past its place on the page.
/// </summary>
internal sealed class HtmlTree : IElementFactory<Document, HtmlElement>
{
    /// <summary>What the parser opens anew in each following block, attributes and all, where it was not closed.</summary>
    private static readonly HashSet<string> Repeated = new(
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"], StringComparer.Ordinal);

    /// <summary>What is open until its end is written; of others, the end is often left out, or they have none.</summary>
    private static readonly HashSet<string> Closed = new(
        [
            .. Repeated, "article", "aside", "blockquote", "center", "dir", "div", "dl", "figure", "footer", "header", "main", "menu", "nav", "ol", "pre",
            "section", "span", "sub", "sup", "ul",
        ],
        StringComparer.Ordinal);

    private static readonly IElementFactory<Document, HtmlElement> Elements =
        BrowsingContext.New(Configuration.Default).GetService<IElementFactory<Document, HtmlElement>>()!;

    private int _count;
    private int _open;

    private HtmlTree()
    {
    }

    /// <summary>The document with <paramref name="html"/> as its body.</summary>
    /// <exception cref="UndrawableException">It is more than a page takes.</exception>
    public static IHtmlDocument Parse(string html)
    {
        if (html.Length > PageLimits.HtmlCharacters)
            throw new UndrawableException($"it has {html.Length:N0} characters, and at most {PageLimits.HtmlCharacters:N0} are drawn");
        var tree = new HtmlTree();
        var options = new HtmlParserOptions
        {
            IsScripting = true,
            MaximumDepth = PageLimits.HtmlDepth,
            SkipComments = true,
            OnCreated = (element, _) => tree.Count(element is IHtmlElement ? 0 : 1),
            OnToken = (token, _) => tree.Check(token),
        };
        var context = BrowsingContext.New(Configuration.Default.WithOnly<IElementFactory<Document, HtmlElement>>(tree));
        return new HtmlParser(options, context).ParseDocument($"<!DOCTYPE html><body>{html}");
    }

    /// <summary>The body of a document as HTML.</summary>
    public static string Write(IHtmlDocument document, IMarkupFormatter? formatter = null) =>
        document.Body!.ChildNodes.ToHtml(formatter ?? HtmlMarkupFormatter.Instance);

    /// <summary>Makes every element of HTML, also those that the parser repeats by itself.</summary>
    public HtmlElement Create(Document document, string localName, string? prefix = null, NodeFlags flags = NodeFlags.None)
    {
        Count(1);
        return Elements.Create(document, localName, prefix, flags);
    }

    private void Count(int elements)
    {
        _count += elements;
        if (_count > PageLimits.HtmlElements)
            throw new UndrawableException($"it has more than {PageLimits.HtmlElements:N0} elements");
    }

    private void Check(HtmlToken token)
    {
        if (token is not HtmlTagToken tag)
            return;
        if (Closed.Contains(tag.Name))
            _open = Math.Max(0, _open + (tag.Type == HtmlTokenType.StartTag ? 1 : -1));
        if (_open > PageLimits.HtmlOpen)
            throw new UndrawableException($"it has more than {PageLimits.HtmlOpen:N0} elements that are not closed");
        if (tag.Attributes.Count > PageLimits.HtmlAttributes)
            throw new UndrawableException($"an element in it has more than {PageLimits.HtmlAttributes} attributes");
        if (Repeated.Contains(tag.Name) && tag.Attributes.Sum(each => each.Name.Length + each.Value.Length) > PageLimits.RepeatedCharacters)
            throw new UndrawableException($"the attributes of a <{tag.Name}> in it have more than {PageLimits.RepeatedCharacters:N0} characters");
    }
}
