using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Unroll.Notebooks.Documents;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Text and HTML, from one to the other.</summary>
public static class Html
{
    /// <summary>Text that is HTML already, and is not encoded again.</summary>
    public static IHtmlContent ToHtmlContent(this string value) => new HtmlString(value);

    /// <summary>Text, encoded so that a page shows it as it stands.</summary>
    public static IHtmlContent HtmlEncode(this string content) => new HtmlString(HtmlText.Encode(content));

    /// <summary>Writes <paramref name="content"/> where a formatter writes.</summary>
    public static void WriteTo(this IHtmlContent content, FormatContext context)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(context);
        content.WriteTo(context.Writer, HtmlEncoder.Default);
    }

    /// <summary>Writes <paramref name="value"/> where a formatter writes, as <paramref name="mimeType"/>.</summary>
    public static void FormatTo(this object? value, FormatContext context, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Writer.Write(value.ToDisplayString(mimeType));
    }
}
