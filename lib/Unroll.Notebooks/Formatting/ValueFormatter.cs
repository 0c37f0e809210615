using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Unroll.Notebooks.Formatting;

/// <summary>Turns a value into the views that are sent to whoever shows the notebook.</summary>
internal static class ValueFormatter
{
    /// <summary>
    /// The views of <paramref name="value"/>: those asked for, else those its type prefers, else text/plain for strings
    /// and scalars and text/html with a text/plain twin for everything else.
    /// </summary>
    /// <param name="value">The value, or null.</param>
    /// <param name="mimeTypes">The views asked for; empty to leave the choice to the value.</param>
    public static MimeBundle Format(object? value, IReadOnlyList<string> mimeTypes)
    {
        // A type with formatters of its own may not want to be enumerated or read.
        var view = new Lazy<ValueView>(() => ValueView.Of(value), isThreadSafe: false);
        var bundle = new MimeBundle();
        foreach (var mimeType in mimeTypes.Count > 0 ? mimeTypes : Preferred(value, view))
            bundle[mimeType] = FormatAs(value, view, mimeType);
        return bundle;
    }

    private static IReadOnlyList<string> Preferred(object? value, Lazy<ValueView> view)
    {
        if (value is IHtmlContent)
            return [MimeBundle.Html];
        if (value is not null && ConventionFormatter.Of(value.GetType()) is { } own)
            return own.PreferredMimeTypes;
        return view.Value is ScalarView ? [MimeBundle.Plain] : [MimeBundle.Html, MimeBundle.Plain];
    }

    private static string FormatAs(object? value, Lazy<ValueView> view, string mimeType)
    {
        if (value is IHtmlContent content && (mimeType is MimeBundle.Html or MimeBundle.Plain))
            return ToText(content);
        if (value is not null && ConventionFormatter.Of(value.GetType())?.Format(value, mimeType) is { } own)
            return own;
        return mimeType switch
        {
            MimeBundle.Html => HtmlView.Write(view.Value),
            MimeBundle.Plain => PlainView.Write(view.Value),
            _ when value is string text => text,
            _ => throw new NotSupportedException(
                $"{value?.GetType().Name ?? "null"} has no view as {mimeType}; there are text/html and text/plain, and "
                + "what a type's own formatter brings."),
        };
    }

    private static string ToText(IHtmlContent content)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
