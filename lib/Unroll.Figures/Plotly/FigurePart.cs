using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Unroll.Figures.Plotly;

/// <summary>A part of a Plotly figure: its JSON, read by the names of Plotly's reference.</summary>
internal abstract class FigurePart(JsonObject json)
{
    public JsonObject Json => json;

    /// <summary>Any attribute; null where it is not set.</summary>
    public JsonNode? this[string attribute] => json[attribute];

    protected string? Text([CallerMemberName] string attribute = "") =>
        json[attribute] is JsonValue value ? PlotlyJson.Word(value) : null;

    protected double? Number([CallerMemberName] string attribute = "") =>
        json[attribute] is JsonValue value ? PlotlyJson.Number(value) : null;

    protected int? Whole([CallerMemberName] string attribute = "") => Number(attribute) is { } number ? (int)number : null;

    protected bool? Flag([CallerMemberName] string attribute = "") =>
        json[attribute] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    /// <summary>The words of a title, which older figures write as a string.</summary>
    protected static string? TitleOf(JsonNode? node) => node switch
    {
        JsonObject title => title["text"] is JsonValue text ? PlotlyJson.Word(text) : null,
        JsonValue text => PlotlyJson.Word(text),
        _ => null,
    };
}
