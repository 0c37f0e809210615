using System.Net;

namespace Unroll.Views;

/// <summary>How a notebook shows what prints as a line or a few: the same text, set in a fixed width.</summary>
internal sealed class TextFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => $"<pre>{WebUtility.HtmlEncode(value.ToString())}</pre>"),
        new Formatter("text/plain", value => value.ToString()!),
    ];
}
