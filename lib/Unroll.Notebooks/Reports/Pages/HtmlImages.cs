using System.Text.Json.Nodes;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Xhtml;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Makes the images of a piece of HTML part of the page: one that cannot be becomes a link, and says why.</summary>
internal static class HtmlImages
{
    /// <summary>Embeds what <paramref name="document"/> shows.</summary>
    public static void Embed(IHtmlDocument document, PagePictures pictures, JsonObject? attachments)
    {
        foreach (var image in document.QuerySelectorAll("img[src]").ToList())
            Embed(document, image, pictures, attachments);
    }

    /// <summary>Drawings in the page become images: as such they run nothing.</summary>
    public static void Freeze(IHtmlDocument document)
    {
        foreach (var svg in document.QuerySelectorAll("svg").Where(each => each.ParentElement?.Closest("svg") is null).ToList())
        {
            var image = document.CreateElement("img");
            image.SetAttribute("src", PictureData.OfSvg(svg.ToHtml(XhtmlMarkupFormatter.Instance)));
            image.SetAttribute("alt", svg.QuerySelector("title")?.TextContent.Trim() ?? "picture");
            svg.Replace(image);
        }
    }

    private static void Embed(IHtmlDocument document, IElement image, PagePictures pictures, JsonObject? attachments)
    {
        image.RemoveAttribute("srcset");
        var source = image.GetAttribute("src") ?? "";
        try
        {
            image.SetAttribute("src", pictures.Find(source.Trim(), attachments));
        }
        catch (Exception error) when (error is UndrawableException or UriFormatException or ArgumentException)
        {
            image.Replace(Link(document, source, image.GetAttribute("alt")), Note(document, PagePart.Reason(error)));
        }
    }

    private static IElement Link(IHtmlDocument document, string source, string? words)
    {
        var link = document.CreateElement("a");
        if (!source.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            link.SetAttribute("href", source);
        link.TextContent = string.IsNullOrWhiteSpace(words) ? "picture" : words;
        return link;
    }

    private static IElement Note(IHtmlDocument document, string reason)
    {
        var note = document.CreateElement("span");
        note.ClassName = "note";
        note.TextContent = $" (picture not shown: {reason})";
        return note;
    }
}
