using static System.FormattableString;

namespace Unroll;

/// <summary>
/// How arrays are printed: the counterpart of NumPy's <c>np.set_printoptions</c>, with the same defaults.
/// </summary>
/// <example><code>PrintOptions.Default = PrintOptions.Default with { Precision = 3, Suppress = true };</code></example>
public sealed record PrintOptions
{
    /// <summary>
    /// The options used wherever none are given. Set it to change how every array prints from then on.
    /// </summary>
    public static PrintOptions Default
    {
        get => Session.Current.Printing;
        set => Session.Current.Printing = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The most digits shown after the decimal point; fewer where fewer tell the number apart.</summary>
    public int Precision
    {
        get;
        init => field = NotNegative(value, nameof(Precision));
    } = 8;

    /// <summary>Arrays with more elements than this are shortened with <c>...</c>.</summary>
    public int Threshold
    {
        get;
        init => field = NotNegative(value, nameof(Threshold));
    } = 1000;

    /// <summary>How many elements at the beginning and at the end of each axis a shortened array keeps.</summary>
    public int EdgeItems
    {
        get;
        init => field = NotNegative(value, nameof(EdgeItems));
    } = 3;

    /// <summary>The columns of a line; longer rows wrap.</summary>
    public int LineWidth
    {
        get;
        init => field = NotNegative(value, nameof(LineWidth));
    } = 75;

    /// <summary>
    /// Whether small numbers print as zero where <see cref="Precision"/> digits cannot show them,
    /// instead of turning the whole array to exponents. Numbers of 1e8 and more still do.
    /// </summary>
    public bool Suppress { get; init; }

    private static int NotNegative(int value, string option) =>
        value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                option, Invariant($"PrintOptions.{option} is a count: expected 0 or more but got {value}."));
}
