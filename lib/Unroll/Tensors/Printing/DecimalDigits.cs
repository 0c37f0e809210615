using System.Runtime.InteropServices;
using System.Text;

namespace Unroll;

/// <summary>
/// The decimal digits of a float, <c>d.ddd × 10^Exponent</c>. They are taken one by one until they read back as the
/// same float, which makes them the shortest that do, or until a limit; there the rest is rounded, a tie to even.
/// (Steele and White's method, known as Dragon4.)
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DecimalDigits(string Digits, int Exponent)
{
    /// <summary>The shortest digits that tell <paramref name="magnitude"/> from all other floats.</summary>
    public static DecimalDigits Shortest(float magnitude) => AfterFirst(magnitude, least: 0, most: int.MaxValue);

    /// <summary>The shortest digits, but at least and at most so many after the first one.</summary>
    public static DecimalDigits AfterFirst(float magnitude, int least, int most) =>
        Take(magnitude, lowestExponent: int.MinValue, least, most);

    /// <summary>The shortest digits, but at least down to the decimal point and at most so many after it.</summary>
    public static DecimalDigits AfterPoint(float magnitude, int most) =>
        Take(magnitude, lowestExponent: -most, leastAfterFirst: FirstExponent(magnitude), mostAfterFirst: int.MaxValue);

    /// <summary>The digits before and after the point when the number is written without an exponent.</summary>
    public (string Whole, string Fraction) SplitAtPoint()
    {
        if (Exponent < 0)
            return ("0", new string('0', -Exponent - 1) + Digits);
        var padded = Digits.PadRight(Exponent + 1, '0');
        return (padded[..(Exponent + 1)], padded[(Exponent + 1)..]);
    }

    private static DecimalDigits Take(float magnitude, int lowestExponent, int leastAfterFirst, int mostAfterFirst)
    {
        if (magnitude == 0)
            return new DecimalDigits("0", 0);

        // A number below the lowest place still has to be rounded there, to 0 or to 1.
        var exponent = Math.Max(FirstExponent(magnitude), lowestExponent);
        var rest = new FloatRemainder(magnitude, exponent);
        var digits = new StringBuilder();
        for (var afterFirst = 0; ; afterFirst++)
        {
            var digit = rest.TakeDigit();
            digits.Append((char)('0' + digit));
            var isEnough = afterFirst >= leastAfterFirst && (rest.IsCloseToDigit || rest.IsCloseToNextDigit);
            var isLimit = afterFirst >= mostAfterFirst || exponent - afterFirst <= lowestExponent;
            if (isEnough || isLimit)
                return Round(digits.ToString(), exponent, rest.RoundsUp(digit));
            rest.MoveToNextPlace();
        }
    }

    /// <summary>
    /// The exponent of the first digit that is not zero. Math.Log10 may miss a whole number by a rounding error;
    /// no float but a power of ten itself lies as close below one as the correction reaches.
    /// </summary>
    private static int FirstExponent(float magnitude) => (int)Math.Floor(Math.Log10(magnitude) + 1e-12);

    private static DecimalDigits Round(string digits, int exponent, bool up)
    {
        if (!up)
            return new DecimalDigits(digits, exponent);
        var kept = digits.TrimEnd('9');
        return kept.Length == 0
            ? new DecimalDigits("1", exponent + 1)
            : new DecimalDigits(kept[..^1] + (char)(kept[^1] + 1), exponent);
    }
}
