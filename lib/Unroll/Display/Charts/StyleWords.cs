using System.Text;
using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>Plotly's words for the choices in <see cref="StyleParam"/>.</summary>
internal static class StyleWords
{
    public static JsonNode Node(Enum choice) => choice switch
    {
        StyleParam.Visible.True or StyleParam.Mirror.True => JsonValue.Create(true),
        StyleParam.Visible.False or StyleParam.Mirror.False or StyleParam.SmoothAlg.False => JsonValue.Create(false),
        _ => JsonValue.Create(Word(choice)),
    };

    public static string Word(Enum choice) => choice switch
    {
        StyleParam.Orientation.Horizontal => "h",
        StyleParam.Orientation.Vertical => "v",
        StyleParam.AxisType.Auto => "-",
        StyleParam.PatternShape.None => "",
        StyleParam.PatternShape.DiagonalDescending => "\\",
        StyleParam.PatternShape.DiagonalAscending => "/",
        StyleParam.PatternShape.DiagonalChecked => "x",
        StyleParam.PatternShape.HorizontalLines => "-",
        StyleParam.PatternShape.VerticalLines => "|",
        StyleParam.PatternShape.Checked => "+",
        StyleParam.PatternShape.Dots => ".",
        StyleParam.GroupNorm.None or StyleParam.HistNorm.None => "",
        StyleParam.Mode => choice.ToString().Replace('_', '+').ToLowerInvariant(),
        StyleParam.Fill or StyleParam.AxisType or StyleParam.DrawingStyle or StyleParam.Visible or StyleParam.Mirror =>
            choice.ToString().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant(),
        StyleParam.MarkerSymbol => Spelled(choice.ToString(), '-'),
        _ => Spelled(choice.ToString(), ' '),
    };

    /// <summary><c>TopLeft</c> as <c>top left</c>.</summary>
    private static string Spelled(string name, char separator)
    {
        var word = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0) word.Append(separator);
            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
