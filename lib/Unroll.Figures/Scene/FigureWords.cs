using System.Net;
using System.Text.RegularExpressions;

namespace Unroll.Figures.Scene;

/// <summary>Plotly's texts may hold a few tags; a picture has the words alone.</summary>
internal static partial class FigureWords
{
    public static string Plain(string text) => text.Contains('<', StringComparison.Ordinal) || text.Contains('&', StringComparison.Ordinal)
        ? WebUtility.HtmlDecode(Tag().Replace(Break().Replace(text, "\n"), ""))
        : text;

    [GeneratedRegex("<br ?/?>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Break();

    [GeneratedRegex("</?(b|i|em|sub|sup|span|a|s|u)( [^<>]*)?>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}
