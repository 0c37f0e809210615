using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Unroll.Notebooks.CellApi.Guests;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>
/// How a value wants to be shown: as the HTML it is, as a cell has registered for its type, as this host does for a package
/// that it knows by name, or as its type brings along.
/// </summary>
internal sealed class OwnFormat(object? value)
{
    private readonly Lazy<Func<string, string?>?> _guest =
        new(() => value is null ? null : GuestList.Of(value.GetType())?.Look(value), isThreadSafe: false);

    /// <summary>What the guest has made: a picture is drawn once, also where it is first asked whether there is one.</summary>
    private readonly Dictionary<string, string?> _made = new(StringComparer.Ordinal);

    /// <summary>Whether the value is of a package that is known by name.</summary>
    public bool IsGuest => value is not null && GuestList.Of(value.GetType()) is not null;

    /// <summary>The text of <paramref name="value"/> as <paramref name="mimeType"/>, or null where it has no preference.</summary>
    public static string? Of(object? value, string mimeType) => new OwnFormat(value).As(mimeType);

    /// <summary>Whether the value has HTML of its own, so that it needs a place of its own.</summary>
    public static bool HasHtml(object? value) => value is not null
        && (value is IHtmlContent || RegisteredFormats.Has(value.GetType(), MimeBundle.Html) || GuestList.Of(value.GetType()) is not null
            || AttributeFormats.Of(value.GetType()) is not null);

    /// <summary>The text of the value as <paramref name="mimeType"/>, or null where it has no preference.</summary>
    public string? As(string mimeType)
    {
        if (value is null)
            return null;
        if (value is IHtmlContent content && mimeType is MimeBundle.Html or MimeBundle.Plain)
            return ToText(content);
        return RegisteredFormats.Format(value, mimeType)
            ?? OfGuest(mimeType)
            ?? AttributeFormats.Of(value.GetType())?.Format(value, mimeType);
    }

    private string? OfGuest(string mimeType)
    {
        if (!IsGuest)
            return null;
        if (!_made.TryGetValue(mimeType, out var text))
            _made[mimeType] = text = _guest.Value?.Invoke(mimeType);
        return text;
    }

    private static string ToText(IHtmlContent content)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
