using System.Globalization;

namespace Unroll.ModelTool.Tables;

/// <summary>A number in a CSV file, as every country's programs read it: a point, no thousands.</summary>
internal static class CsvNumber
{
    /// <summary>The digits that give each float32 back.</summary>
    private const string Format = "G9";

    /// <summary>Reads a number; Python's and C#'s words for what is none or without end count.</summary>
    public static bool TryParse(string text, out float number)
    {
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            return true;
        number = text.ToUpperInvariant() switch
        {
            "INF" or "+INF" => float.PositiveInfinity,
            "-INF" => float.NegativeInfinity,
            _ => 0,
        };
        return number != 0;
    }

    /// <summary>Whether digits were too large for float32, and nobody wrote that it is without end.</summary>
    public static bool IsTooLarge(string text, float number) => float.IsInfinity(number) && text.Any(char.IsAsciiDigit);

    public static string Write(float number) => number.ToString(Format, CultureInfo.InvariantCulture);
}
