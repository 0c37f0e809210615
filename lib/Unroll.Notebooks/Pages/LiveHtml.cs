using System.Net;
using AngleSharp.Dom;

namespace Unroll.Notebooks.Pages;

/// <summary>
/// HTML that a cell of this run made. The cell has run on this machine, so its scripts may run on the page: the inline ones,
/// which the page's policy names one by one. Nothing is loaded from elsewhere, framed, sent, or followed to a script.
/// </summary>
/// <param name="policy">The policy of the page.</param>
/// <param name="pictures">The pictures of the page.</param>
internal sealed class LiveHtml(ContentPolicy policy, PagePictures pictures)
{
    private const string Removed = "script[src], iframe, frame, frameset, object, embed, applet, base, meta, link, noscript";

    /// <summary>Attributes that browsers go to, or load.</summary>
    private static readonly string[] Addresses =
        ["href", "src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "to", "from", "values"];

    /// <summary>The HTML as the page shows it.</summary>
    /// <exception cref="UndrawableException">It is more than a page takes.</exception>
    public string Write(string html)
    {
        var document = HtmlTree.Parse(html);
        var removed = document.Body!.QuerySelectorAll(Removed).ToList();
        removed.ForEach(each => each.Remove());
        HtmlImages.Embed(document, pictures, attachments: null);
        foreach (var element in document.Body.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes.Where(IsDangerous).ToList())
                element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
            if (element.LocalName is "script" && ContentPolicy.IsCode(element.GetAttribute("type")))
                policy.Allow(element.TextContent);
        }

        return HtmlTree.Write(document) + Note(removed);
    }

    private static bool IsDangerous(IAttr attribute)
    {
        if (attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!Addresses.Contains(attribute.LocalName, StringComparer.OrdinalIgnoreCase))
            return false;

        // Browsers skip white space and control characters in front of and inside a scheme.
        var url = string.Concat(attribute.Value.Where(c => c > ' ' && !char.IsControl(c)));
        return url.Contains("javascript:", StringComparison.OrdinalIgnoreCase)
            || url.Contains("vbscript:", StringComparison.OrdinalIgnoreCase)
            || (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase));
    }

    private static string Note(IReadOnlyList<IElement> removed)
    {
        if (removed.Count == 0)
            return "";
        var names = removed.Select(each => each.GetAttribute("src") is { Length: > 0 } source ? $"{each.LocalName} from {source}" : each.LocalName);
        return $"<p class=\"note\">Not shown: {WebUtility.HtmlEncode(string.Join(", ", names.Distinct(StringComparer.Ordinal)))}</p>\n";
    }
}
