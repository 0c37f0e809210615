using System.Net;

namespace Unroll.Display;

/// <summary>How a notebook shows a tensor: its shape, then its numbers as NumPy prints them.</summary>
internal sealed class TensorFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<Tensor>("text/html", (tensor, writer) => writer.Write(
            $"<div><code>shape={tensor.Shape} dtype=float32</code><pre>{WebUtility.HtmlEncode(tensor.ToString())}</pre></div>")),
        new Formatter<Tensor>("text/plain", (tensor, writer) => writer.Write($"shape={tensor.Shape} dtype=float32\n{tensor}")),
    ];
}
