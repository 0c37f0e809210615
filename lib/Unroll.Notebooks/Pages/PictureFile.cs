namespace Unroll.Notebooks.Pages;

/// <summary>What pictures are, by the end of their file's name.</summary>
internal static class PictureFile
{
    /// <summary>The MIME type; null for what is no picture.</summary>
    public static string? Type(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".SVG" => "image/svg+xml",
        ".WEBP" => "image/webp",
        _ => null,
    };
}
