using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Scene;

/// <content>What is drawn of each series.</content>
internal sealed partial class FigureScene
{
    private void AddMarks(Series[] traces)
    {
        var colors = _layout.Colorway is { Count: > 0 } given ? given : Palette.Series;
        var named = traces.Count(trace => trace is not Heatmap and not OtherSeries);
        var below = new Dictionary<(FigurePanel, string), ScatterMarks>();
        var bars = new Dictionary<FigurePanel, List<BarSeries>>();
        for (var i = 0; i < traces.Length; i++)
        {
            var trace = traces[i];
            var panel = _panels.Find(one => one.X.Id == (trace.xaxis ?? "x") && one.Y.Id == (trace.yaxis ?? "y"));
            if (panel is null)
                continue;
            var color = SvgWriter.Encode(colors[i % colors.Count]);
            var name = FigureWords.Plain(trace.name ?? $"trace {i}");
            var inLegend = trace.showlegend ?? _layout.showlegend ?? named > 1;
            switch (trace)
            {
                case Scatter scatter:
                    var key = (panel, scatter.stackgroup ?? "");
                    var marks = new ScatterMarks(scatter, color, below.GetValueOrDefault(key));
                    below[key] = marks;
                    panel.X.See(scatter.Array("x"));
                    panel.Y.See(scatter.Array("y"));
                    panel.Marks.Add(marks);
                    Note(trace, "error_x", "error_y", "groupnorm");
                    if (inLegend && _layout.showlegend != false)
                        Legend.AddLine(name, marks, SeriesData.Word(SeriesData.Item(scatter.At("marker", "symbol"), 0), "circle"));
                    break;
                case Bar or Histogram:
                    var own = SeriesData.Color(trace.At("marker", "color"), color);
                    var series = trace is Bar bar ? BarSeries.Of(bar, own) : BarSeries.Of((Histogram)trace, own, Pool((Histogram)trace, traces));
                    (series.IsLying ? panel.Y : panel.X).See(series.Places);
                    if (!bars.TryGetValue(panel, out var list))
                        bars[panel] = list = [];
                    list.Add(series);
                    Note(trace, "error_x", "error_y");
                    if (trace.At("marker", "pattern") is not (null or JsonObject { Count: 0 }))
                        _missing.Add("pattern");
                    if (inLegend && _layout.showlegend != false)
                        Legend.AddBox(name, own);
                    break;
                case Heatmap heatmap:
                    var ramp = ColorRamp.Of(heatmap["colorscale"], heatmap.reversescale ?? false);
                    if (ramp is null)
                        _missing.Add("colorscale");
                    var cells = new HeatmapMarks(heatmap, ramp ?? ColorRamp.Of("Viridis", false)!);
                    panel.X.See(cells.X);
                    panel.Y.See(cells.Y);
                    panel.Marks.Add(cells);
                    if (heatmap["zsmooth"] is { } smooth && PlotlyJson.Word(smooth) is "best" or "fast")
                        _missing.Add("zsmooth");
                    break;
                default:
                    _missing.Add($"a trace of type {trace.type}");
                    break;
            }
        }

        foreach (var (panel, list) in bars)
        {
            panel.Marks.Insert(0, new BarMarks(list, _layout.barmode ?? "group", _layout.bargap ?? 0.2));
        }
    }

    /// <summary>Histograms of one subplot have the same bins, but for those that lie over each other.</summary>
    private double[] Pool(Histogram trace, Series[] traces) => _layout.barmode == "overlay"
        ? [.. BarSeries.NumbersOf(trace)]
        :
        [
            .. traces.OfType<Histogram>()
                .Where(other => other.xaxis == trace.xaxis && other.yaxis == trace.yaxis && BarSeries.Lies(other) == BarSeries.Lies(trace))
                .SelectMany(BarSeries.NumbersOf),
        ];

    private void Note(Series trace, params string[] attributes)
    {
        foreach (var attribute in attributes)
            if (trace[attribute] is JsonObject { Count: > 0 } or JsonValue && PlotlyJson.Word(trace[attribute]).Length > 0)
                _missing.Add(attribute);
    }
}
