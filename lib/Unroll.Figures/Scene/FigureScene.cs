using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;

namespace Unroll.Figures.Scene;

/// <summary>A figure, read and sorted: its subplots with their axes and marks, its legend, and what cannot be drawn.</summary>
internal sealed partial class FigureScene
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

    /// <summary>Whether the figure has series, and none that can be drawn.</summary>
    public bool IsBlank { get; private set; }

    /// <summary>The one heat map of several subplots whose colours are explained: its bar stands beside all of them.</summary>
    public HeatmapMarks? Common { get; private set; }

    /// <summary>Texts at places, but for those that are titles of subplots.</summary>
    public List<Annotation> Annotations { get; private set; } = [];

    public static FigureScene Of(FigureData figure, bool hasTips = true)
    {
        var scene = new FigureScene(figure.Layout);
        scene.Read([.. figure.Series.Where(trace => trace.visible is not ("false" or "legendonly"))], hasTips);
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

    private void Read(Series[] traces, bool hasTips)
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
        IsBlank = traces.Length > 0 && traces.All(trace => trace is OtherSeries);
        foreach (var panel in _panels)
            foreach (var marks in panel.Marks)
                marks.Reach(panel);
        foreach (var axis in _axes.Values)
            axis.Settle();
        var heatmaps = _panels.SelectMany(panel => panel.Marks).OfType<HeatmapMarks>().ToArray();
        foreach (var heatmap in heatmaps)
            heatmap.TellsNumbers = hasTips && heatmaps.Sum(one => one.CellCount) <= MostTips;
        if (_panels.Count > 1 && _panels.Select(panel => panel.Explained).OfType<HeatmapMarks>().ToArray() is [var only])
            Common = only;
        Description = Describe(traces);
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
        var axes = IsBlank ? "" : _panels.Count != 1 ? $"{_panels.Count} subplots" : string.Join(", ", new[] { _panels[0].X, _panels[0].Y }
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
