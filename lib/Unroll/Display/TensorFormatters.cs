using System.Net;

namespace Unroll.Display;

/// <summary>How a notebook shows a tensor: its shape, then its numbers as NumPy prints them.</summary>
internal sealed class TensorFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => $"<div><code>{Caption(value)}</code><pre>{WebUtility.HtmlEncode(value.ToString())}</pre></div>"),
        new Formatter("text/plain", value => $"{Caption(value)}\n{value}"),
    ];

    private static string Caption(object value) => $"shape={((Tensor)value).Shape} dtype=float32";
}
