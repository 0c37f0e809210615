using System.Net;
using Unroll.Layers;

namespace Unroll.Display;

/// <summary>How a notebook shows what prints as a line or a few: the same text, set in a fixed width.</summary>
internal sealed class TextFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<object>("text/html", (value, writer) => writer.Write($"<pre>{WebUtility.HtmlEncode(value.ToString())}</pre>")),
        new Formatter<object>("text/plain", (value, writer) => writer.Write(value.ToString())),
    ];
}
