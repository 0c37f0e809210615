using System.Globalization;
using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Reporting;

/// <summary>Numbers as the tables print them.</summary>
internal static class Numbers
{
    /// <summary>Three digits: 0.00123, 1.23, 123, 12345.</summary>
    public static string Short(double value)
    {
        if (value == 0)
            return "0";
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The median, and the least in parentheses.</summary>
    public static string Both(Timing time) => $"{Short(time.Median)} ({Short(time.Least)})";

    public static string Both(double median, double least) => $"{Short(median)} ({Short(least)})";

    private static string Percent(double share) => (share * 100).ToString("F0", CultureInfo.InvariantCulture) + " %";

    /// <summary>The median's share, and that of the least time in parentheses; nothing where there is none.</summary>
    public static string Both(Shares? shares) => shares is null ? "" : $"{Percent(shares.Median)} ({Percent(shares.Most)})";

    public static string Bytes(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
