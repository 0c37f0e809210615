using Unroll.Notebooks.CellApi.Views;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>How values of one type are shown.</summary>
/// <typeparam name="T">The type, exactly.</typeparam>
public static class Formatter<T>
{
    /// <summary>How many items of a sequence of <typeparamref name="T"/> are shown.</summary>
#pragma warning disable CA1000 // Formatter<T>.ListExpansionLimit = 5 is how notebooks write it.
    public static int ListExpansionLimit
#pragma warning restore CA1000
    {
        get => RegisteredFormats.LimitOf(typeof(T)) ?? Formatter.ListExpansionLimit;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            RegisteredFormats.SetLimit(typeof(T), value);
        }
    }
}
