using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Figures.Plotly;

/// <summary>Reads and writes the values of Plotly's JSON.</summary>
internal static class PlotlyJson
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode node) => node.ToJsonString(Compact);

    /// <summary>The number a value is, or spells; Plotly reads numbers in strings too.</summary>
    public static double? Number(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.Number when TryParse(value.ToJsonString(), out var number) => number,
        JsonValueKind.String when TryParse(value.GetValue<string>(), out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>The text of a string, number or flag.</summary>
    public static string Word(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Text(node),
    };

    private static bool TryParse(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
