using System.Globalization;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>
/// Floating-point numbers as NumPy prints them: with the digits that tell a number from its neighbours, at most eight after
/// the point, the points below each other; with exponents where the numbers are very large, very small, or both.
/// </summary>
internal sealed class FloatFormat
{
    private const int Precision = 8;
    private readonly string _type;
    private readonly bool _isScientific;
    private readonly int _whole;
    private readonly int _fraction;
    private readonly int _exponent;

    /// <summary>Chooses what suits all of <paramref name="values"/>, which are of torch's <paramref name="type"/>.</summary>
    public FloatFormat(double[] values, string type)
    {
        _type = type;
        var sizes = values.Where(value => double.IsFinite(value) && value != 0).Select(Math.Abs).ToList();
        _isScientific = sizes.Count > 0 && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || sizes.Max() / sizes.Min() > 1000);
        foreach (var (whole, fraction, exponent) in values.Where(double.IsFinite).Select(Split))
        {
            _whole = Math.Max(_whole, whole.Length);
            _fraction = Math.Max(_fraction, fraction.Length);
            _exponent = Math.Max(_exponent, exponent.Length);
        }

        // What is not a number has no point, and room for it is made on the left.
        var words = values.Where(value => !double.IsFinite(value)).Select(value => Word(value).Length);
        _whole += Math.Max(0, words.DefaultIfEmpty(0).Max() - Width);
    }

    private int Width => _whole + 1 + _fraction + _exponent;

    /// <summary>A number, as wide as all of them.</summary>
    public string Write(double value)
    {
        if (!double.IsFinite(value))
            return Word(value).PadLeft(Width);
        var (whole, fraction, exponent) = Split(value);
        var power = exponent.Length < _exponent ? $"{exponent[..2]}{exponent[2..].PadLeft(_exponent - 2, '0')}" : exponent;
        return $"{whole.PadLeft(_whole)}.{fraction.PadRight(_fraction, _isScientific ? '0' : ' ')}{power}";
    }

    private static string Word(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    /// <summary>The parts of a number around its point.</summary>
    private (string Whole, string Fraction, string Exponent) Split(double value)
    {
        var (digits, point) = Digits(Math.Abs(value));
        var power = _isScientific && value != 0 ? point - 1 : 0;
        var number = decimal.Round(decimal.Parse($"{digits}E{point - power - digits.Length}", NumberStyles.Float, CultureInfo.InvariantCulture), Precision);
        if (_isScientific && number >= 10)
            (number, power) = (number / 10, power + 1);
        var parts = number.ToString("0.########", CultureInfo.InvariantCulture).Split('.');
        var sign = double.IsNegative(value) ? "-" : "";
        return ($"{sign}{parts[0]}", parts.Length > 1 ? parts[1] : "", _isScientific ? power.ToString("'e'+00;'e'-00", CultureInfo.InvariantCulture) : "");
    }

    /// <summary>The fewest digits that read back as the number in its own type, and where the point is among them.</summary>
    private (string Digits, int Point) Digits(double value)
    {
        var text = _type switch
        {
            "Float64" => value.ToString("R", CultureInfo.InvariantCulture),
            "Float16" => ((Half)value).ToString(CultureInfo.InvariantCulture),
            _ => ((float)value).ToString("R", CultureInfo.InvariantCulture),
        };
        var halves = text.Split('E');
        var point = halves[0].IndexOf('.', StringComparison.Ordinal);
        var digits = halves[0].Replace(".", "", StringComparison.Ordinal);
        var place = (point < 0 ? digits.Length : point) + (halves.Length > 1 ? int.Parse(halves[1], CultureInfo.InvariantCulture) : 0);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        return zeros == digits.Length ? ("0", 1) : (digits[zeros..], place - zeros);
    }
}
