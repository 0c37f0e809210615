using System.Globalization;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>Bitmaps, images and surfaces of SkiaSharp, as PNG.</summary>
internal sealed class SkiaPicture(string typeName) : Guest(typeName, Png, MimeBundle.Plain)
{
    private const string Png = "image/png";

    /// <inheritdoc/>
    public override Func<string, string?>? Look(object value)
    {
        // What was disposed has no pixels and no size, and its library would read where they were.
        if (value.GetType().GetProperty("Handle")?.GetValue(value) is not nint handle || handle == 0)
            return mimeType => mimeType is MimeBundle.Plain or MimeBundle.Html ? $"{value.GetType().Name} (disposed)" : null;
        var words = Words(value);
        var png = new Lazy<string?>(() => Encode(value), isThreadSafe: false);
        return mimeType => mimeType switch
        {
            MimeBundle.Plain => words,
            Png => png.Value,
            MimeBundle.Html when png.Value is { } data => $"<img alt=\"{HtmlText.Encode(words)}\" src=\"data:{Png};base64,{data}\">",
            _ => null,
        };
    }

    private static string Words(object value)
    {
        var name = value.GetType().Name;
        return Size(value, "Width") is { } width && Size(value, "Height") is { } height ? $"{name}, {width} × {height} pixels" : name;
    }

    private static string? Size(object value, string name) => value.GetType().GetProperty(name)?.GetValue(value) is int size
        ? size.ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>The picture as PNG in base64; null where the library has no such methods, or finds no pixels.</summary>
    private static string? Encode(object value)
    {
        var type = value.GetType();
        var image = type.Assembly.GetType("SkiaSharp.SKImage");
        if (image?.GetMethod("Encode", Type.EmptyTypes) is not { } encode)
            return null;
        if (image.IsInstanceOfType(value))
            return Base64(encode.Invoke(value, []));

        // Of what is not an image yet, one is made.
        var made = type.GetMethod("Snapshot", Type.EmptyTypes) is { } snapshot
            ? snapshot.Invoke(value, [])
            : image.GetMethod("FromBitmap", [type])?.Invoke(null, [value]);
        using (made as IDisposable)
            return made is null ? null : Base64(encode.Invoke(made, []));
    }

    private static string? Base64(object? data)
    {
        using (data as IDisposable)
            return data?.GetType().GetMethod("ToArray", Type.EmptyTypes)?.Invoke(data, []) is byte[] png ? Convert.ToBase64String(png) : null;
    }
}
