using System.Text.Json.Nodes;

namespace Unroll.Figures.Plotly;

/// <summary>Points, lines between them, or areas under the lines: Plotly's <c>scatter</c>.</summary>
internal sealed class Scatter(JsonObject json) : Series(json)
{
    /// <summary><c>lines</c>, <c>markers</c>, <c>text</c>, joined with <c>+</c>, or <c>none</c>.</summary>
    public string? mode => Text();

    /// <summary>What is filled: <c>tozeroy</c>, <c>tonexty</c>, <c>tozerox</c>, <c>tonextx</c>, <c>toself</c>, <c>tonext</c>, <c>none</c>.</summary>
    public string? fill => Text();

    /// <summary>Series of one group stand on top of each other.</summary>
    public string? stackgroup => Text();
}

/// <summary>Bars, upright or lying: Plotly's <c>bar</c>.</summary>
internal sealed class Bar(JsonObject json) : Series(json)
{
    /// <summary><c>v</c>, upright, or <c>h</c>, lying.</summary>
    public string? orientation => Text();
}

/// <summary>How often numbers fall into bins: Plotly's <c>histogram</c>.</summary>
internal sealed class Histogram(JsonObject json) : Series(json)
{
    /// <summary><c>v</c>, upright, or <c>h</c>, lying.</summary>
    public string? orientation => Text();

    /// <summary>The largest number of bins that x may have.</summary>
    public int? nbinsx => Whole();

    /// <summary>The largest number of bins that y may have.</summary>
    public int? nbinsy => Whole();

    /// <summary>What a bin shows: its count, or <c>percent</c>, <c>probability</c>, <c>density</c>, <c>probability density</c>.</summary>
    public string? histnorm => Text();

    /// <summary>How a bin's values are taken together: <c>count</c>, <c>sum</c>, <c>avg</c>, <c>min</c>, <c>max</c>.</summary>
    public string? histfunc => Text();

    public Bins? xbins => Bins.Of(this[nameof(xbins)]);

    public Bins? ybins => Bins.Of(this[nameof(ybins)]);
}

/// <summary>Where a histogram's bins begin and end, and how wide they are, as far as the figure says so.</summary>
internal sealed record Bins(double? Start, double? End, double? Size)
{
    public static Bins? Of(JsonNode? node) => node is JsonObject json
        ? new Bins(PlotlyJson.Number(json["start"]), PlotlyJson.Number(json["end"]), PlotlyJson.Number(json["size"]))
        : null;
}

/// <summary>Numbers in rows and columns as colours: Plotly's <c>heatmap</c>. The first row is the lowest one.</summary>
internal sealed class Heatmap(JsonObject json) : Series(json)
{
    /// <summary>The number that has the first colour.</summary>
    public double? zmin => Number();

    /// <summary>The number in the middle of the colours.</summary>
    public double? zmid => Number();

    /// <summary>The number that has the last colour.</summary>
    public double? zmax => Number();

    /// <summary>Whether the colours are reversed.</summary>
    public bool? reversescale => Flag();

    /// <summary>Whether a bar shows which number has which colour.</summary>
    public bool? showscale => Flag();

    /// <summary>Whether rows and columns change places.</summary>
    public bool? transpose => Flag();

    /// <summary>The gap between columns, in pixels.</summary>
    public double? xgap => Number();

    /// <summary>The gap between rows, in pixels.</summary>
    public double? ygap => Number();

    /// <summary>What stands over the bar of colours.</summary>
    public string? ScaleTitle => TitleOf((this["colorbar"] as JsonObject)?["title"]);
}

/// <summary>A series of a kind that is not drawn here; the picture says that it is missing.</summary>
internal sealed class OtherSeries(JsonObject json) : Series(json);
