using System.Text;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Views;

/// <summary>
/// A drawing as an HTML image, its data in its address: notebooks that are not trusted, and pages that clean their HTML, strip
/// drawings and leave images.
/// </summary>
internal static class PictureHtml
{
    /// <summary>The image, no wider than its place.</summary>
    /// <param name="svg">The drawing, begun with <see cref="SvgWriter.BeginImage"/>.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="words">What it shows, for those who do not see it.</param>
    public static string Image(string svg, double width, double height, string words) =>
        $"<img alt=\"{SvgWriter.Encode(words)}\" width=\"{SvgWriter.Number(width)}\" height=\"{SvgWriter.Number(height)}\" " +
        "style=\"max-width:100%;height:auto\" " +
        $"src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\">";
}
