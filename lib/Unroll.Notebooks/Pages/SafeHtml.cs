using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace Unroll.Notebooks.Pages;

/// <summary>
/// HTML that nobody vouches for (prose, and outputs that this run did not make): text, tables, links and pictures stay,
/// and whatever could run, load or cover something goes, and is named.
/// </summary>
/// <param name="pictures">The pictures of the page.</param>
internal sealed class SafeHtml(PagePictures pictures)
{
    /// <summary>Elements that go with all that is in them; of others that are not known, the content stays.</summary>
    private const string Dangerous =
        "script, style, noscript, template, iframe, frame, frameset, noframes, object, embed, applet, base, meta, link, textarea, select, button, xmp, plaintext, title";

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
        Sanitizer.SanitizeDom(document, document.Body);
        return HtmlTree.Write(document, HtmlFormatter.Instance) + Note(left);
    }

    private static string Note(IReadOnlyList<IElement> left)
    {
        if (left.Count == 0)
            return "";
        var names = string.Join(", ", left.Select(each => each.LocalName).Distinct(StringComparer.Ordinal));
        return $"<p class=\"note\">Not shown: {WebUtility.HtmlEncode(names)}</p>\n";
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
                scope size span src start style title type valign value width
                """),
            AllowedCssProperties = Words(
                """
                background-color border border-bottom border-collapse border-color border-left border-radius border-right border-spacing
                border-style border-top border-width color display float clear font-family font-size font-style font-variant font-weight
                height letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-height
                max-width min-height min-width overflow-x padding padding-bottom padding-left padding-right padding-top text-align
                text-decoration text-indent vertical-align white-space width word-break
                """),
            AllowedSchemes = Words("http https mailto data"),
            UriAttributes = Words("href src"),
        })
        {
            KeepChildNodes = true,

            // Nothing is moved over other parts of the page.
            DisallowCssPropertyValue = new Regex(@"[<>]|url\(|-[0-9.]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase),
        };
        sanitizer.FilterUrl += (_, e) => e.SanitizedUrl = IsLoadable(e.Tag, e.OriginalUrl) ? e.SanitizedUrl : null;
        sanitizer.PostProcessNode += (_, e) => Disable(e.Node);
        return sanitizer;
    }

    /// <summary>Data are for images; a link leads somewhere.</summary>
    private static bool IsLoadable(IElement element, string url) =>
        element is IHtmlImageElement || !url.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The boxes of task lists are there to be seen.</summary>
    private static void Disable(INode node)
    {
        if (node is not IHtmlInputElement input)
            return;
        input.SetAttribute("type", "checkbox");
        input.SetAttribute("disabled", "disabled");
    }

    private static HashSet<string> Words(string words) =>
        new(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
