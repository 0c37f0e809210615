using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using Unroll.Notebooks.CellApi.Guests;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>Turns a value into the views that are sent to whoever shows the notebook.</summary>
internal static class ValueRenderer
{
    /// <summary>
    /// The views of <paramref name="value"/>: those asked for, else those its type prefers, else text/plain for strings
    /// and scalars and text/html with a text/plain twin for everything else.
    /// </summary>
    /// <param name="value">The value, or null.</param>
    /// <param name="mimeTypes">The views asked for; empty to leave the choice to the value.</param>
    public static MimeBundle Render(object? value, IReadOnlyList<string> mimeTypes)
    {
        // A type with formatters of its own may not want to be enumerated or read.
        var view = new Lazy<ValueView>(() => ValueView.Of(value), isThreadSafe: false);
        var own = new OwnFormat(value);
        var bundle = new MimeBundle();
        foreach (var mimeType in mimeTypes.Count > 0 ? mimeTypes : Preferred(value, own, view))
            bundle[mimeType] = own.As(mimeType) ?? FormatAs(value, view, mimeType);
        return bundle;
    }

    /// <summary>What a cell, or the type itself, wants values of <paramref name="type"/> to be sent as; null for no preference.</summary>
    public static IReadOnlyList<string>? PreferredOf(Type type)
    {
        if (RegisteredFormats.PreferredFor(type) is { } chosen)
            return chosen;
        if (typeof(IHtmlContent).IsAssignableFrom(type))
            return [MimeBundle.Html];
        var brought = GuestList.Of(type)?.MimeTypes ?? AttributeFormats.Of(type)?.PreferredMimeTypes;
        if (type == typeof(string) || !RegisteredFormats.Has(type, Formatter.DefaultMimeType))
            return brought;
        string[] registered = RegisteredFormats.Has(type, MimeBundle.Plain)
            ? [Formatter.DefaultMimeType, MimeBundle.Plain]
            : [Formatter.DefaultMimeType];
        return [.. registered.Union(brought ?? [], StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Preferred(object? value, OwnFormat own, Lazy<ValueView> view)
    {
        // Of a guest, the views that there are: what a package of another version does not let us see is shown as any value.
        var preferred = value is null ? null : PreferredOf(value.GetType());
        if (preferred is not null && own.IsGuest)
            preferred = preferred.Where(type => own.As(type) is not null).ToList() is { Count: > 0 } some ? some : null;
        if (preferred is not null)
            return preferred;
        var isPlain = Formatter.DefaultMimeType == MimeBundle.Plain
            || (view.Value is ScalarView && Formatter.DefaultMimeType == MimeBundle.Html);
        return isPlain ? [MimeBundle.Plain] : [Formatter.DefaultMimeType, MimeBundle.Plain];
    }

    private static string FormatAs(object? value, Lazy<ValueView> view, string mimeType) => mimeType switch
    {
        MimeBundle.Html => HtmlView.Write(view.Value),
        MimeBundle.Plain => PlainView.Write(view.Value),
        _ when value is string text => text,
        MimeBundle.Json => JsonSerializer.Serialize(value, JsonFormatter.SerializerOptions),
        MimeBundle.Csv => CsvView.Write(value),
        _ => throw new NotSupportedException(
            $"{value?.GetType().Name ?? "null"} has no view as {mimeType}; there are text/html, text/plain, "
            + "application/json and text/csv, what Formatter.Register adds, and what a type's own formatter brings."),
    };
}
