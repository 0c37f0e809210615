using AngleSharp.Dom;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// HTML that a cell of this run made. The cell has run on this machine, so its scripts may run on the page: the inline ones,
/// which the page's policy names one by one. Nothing is loaded from elsewhere, framed, sent, or followed to a script.
/// </summary>
/// <param name="policy">The policy of the page.</param>
/// <param name="pictures">The pictures of the page.</param>
internal sealed class LiveHtml(ContentPolicy policy, PagePictures pictures)
{
    private const string Removed = "script[src], iframe, frame, frameset, object, embed, applet, base, meta, link, noscript, plaintext";

    /// <summary>Attributes whose address a browser loads, or goes to.</summary>
    private static readonly string[] Addresses =
        ["href", "src", "srcset", "action", "formaction", "data", "poster", "background", "ping"];

    /// <summary>Attributes that an animation may copy to an address.</summary>
    private static readonly string[] Animated = ["to", "from", "by", "values"];

    /// <summary>The HTML as the page shows it.</summary>
    /// <exception cref="UndrawableException">It is more than a page takes.</exception>
    public string Write(string html)
    {
        var document = HtmlTree.Parse(html);
        var removed = document.Body!.QuerySelectorAll(Removed).ToList();
        removed.ForEach(each => each.Remove());
        HtmlImages.Embed(document, pictures, attachments: null);
        var scripts = new List<string>();
        foreach (var element in document.Body.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes.Where(IsDangerous).ToList())
                element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
            if (element.LocalName is "script" && ContentPolicy.IsCode(element.GetAttribute("type")))
                scripts.Add(element.TextContent);
        }

        var written = HtmlTree.Write(document);
        if (!Shape(document).SequenceEqual(Shape(HtmlTree.Parse(written)), StringComparer.Ordinal))
            throw new UndrawableException("a browser would not read it as it is written");
        scripts.ForEach(policy.Allow);
        return written + Note(removed);
    }

    /// <summary>
    /// The elements in their order. Some trees that a parser makes are read as others once they are written, and the rest
    /// of the page could become part of them.
    /// </summary>
    private static IEnumerable<string> Shape(IDocument document) => document.All.Select(each => $"{each.NamespaceUri} {each.LocalName}");

    private static bool IsDangerous(IAttr attribute)
    {
        var name = attribute.LocalName;
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            return true;

        // Browsers skip white space and control characters in front of and inside a scheme.
        var value = string.Concat(attribute.Value.Where(c => c > ' ' && !char.IsControl(c)));
        if (Animated.Contains(name, StringComparer.OrdinalIgnoreCase))
            return IsCode(value);
        if (!Addresses.Contains(name, StringComparer.OrdinalIgnoreCase))
            return false;
        return attribute.OwnerElement?.LocalName is "a" or "area"
            ? name is "ping" || IsCode(value)
            : !value.StartsWith('#') && !value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsCode(string address) =>
        address.Contains("javascript:", StringComparison.OrdinalIgnoreCase)
        || address.Contains("vbscript:", StringComparison.OrdinalIgnoreCase)
        || address.Contains("data:", StringComparison.OrdinalIgnoreCase);

    private static string Note(IReadOnlyList<IElement> removed)
    {
        if (removed.Count == 0)
            return "";
        var names = removed.Select(each => each.GetAttribute("src") is { Length: > 0 } source ? $"{each.LocalName} from {source}" : each.LocalName);
        return $"<p class=\"note\">Not shown: {HtmlText.Encode(string.Join(", ", names.Distinct(StringComparer.Ordinal)))}</p>\n";
    }
}
