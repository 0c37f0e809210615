using System.Globalization;
using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Scene;

/// <summary>A figure, read and sorted: its subplots with their axes and marks, its legend, and what cannot be drawn.</summary>
internal sealed class FigureScene
{
    /// <summary>How many cells of a figure tell their numbers: each takes a hundred characters of the page.</summary>
    private const int MostTips = 240;

    private readonly Layout _layout;
    private readonly Dictionary<string, FigureAxis> _axes = new(StringComparer.Ordinal);
    private readonly List<FigurePanel> _panels = [];
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    private FigureScene(Layout layout) => _layout = layout;

    public double Width { get; private set; }

    public double Height { get; private set; }

    public string Title => FigureWords.Plain(_layout.Title ?? "");

    /// <summary>What a screen reader calls the picture.</summary>
    public string Name => Title.Length > 0 ? Title.Replace('\n', ' ') : "Chart";

    /// <summary>What a screen reader says of the picture.</summary>
    public string Description { get; private set; } = "";

    public IReadOnlyList<FigurePanel> Panels => _panels;

    public FigureLegend Legend { get; } = new();

    public IReadOnlyCollection<string> Missing => _missing;

    /// <summary>The one heat map of several subplots whose colours are explained: its bar stands beside all of them.</summary>
    public HeatmapMarks? Common { get; private set; }

    /// <summary>Texts at places, but for those that are titles of subplots.</summary>
    public List<Annotation> Annotations { get; private set; } = [];

    public static FigureScene Of(FigureData figure)
    {
        var scene = new FigureScene(figure.Layout);
        scene.Read([.. figure.Series.Where(trace => trace.visible is not ("false" or "legendonly"))]);
        return scene;
    }

    public static double WidthOf(Layout layout) => Math.Clamp(layout.width ?? 640, 160, 4000);

    /// <summary>The place of a text in the picture, in pixels; null where it stands at an axis that is not there.</summary>
    public (double X, double Y)? PlaceOf(Annotation annotation, Box area)
    {
        if (annotation["x"] is not { } x || annotation["y"] is not { } y)
            return null;
        var panel = _panels.FirstOrDefault(one => one.X.Id == (annotation.xref ?? "x") && one.Y.Id == (annotation.yref ?? "y"));
        if (annotation.xref is "paper" && annotation.yref is "paper")
            return (area.X + area.Width * (annotation.x ?? 0), area.Y + area.Height * (1 - (annotation.y ?? 0)));
        if (panel?.X.Place(x) is not { } placeX || panel.Y.Place(y) is not { } placeY)
            return null;
        return (panel.Plot.X + panel.PixelX(placeX), panel.Plot.Y + panel.PixelY(placeY));
    }

    private void Read(Series[] traces)
    {
        foreach (var trace in traces)
            Panel(trace);
        if (_panels.Count == 0)
            _panels.Add(new FigurePanel(Axis("x"), Axis("y")));
        PlaceCells();
        var rows = _panels.Select(panel => panel.Cell.Y).Distinct().Count();
        Width = WidthOf(_layout);
        Height = Math.Clamp(_layout.height ?? Math.Max(400, 210 * rows), 120, 4000);
        NameSubplots();
        AddMarks(traces);
        foreach (var panel in _panels)
            foreach (var marks in panel.Marks)
                marks.Reach(panel);
        foreach (var axis in _axes.Values)
            axis.Settle();
        var heatmaps = _panels.SelectMany(panel => panel.Marks).OfType<HeatmapMarks>().ToArray();
        foreach (var heatmap in heatmaps)
            heatmap.TellsNumbers = heatmaps.Sum(one => one.CellCount) <= MostTips;
        if (_panels.Count > 1 && _panels.Select(panel => panel.Explained).OfType<HeatmapMarks>().ToArray() is [var only])
            Common = only;
        Description = Describe(traces);
    }

    /// <summary>The subplot of a trace.</summary>
    private FigurePanel Panel(Series trace)
    {
        var (x, y) = (trace.xaxis ?? "x", trace.yaxis ?? "y");
        if (_panels.Find(panel => panel.X.Id == x && panel.Y.Id == y) is { } known)
            return known;
        _panels.Add(new FigurePanel(Axis(x), Axis(y)));
        return _panels[^1];
    }

    private FigureAxis Axis(string id)
    {
        if (_axes.TryGetValue(id, out var known))
            return known;
        return _axes[id] = new FigureAxis(id, _layout.Axis(id));
    }

    /// <summary>Where the subplots are: as the grid says, else as the axes' domains say.</summary>
    private void PlaceCells()
    {
        var grid = _layout.Grid;
        var (rows, columns) = (grid?.rows ?? 1, grid?.columns ?? 1);
        var isCoupled = grid is not null && grid.pattern != "independent";
        var fromBelow = grid?.roworder == "bottom to top";
        foreach (var panel in _panels)
        {
            if (panel.Y.Options["overlaying"] is not null || panel.X.Options["overlaying"] is not null)
                _missing.Add("overlaying axes");
            if (grid is null || panel.X.Options["domain"] is not null || panel.Y.Options["domain"] is not null)
            {
                var (left, right) = Domain(panel.X);
                var (bottom, top) = Domain(panel.Y);
                panel.Cell = new Box(left, 1 - top, right - left, top - bottom);
                continue;
            }

            var (column, row) = isCoupled
                ? (NumberOf(panel.X.Id) - 1, NumberOf(panel.Y.Id) - 1)
                : ((NumberOf(panel.X.Id) - 1) % columns, (NumberOf(panel.X.Id) - 1) / columns);
            if (fromBelow)
                row = rows - 1 - row;
            panel.Cell = new Box((double)column / columns, (double)row / rows, 1.0 / columns, 1.0 / rows);
        }

        _panels.RemoveAll(panel => panel.Y.Options["overlaying"] is not null || panel.X.Options["overlaying"] is not null);
        if (_panels.Count == 0)
            _panels.Add(new FigurePanel(Axis("x"), Axis("y")));
        foreach (var panel in _panels)
        {
            // Axes that are shared are named once: under the lowest subplot, beside the leftmost.
            panel.NamesX = !_panels.Exists(other => other.X == panel.X && other.Cell.Y > panel.Cell.Y);
            panel.NamesY = !_panels.Exists(other => other.Y == panel.Y && other.Cell.X < panel.Cell.X);
        }

        static (double, double) Domain(FigureAxis axis) => axis.Options["domain"] is JsonArray { Count: 2 } domain
            ? (SeriesData.Number(domain[0], 0), SeriesData.Number(domain[1], 1)) : (0, 1);
    }

    private static int NumberOf(string axis) => axis.Length == 1 ? 1 : int.TryParse(axis.AsSpan(1), CultureInfo.InvariantCulture, out var number) ? number : 1;

    /// <summary>Texts that plotly.js shows over subplots become the subplots' titles, wherever these are in our picture.</summary>
    private void NameSubplots()
    {
        var all = _layout.Annotations;
        Annotations = [.. all];
        if (_layout.Grid is not { } grid)
            return;
        var (rows, columns) = (grid.rows ?? 1, grid.columns ?? 1);
        foreach (var annotation in all)
        {
            if (annotation.xref != "paper" || annotation.yref != "paper" || annotation.showarrow != false)
                continue;
            if (annotation.x is not { } x || annotation.y is not { } y || !Annotations.Remove(annotation))
                continue;
            var column = Nearest(columns, grid.xgap ?? 0.1, x, atEnd: false);
            var row = rows - 1 - Nearest(rows, grid.ygap ?? 0.1, y, atEnd: true);
            var panel = _panels.Find(one => Math.Abs(one.Cell.X - (double)column / columns) < 1e-6 && Math.Abs(one.Cell.Y - (double)row / rows) < 1e-6);
            if (panel is { Title.Length: 0 })
                panel.Title = FigureWords.Plain(annotation.text ?? "");
            else
                Annotations.Add(annotation);
        }

        static int Nearest(int count, double gap, double place, bool atEnd)
        {
            var step = 1 / (count - gap);
            return Enumerable.Range(0, count).MinBy(i => Math.Abs(i * step + step * (1 - gap) * (atEnd ? 1 : 0.5) - place));
        }
    }

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
                    if (trace.At("marker", "pattern") is not null)
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
            if (trace[attribute] is JsonObject or JsonValue && PlotlyJson.Word(trace[attribute]).Length > 0)
                _missing.Add(attribute);
    }

    private string Describe(Series[] traces)
    {
        var parts = traces.Select((trace, i) =>
        {
            var kind = trace switch
            {
                Scatter scatter => (scatter.mode ?? "lines").Contains("lines", StringComparison.Ordinal) ? "line" : "points",
                Heatmap => "heat map",
                _ => trace.type,
            };
            return trace.name is { } name ? $"{kind} “{FigureWords.Plain(name)}”" : kind;
        }).ToArray();
        var shown = parts.Length <= 8 ? parts : [.. parts.Take(8), $"{parts.Length - 8} more"];
        var axes = _panels.Count != 1 ? $"{_panels.Count} subplots" : string.Join(", ", new[] { _panels[0].X, _panels[0].Y }
            .Where(axis => axis.IsVisible)
            .Select(axis =>
            {
                var (low, high) = (Math.Min(axis.From, axis.To), Math.Max(axis.From, axis.To));
                var (from, to) = axis.Kind == "category" ? (Math.Ceiling(low), Math.Floor(high)) : (axis.From, axis.To);
                return $"{(axis.Title.Length > 0 ? axis.Title.Replace('\n', ' ') : axis.Id + " axis")} from {axis.Word(from)} to {axis.Word(to)}";
            }));
        return string.Join("; ", new[] { shown.Length == 0 ? "nothing" : string.Join(", ", shown), axes }.Where(part => part.Length > 0));
    }
}
