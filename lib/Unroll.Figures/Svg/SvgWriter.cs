using System.Globalization;
using System.Text;

namespace Unroll.Figures.Svg;

/// <summary>Writes SVG: numbers with at most two decimals, text and attributes encoded.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>A number as pictures need it.</summary>
    public static string Number(double value)
    {
        var text = Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Text between tags or quotes.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => encoded.Append("&amp;"),
                '<' => encoded.Append("&lt;"),
                '>' => encoded.Append("&gt;"),
                '"' => encoded.Append("&quot;"),
                // XML has no place for these, encoded or not.
                < ' ' and not '\n' and not '\t' => encoded.Append(' '),
                _ => encoded.Append(letter),
            };
        }

        return encoded.ToString();
    }

    /// <summary>Begins a picture that says what it is, on paper of the page's colour.</summary>
    public SvgWriter Begin(double width, double height, string name, string description) =>
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"unroll-svg\" role=\"img\" width=\"{width}\" height=\"{height}\"")
            .Add($" viewBox=\"0 0 {width} {height}\"><title>{Encode(name)}</title><desc>{Encode(description)}</desc>")
            .Raw(Palette.Style)
            .Add($"<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>");

    /// <summary>Begins a picture for an HTML image, whose alternative text says what it is.</summary>
    public SvgWriter BeginImage(double width, double height) =>
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">")
            .Raw(Palette.ImageStyle)
            .Add($"<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>");

    /// <summary>Writes as it stands.</summary>
    public SvgWriter Raw(string svg)
    {
        _text.Append(svg);
        return this;
    }

    /// <summary>Writes an interpolated string, its numbers as pictures need them.</summary>
    public SvgWriter Add(FormattableString svg)
    {
        var arguments = svg.GetArguments();
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = arguments[i] is double number ? Number(number) : arguments[i];
        _text.AppendFormat(CultureInfo.InvariantCulture, svg.Format, arguments);
        return this;
    }

    /// <summary>One line of text. <paramref name="anchor"/> is <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public SvgWriter Text(double x, double y, string text, double size = 11, string anchor = "start", string more = "")
    {
        if (text.Length == 0)
            return this;
        var attributes = anchor == "start" ? "" : $" text-anchor=\"{anchor}\"";
        if (size != 11)
            attributes += $" font-size=\"{Number(size)}\"";
        return Add($"<text x=\"{x}\" y=\"{y}\"{attributes}{more}>{Encode(text)}</text>");
    }

    public override string ToString() => _text.ToString();
}
