using System.Globalization;

namespace Unroll;

/// <summary>
/// How each element of one array is written, so that all align: with or without exponents, and in how many columns
/// before and after the point. The rules are NumPy's (its floatmode "maxprec").
/// </summary>
internal sealed class ElementFormat
{
    private const float SmallestWithExponent = 1e8f;
    private const float LargestRatio = 1000f;
    // Compared as double: the float nearest to 0.0001 lies below it, and NumPy gives it an exponent.
    private const double SmallestPlain = 0.0001;
    private const double SmallestScalarWithExponent = 1e16;
    private const int ExponentColumns = 4;

    private readonly bool _hasExponent;
    private readonly int _leastDigits;
    private readonly int _mostDigits;
    private readonly int _columnsBefore;
    private readonly int _columnsAfter;

    /// <summary>Decides on the format that suits all of <paramref name="values"/>.</summary>
    public ElementFormat(ReadOnlySpan<float> values, PrintOptions options)
    {
        _hasExponent = NeedsExponent(values, options.Suppress);
        _mostDigits = options.Precision;

        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            var (before, after) = AroundPoint(value);
            _columnsBefore = Math.Max(_columnsBefore, before.Length);
            _columnsAfter = Math.Max(_columnsAfter, after.Length);
        }

        // With exponents all elements show as many digits as the longest, correct ones in place of padding.
        if (_hasExponent)
            _leastDigits = _mostDigits = _columnsAfter - ExponentColumns;

        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                _columnsBefore = Math.Max(_columnsBefore, NonFinite(value).Length - ".".Length - _columnsAfter);
        }
    }

    /// <summary>One element, padded to the columns of the array.</summary>
    public string Write(float value)
    {
        if (!float.IsFinite(value))
            return NonFinite(value).PadLeft(_columnsBefore + ".".Length + _columnsAfter);
        var (before, after) = AroundPoint(value);
        return $"{before.PadLeft(_columnsBefore)}.{after.PadRight(_columnsAfter)}";
    }

    /// <summary>A number alone, as NumPy's <c>str</c> of a float32 gives it; no option changes that.</summary>
    public static string WriteScalar(float value)
    {
        if (!float.IsFinite(value))
            return NonFinite(value);

        var digits = DecimalDigits.Shortest(Math.Abs(value));
        double magnitude = Math.Abs(value);
        if (magnitude is 0 or (>= SmallestPlain and < SmallestScalarWithExponent))
        {
            var (whole, fraction) = digits.SplitAtPoint();
            return $"{Sign(value)}{whole}.{(fraction.Length > 0 ? fraction : "0")}";
        }

        var point = digits.Digits.Length > 1 ? "." : "";
        return $"{Sign(value)}{digits.Digits[0]}{point}{digits.Digits[1..]}{Exponent(digits)}";
    }

    private static bool NeedsExponent(ReadOnlySpan<float> values, bool suppress)
    {
        var smallest = float.PositiveInfinity;
        var largest = 0f;
        foreach (var value in values)
        {
            if (!float.IsFinite(value) || value == 0)
                continue;
            smallest = Math.Min(smallest, Math.Abs(value));
            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0)
            return false;
        return largest >= SmallestWithExponent
            || (!suppress && (smallest < SmallestPlain || largest / smallest > LargestRatio));
    }

    /// <summary>What stands before the decimal point and what after it, without padding.</summary>
    private (string Before, string After) AroundPoint(float value)
    {
        var magnitude = Math.Abs(value);
        if (_hasExponent)
        {
            var digits = DecimalDigits.AfterFirst(magnitude, _leastDigits, _mostDigits);
            var afterFirst = digits.Digits[1..].TrimEnd('0').PadRight(_leastDigits, '0');
            return (Sign(value) + digits.Digits[0], afterFirst + Exponent(digits));
        }

        var (whole, fraction) = DecimalDigits.AfterPoint(magnitude, _mostDigits).SplitAtPoint();
        return (Sign(value) + whole, fraction.TrimEnd('0'));
    }

    private static string NonFinite(float value) => float.IsNaN(value) ? "nan" : Sign(value) + "inf";

    private static string Sign(float value) => float.IsNegative(value) ? "-" : "";

    private static string Exponent(DecimalDigits digits) =>
        digits.Exponent.ToString("'e+'00;'e-'00", CultureInfo.InvariantCulture);
}
