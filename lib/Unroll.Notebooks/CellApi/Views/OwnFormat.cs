using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>
/// How a value wants to be shown: as the HTML it is, as a cell has registered for its type, or as its type brings along.
/// </summary>
internal static class OwnFormat
{
    /// <summary>The text of <paramref name="value"/> as <paramref name="mimeType"/>, or null where it has no preference.</summary>
    public static string? Of(object? value, string mimeType)
    {
        if (value is null)
            return null;
        if (value is IHtmlContent content && mimeType is MimeBundle.Html or MimeBundle.Plain)
            return ToText(content);
        return RegisteredFormats.Format(value, mimeType) ?? AttributeFormats.Of(value.GetType())?.Format(value, mimeType);
    }

    /// <summary>Whether the value has HTML of its own, so that it needs a place of its own.</summary>
    public static bool HasHtml(object? value) => value is not null
        && (value is IHtmlContent || RegisteredFormats.Has(value.GetType(), MimeBundle.Html) || AttributeFormats.Of(value.GetType()) is not null);

    private static string ToText(IHtmlContent content)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
