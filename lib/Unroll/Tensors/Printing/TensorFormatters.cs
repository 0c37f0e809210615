using Unroll.Views;

namespace Unroll;

/// <summary>How a notebook shows a tensor: its shape, then its numbers, on colours or as NumPy prints them.</summary>
internal sealed class TensorFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => TensorTable.Write((Tensor)value)),
        new Formatter("text/plain", value => $"shape={((Tensor)value).Shape} dtype=float32\n{value}"),
    ];
}
