using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// HTML that nobody vouches for (prose, and outputs that this run did not make): text, tables, links and pictures stay,
/// and whatever could run, load or cover something goes, and is named.
/// </summary>
/// <param name="pictures">The pictures of the page.</param>
/// <param name="links">Leads links to other notebooks to their pages; null for none.</param>
internal sealed class SafeHtml(PagePictures pictures, PageLinks? links = null)
{
    /// <summary>Elements that go with all that is in them; of others that are not known, the content stays.</summary>
    private const string Dangerous =
        "script, style, noscript, template, iframe, frame, frameset, noframes, object, embed, applet, base, meta, link, textarea, "
        + "select, button, xmp, plaintext, title";

    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();

    /// <summary>The HTML that is safe to show.</summary>
    /// <exception cref="UndrawableException">It is more than a page takes.</exception>
    public string Write(string html, JsonObject? attachments = null)
    {
        var document = HtmlTree.Parse(html);
        HtmlImages.Freeze(document);
        var left = document.Body!.QuerySelectorAll(Dangerous).ToList();
        left.ForEach(each => each.Remove());
        HtmlImages.Embed(document, pictures, attachments);
        DisableInputs(document);
        var styles = TakeStyles(document);
        Sanitizer.SanitizeDom(document, document.Body);
        styles.ForEach(each => each.Element.SetAttribute("style", each.Style));
        Lead(document);
        HtmlFormulas.Draw(document);
        return HtmlTree.Write(document, HtmlFormatter.Instance) + Note(left);
    }

    private void Lead(IHtmlDocument document)
    {
        foreach (var link in document.QuerySelectorAll("a[href]"))
        {
            if (links?.Find(link.GetAttribute("href")!) is { } address)
                link.SetAttribute("href", address);
        }
    }

    private static string Note(IReadOnlyList<IElement> left)
    {
        if (left.Count == 0)
            return "";
        var names = string.Join(", ", left.Select(each => each.LocalName).Distinct(StringComparer.Ordinal));
        return $"<p class=\"note\">Not shown: {HtmlText.Encode(names)}</p>\n";
    }

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Words(
                """
                a abbr b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure
                font h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp section small span strike strong sub summary
                sup table tbody td tfoot th thead tr tt u ul var
                """),
            AllowedAttributes = Words(
                """
                align alt border cellpadding cellspacing checked class colspan color dir disabled height href id lang open role rowspan
                scope size span src start title type valign value width
                """),
            AllowedSchemes = Words("http https mailto data"),
            UriAttributes = Words("href src"),
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.FilterUrl += (_, e) => e.SanitizedUrl = IsLoadable(e.Tag, e.OriginalUrl) ? e.SanitizedUrl : null;
        return sanitizer;
    }

    /// <summary>Data are for images; a link leads somewhere.</summary>
    private static bool IsLoadable(IElement element, string url) =>
        element is IHtmlImageElement || !url.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the styles away, and returns what is to come back: the sanitizer would need a parser of CSS for them.</summary>
    private static List<(IElement Element, string Style)> TakeStyles(IHtmlDocument document)
    {
        var styles = new List<(IElement Element, string Style)>();
        foreach (var element in document.QuerySelectorAll("[style]"))
        {
            if (StyleFilter.Clean(element.GetAttribute("style")!) is { Length: > 0 } style)
                styles.Add((element, style));
            element.RemoveAttribute("style");
        }

        return styles;
    }

    /// <summary>Of what can be typed into, the boxes of task lists stay, to be seen.</summary>
    private static void DisableInputs(IHtmlDocument document)
    {
        foreach (var input in document.QuerySelectorAll("input"))
        {
            var isChecked = input.HasAttribute("checked");
            foreach (var attribute in input.Attributes.ToList())
                input.RemoveAttribute(attribute.Name);
            input.SetAttribute("disabled", "disabled");
            input.SetAttribute("type", "checkbox");
            if (isChecked)
                input.SetAttribute("checked", "checked");
        }
    }

    private static HashSet<string> Words(string words) =>
        new(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
