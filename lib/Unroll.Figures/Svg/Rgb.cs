using System.Globalization;
using System.Runtime.InteropServices;

namespace Unroll.Figures.Svg;

/// <summary>Red, green and blue, each from 0 to 255.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Rgb(double R, double G, double B)
{
    /// <summary>How bright the colour is, from 0 to 1: WCAG's relative luminance.</summary>
    public double Luminance => 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

    /// <summary>Black or white, whichever is read better on this colour.</summary>
    public string Ink => Luminance > 0.18 ? "#000" : "#fff";

    public static Rgb Between(Rgb from, Rgb to, double share) => new(
        from.R + (to.R - from.R) * share, from.G + (to.G - from.G) * share, from.B + (to.B - from.B) * share);

    /// <summary>A colour's code, or null where it is none: <c>#rgb</c>, <c>#rrggbb</c>, <c>rgb(…)</c>, and some names.</summary>
    public static Rgb? Parse(string code)
    {
        code = code.Trim().ToLowerInvariant();
        if (code.StartsWith('#') && code.Length is 4 or 7 && code.Skip(1).All(char.IsAsciiHexDigit))
        {
            var digits = code.Length == 4 ? string.Concat(code.Skip(1).Select(digit => $"{digit}{digit}")) : code[1..];
            var parts = Convert.FromHexString(digits);
            return new Rgb(parts[0], parts[1], parts[2]);
        }

        if (code.StartsWith("rgb", StringComparison.Ordinal) && code.EndsWith(')'))
        {
            var parts = code[(code.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',');
            if (parts.Length is 3 or 4 && parts.Take(3).All(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
                return new Rgb(Channel(parts[0]), Channel(parts[1]), Channel(parts[2]));
        }

        return code switch
        {
            "black" => new Rgb(0, 0, 0),
            "white" => new Rgb(255, 255, 255),
            "red" => new Rgb(255, 0, 0),
            "green" => new Rgb(0, 128, 0),
            "blue" => new Rgb(0, 0, 255),
            "yellow" => new Rgb(255, 255, 0),
            "orange" => new Rgb(255, 165, 0),
            "gray" or "grey" => new Rgb(128, 128, 128),
            _ => null,
        };
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"#{(int)Math.Round(R):x2}{(int)Math.Round(G):x2}{(int)Math.Round(B):x2}");

    private static double Channel(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Linear(double channel)
    {
        var share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
