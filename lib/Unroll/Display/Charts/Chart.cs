using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>
/// Makes figures. Names and arguments are those of Plotly.NET.CSharp, so that moving to it is a change of <c>using</c>; what
/// it has no words for, the overloads that need no type arguments and <see cref="Plot(Trace[])"/> (from XPlot.Plotly), says so.
/// </summary>
/// <example><code>
/// Chart.Line(epochs, losses, Name: "loss").WithTitle("Training").WithXAxisStyle("epoch")
/// </code></example>
public static partial class Chart
{
    /// <summary>A figure of traces: XPlot.Plotly's word.</summary>
    public static GenericChart Plot(params Trace[] traces) => Plot(traces, layout: null);

    /// <summary>A figure of traces and a layout: XPlot.Plotly's word.</summary>
    public static GenericChart Plot(IEnumerable<Trace> traces, Layout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(traces);
        return new GenericChart(traces, layout ?? Palette.DefaultLayout());
    }

    /// <summary>A figure with nothing in it, to keep a place in a grid free.</summary>
    public static GenericChart Invisible() => new([], new Layout
    {
        ["xaxis"] = new JsonObject { ["visible"] = false },
        ["yaxis"] = new JsonObject { ["visible"] = false },
    });

    /// <summary>All traces in one figure. Where layouts differ, the later one is taken.</summary>
    public static GenericChart Combine(IEnumerable<GenericChart> gCharts)
    {
        ArgumentNullException.ThrowIfNull(gCharts);
        var layout = new JsonObject();
        var traces = new List<Trace>();
        foreach (var chart in gCharts)
        {
            PlotlyJson.Merge(layout, chart.GetLayout().Json);
            traces.AddRange(chart.GetTraces());
        }

        return new GenericChart(traces, new Layout(layout));
    }

    /// <summary>A figure of one trace.</summary>
    private static GenericChart Of(Trace trace, Optional<bool> useDefaults) =>
        new([trace], useDefaults.Or(true) ? Palette.DefaultLayout() : new Layout());

    private static void Put(PlotlyObject part, string attribute, object? value) => Put(part.Json, attribute, value);

    private static void Put(JsonObject part, string attribute, object? value)
    {
        if (value is not null) part[attribute] = PlotlyJson.Node(value);
    }

    private static void PutMarker(
        Trace trace, object? marker, object? color, object? colorScale, object? outline, object? opacities, object? symbol)
    {
        var json = (JsonObject)(((Marker?)marker)?.Json.DeepClone() ?? new JsonObject());
        Put(json, "color", color);
        Put(json, "colorscale", colorScale);
        Put(json, "line", outline);
        Put(json, "opacity", opacities);
        Put(json, "symbol", symbol);
        if (json.Count > 0) trace["marker"] = json;
    }

    private static void PutLine(Trace trace, object? line, object? color, object? colorScale, object? width, object? dash)
    {
        if (colorScale is not null)
            throw new NotSupportedException("LineColorScale is not supported: plotly.js has no colour scale for a line in two dimensions.");
        var json = (JsonObject)(((Line?)line)?.Json.DeepClone() ?? new JsonObject());
        Put(json, "color", color);
        Put(json, "width", width);
        Put(json, "dash", dash);
        if (json.Count > 0) trace["line"] = json;
    }
}
