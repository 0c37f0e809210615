using System.Text;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Pictures inside a page, as <c>data:</c> addresses of types that a browser only looks at.</summary>
internal static class PictureData
{
    private const string Svg = "image/svg+xml";
    private static readonly string[] Types = ["image/png", "image/jpeg", "image/gif", "image/webp", Svg];

    /// <summary>The address of a picture, whose type is found in its first bytes.</summary>
    /// <exception cref="UndrawableException">The bytes are not a picture of a known type.</exception>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var type = TypeOf(bytes) ?? throw new UndrawableException("what it holds is not a PNG, JPEG, GIF, WebP or SVG picture");
        return $"data:{type};base64,{Convert.ToBase64String(bytes)}";
    }

    /// <summary>The address of a picture in SVG: as the source of an image it runs no script and asks for nothing.</summary>
    public static string OfSvg(string svg) => $"data:{Svg};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}";

    /// <summary>The address of a picture that a notebook holds as base64.</summary>
    /// <exception cref="UndrawableException">It is of another type, is not base64, or is too large.</exception>
    public static string OfBase64(string type, string base64)
    {
        if (!Types.Contains(type, StringComparer.OrdinalIgnoreCase))
            throw new UndrawableException($"\"{type}\" is not a type of picture that a page shows");
        if (base64.Length / 4L * 3 > PageLimits.PictureBytes)
            throw new UndrawableException("it is too large for a page");
        try
        {
            // Written anew, so that it is base64 and nothing else.
            return $"data:{type.ToLowerInvariant()};base64,{Convert.ToBase64String(Convert.FromBase64String(base64))}";
        }
        catch (FormatException)
        {
            throw new UndrawableException("its data are not base64");
        }
    }

    /// <summary>A <c>data:</c> address that a notebook holds, checked and written anew.</summary>
    /// <exception cref="UndrawableException">It is not a picture.</exception>
    public static string OfUrl(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            throw new UndrawableException("its address holds no data");
        var head = url["data:".Length..comma].Split(';', StringSplitOptions.TrimEntries);
        var data = Uri.UnescapeDataString(url[(comma + 1)..]);
        if (head.Contains("base64", StringComparer.OrdinalIgnoreCase))
            return OfBase64(head[0], data);
        return head[0].Equals(Svg, StringComparison.OrdinalIgnoreCase)
            ? OfSvg(data)
            : throw new UndrawableException($"\"{head[0]}\" without base64 is not a picture that a page shows");
    }

    private static string? TypeOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        _ => IsSvg(bytes) ? Svg : null,
    };

    private static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        return text.TrimStart(" \t\r\n"u8).StartsWith("<"u8) && text.IndexOf("<svg"u8) >= 0;
    }
}
