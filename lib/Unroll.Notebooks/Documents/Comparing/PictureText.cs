using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Documents.Comparing;

/// <summary>
/// Drawings that HTML carries in the addresses of images, written out: then their numbers are compared as numbers, and what
/// differs can be read.
/// </summary>
internal static partial class PictureText
{
    /// <summary>The HTML with its drawings as text.</summary>
    public static string WriteOut(string html) => Address().Replace(html, match =>
    {
        var data = match.Groups["data"].Value;
        return Base64.IsValid(data) ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : match.Value;
    });

    [GeneratedRegex(@"data:image/svg\+xml;base64,(?<data>[A-Za-z0-9+/]+=*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Address();
}
