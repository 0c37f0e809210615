namespace Unroll.Models;

/// <summary>A loss or a gradient is NaN or infinite.</summary>
internal sealed class NotFiniteException(string message) : InvalidOperationException(message);
