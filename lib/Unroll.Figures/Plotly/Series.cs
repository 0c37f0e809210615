using System.Text.Json.Nodes;

namespace Unroll.Figures.Plotly;

/// <summary>One series of a figure, which Plotly calls a trace. Its kind is Plotly's <c>type</c>.</summary>
internal abstract class Series(JsonObject json) : FigurePart(json)
{
    public string type => Text() ?? "scatter";

    /// <summary>The name in the legend.</summary>
    public string? name => Text();

    /// <summary><c>true</c>, <c>false</c> or <c>legendonly</c>, as text.</summary>
    public string? visible => Text();

    public bool? showlegend => Flag();

    public double? opacity => Number();

    /// <summary>The x axis: <c>x</c>, <c>x2</c>, ….</summary>
    public string? xaxis => Text();

    /// <summary>The y axis: <c>y</c>, <c>y2</c>, ….</summary>
    public string? yaxis => Text();

    /// <summary>The series that JSON describes, as the type that its <c>type</c> names.</summary>
    public static Series Of(JsonObject json) => (json[nameof(type)] is { } kind ? PlotlyJson.Word(kind) : "scatter") switch
    {
        "scatter" or "scattergl" => new Scatter(json),
        "bar" => new Bar(json),
        "histogram" => new Histogram(json),
        "heatmap" => new Heatmap(json),
        _ => new OtherSeries(json),
    };

    public JsonArray? Array(string attribute) => this[attribute] as JsonArray;

    /// <summary>An attribute of a part: <c>marker.color</c>.</summary>
    public JsonNode? At(string part, string attribute) => (this[part] as JsonObject)?[attribute];

    /// <summary>Where data begin and how far apart they are, where only their number is known.</summary>
    public JsonArray Counted(char axis, int count)
    {
        var (first, step) = (PlotlyJson.Number(this[$"{axis}0"]) ?? 0, PlotlyJson.Number(this[$"d{axis}"]) ?? 1);
        return new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)JsonValue.Create(first + i * step))]);
    }
}
