using System.Globalization;

namespace Unroll.Display;

/// <summary>A colour, or one for each point. The names are those of Plotly.NET.</summary>
public sealed class Color
{
    private readonly object _value;

    private Color(object value) => _value = value;

    /// <summary>A colour by its CSS name or code: <c>"steelblue"</c>, <c>"#0072B2"</c>.</summary>
    public static Color fromString(string c) => new(c ?? throw new ArgumentNullException(nameof(c)));

    /// <summary>A colour by its code: <c>"#0072B2"</c>.</summary>
    public static Color fromHex(string s) => fromString(s);

    /// <summary>A colour of red, green and blue, each from 0 to 255.</summary>
    public static Color fromRGB(int r, int g, int b) => new(string.Create(CultureInfo.InvariantCulture, $"rgb({r},{g},{b})"));

    /// <summary>A colour of red, green, blue, each from 0 to 255, and how little one sees through it, from 0 to 1.</summary>
    public static Color fromARGB(int a, int r, int g, int b) =>
        new(string.Create(CultureInfo.InvariantCulture, $"rgba({r},{g},{b},{a / 255.0:0.###})"));

    /// <summary>A colour for each point.</summary>
    public static Color fromColors(IEnumerable<Color> c) => new((c ?? throw new ArgumentNullException(nameof(c))).ToArray());

    /// <summary>A number for each point, which the trace's scale turns into a colour.</summary>
    public static Color fromColorScaleValues<T>(IEnumerable<T> c)
        where T : IConvertible => new((c ?? throw new ArgumentNullException(nameof(c))).ToArray());

    /// <summary>The colour's code.</summary>
    public override string ToString() => _value as string ?? PlotlyJson.Text(PlotlyJson.Node(_value)!);

    /// <summary>A string, or a sequence of colours or numbers.</summary>
    internal object Value => _value;
}
