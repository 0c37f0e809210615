using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Figures.Plotly;

/// <summary>All of a figure but its series: title, axes, legend, size.</summary>
internal sealed class Layout(JsonObject json) : FigurePart(json)
{
    /// <summary>What stands over the figure.</summary>
    public string? Title => TitleOf(this["title"]);

    public double? width => Number();

    public double? height => Number();

    /// <summary>Whether there is a legend; by default where there are several series.</summary>
    public bool? showlegend => Flag();

    /// <summary>How bars at one place stand: <c>group</c>, <c>stack</c>, <c>relative</c>, <c>overlay</c>.</summary>
    public string? barmode => Text();

    /// <summary>The gap between bars of neighbouring places, as a share of the place.</summary>
    public double? bargap => Number();

    /// <summary>The colours of the series, in turn: the figure's own, else those of the template that it brings.</summary>
    public IReadOnlyList<string> Colorway =>
        [.. (this["colorway"] as JsonArray ?? (this["template"]?["layout"] as JsonObject)?["colorway"] as JsonArray ?? []).Where(item => item?.GetValueKind() == JsonValueKind.String).Select(PlotlyJson.Word)];

    /// <summary>The rows and columns of subplots.</summary>
    public Grid? Grid => this["grid"] is JsonObject grid ? new Grid(grid) : null;

    /// <summary>Texts at places of the figure.</summary>
    public IReadOnlyList<Annotation> Annotations =>
        [.. (this["annotations"] as JsonArray ?? []).OfType<JsonObject>().Select(annotation => new Annotation(annotation))];

    /// <summary>An axis by the name that series have for it: <c>x2</c> is the layout's <c>xaxis2</c>.</summary>
    public Axis Axis(string id) => new(this[$"{id[0]}axis{id[1..]}"] as JsonObject ?? []);
}

/// <summary>An axis.</summary>
internal sealed class Axis(JsonObject json) : FigurePart(json)
{
    public string? Title => TitleOf(this["title"]);

    /// <summary><c>linear</c>, <c>log</c>, <c>date</c>, <c>category</c>; by default found from the data.</summary>
    public string? type => Text();

    /// <summary><c>true</c>, <c>false</c> or <c>reversed</c>, as text.</summary>
    public string? autorange => Text();

    /// <summary>How far marks are apart.</summary>
    public double? dtick => Number();

    /// <summary>Whether lines go through the plot at the marks.</summary>
    public bool? showgrid => Flag();

    /// <summary>Whether there is a line at 0.</summary>
    public bool? zeroline => Flag();

    /// <summary>Whether the marks have numbers.</summary>
    public bool? showticklabels => Flag();

    public bool? visible => Flag();
}

/// <summary>The rows and columns of subplots.</summary>
internal sealed class Grid(JsonObject json) : FigurePart(json)
{
    public int? rows => Whole();

    public int? columns => Whole();

    /// <summary><c>independent</c>, each with axes of its own, or <c>coupled</c>, with an x axis a column and a y axis a row.</summary>
    public string? pattern => Text();

    /// <summary><c>top to bottom</c> or <c>bottom to top</c>.</summary>
    public string? roworder => Text();

    /// <summary>The gap between columns, as a share of a column.</summary>
    public double? xgap => Number();

    /// <summary>The gap between rows, as a share of a row.</summary>
    public double? ygap => Number();
}

/// <summary>A text at a place of the figure.</summary>
internal sealed class Annotation(JsonObject json) : FigurePart(json)
{
    public string? text => Text();

    /// <summary>Where, in the units of <see cref="xref"/>.</summary>
    public double? x => Number();

    /// <summary>How high, in the units of <see cref="yref"/>.</summary>
    public double? y => Number();

    /// <summary>An x axis, <c>x domain</c>, or <c>paper</c> for shares of the figure.</summary>
    public string? xref => Text();

    /// <summary>A y axis, <c>y domain</c>, or <c>paper</c> for shares of the figure.</summary>
    public string? yref => Text();

    /// <summary>Whether an arrow points to the place.</summary>
    public bool? showarrow => Flag();
}
