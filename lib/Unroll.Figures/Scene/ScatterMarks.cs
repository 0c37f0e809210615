using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Scene;

/// <summary>Draws points, lines and areas.</summary>
internal sealed class ScatterMarks : IMarks
{
    private const int MostTips = 200;
    private readonly Scatter _trace;
    private readonly string _color;
    private readonly ScatterMarks? _below;
    private readonly JsonArray _x;
    private readonly JsonArray _y;
    private readonly ColorRamp? _ramp;
    private double?[] _xs = [];
    private double?[] _ys = [];

    public ScatterMarks(Scatter trace, string color, ScatterMarks? below)
    {
        _trace = trace;
        _below = below;
        _x = trace.Array("x") ?? [];
        _y = trace.Array("y") ?? [];
        if (trace["x"] is null)
            _x = trace.Counted('x', _y.Count);
        if (trace["y"] is null)
            _y = trace.Counted('y', _x.Count);
        var count = Math.Min(_x.Count, _y.Count);
        var mode = trace.mode ?? (count < 20 && trace.stackgroup is null ? "lines+markers" : "lines");
        (HasLines, HasMarkers, HasText) = (Has("lines"), Has("markers"), Has("text"));
        var (line, marker) = (trace.At("line", "color"), trace.At("marker", "color"));
        _color = SeriesData.Color(HasLines ? line : null, SeriesData.Color(marker, SeriesData.Color(line, color)));
        if (trace.At("marker", "color") is JsonArray numbers && numbers.All(item => item is null || PlotlyJson.Number(item) is not null))
            _ramp = ColorRamp.Of(trace.At("marker", "colorscale"), trace.At("marker", "reversescale")?.GetValue<bool>() ?? false);

        bool Has(string word) => mode.Split('+').Contains(word, StringComparer.Ordinal);
    }

    public bool HasLines { get; }

    public bool HasMarkers { get; }

    private bool HasText { get; }

    private string Fill => _trace.fill ?? (_trace.stackgroup is null ? "none" : "tonexty");

    public string Color => _color;

    public string Name => FigureWords.Plain(_trace.name ?? "");

    public string Dash => DashOf(SeriesData.Word(_trace.At("line", "dash"), "solid"), LineWidth);

    private double LineWidth => SeriesData.Number(_trace.At("line", "width"), 2);

    /// <summary>Finds the places once the axes know what they count.</summary>
    public void Reach(FigurePanel panel)
    {
        var count = Math.Min(_x.Count, _y.Count);
        _xs = [.. _x.Take(count).Select(panel.X.Place)];
        _ys = [.. _y.Take(count).Select(panel.Y.Place)];
        if (_trace.stackgroup is not null && _below is not null)
        {
            for (var i = 0; i < count; i++)
                _ys[i] += _below._ys.ElementAtOrDefault(i) ?? 0;
        }

        for (var i = 0; i < count; i++)
        {
            if (_xs[i] is not { } x || _ys[i] is not { } y)
                continue;
            panel.X.Reach(x, pads: HasMarkers || HasText);
            panel.Y.Reach(y, pads: true);
        }

        if (Fill == "tozeroy" || _trace.stackgroup is not null)
            panel.Y.Reach(panel.Y.PlaceOf(0), pads: false);
        if (Fill == "tozerox")
            panel.X.Reach(panel.X.PlaceOf(0), pads: false);
    }

    public void Draw(FigurePanel panel, SvgWriter svg)
    {
        var opacity = _trace.opacity is { } given ? FormattableString.Invariant($" opacity=\"{given}\"") : "";
        svg.Raw($"<g{opacity}>");
        var runs = Runs(panel);
        DrawFill(panel, svg, runs);
        if (HasLines)
        {
            var dash = Dash.Length > 0 ? $" stroke-dasharray=\"{Dash}\"" : "";
            foreach (var run in runs.Where(run => run.Count > 1))
            {
                svg.Add($"<path d=\"{Path(Thinned(run, panel.Plot.Width))}\" fill=\"none\" stroke=\"{_color}\" stroke-width=\"{LineWidth}\"")
                    .Raw($" stroke-linejoin=\"round\"{dash}/>");
            }


            // A point between gaps has no line to be seen by.
            foreach (var run in runs.Where(run => run.Count == 1 && !HasMarkers))
                svg.Add($"<circle cx=\"{run[0].X}\" cy=\"{run[0].Y}\" r=\"{LineWidth * 0.75}\" fill=\"{_color}\"/>");
        }

        if (HasMarkers)
            DrawMarkers(panel, svg);
        if (HasText)
            DrawTexts(panel, svg);
        svg.Raw("</g>");
    }

    /// <summary>Plotly's names of dashes, in lengths.</summary>
    private static string DashOf(string dash, double width) => dash switch
    {
        "solid" => "",
        "dot" => Lengths(width, width),
        "dash" => Lengths(3 * width, 3 * width),
        "longdash" => Lengths(5 * width, 5 * width),
        "dashdot" => Lengths(3 * width, width, width, width),
        "longdashdot" => Lengths(5 * width, 2 * width, width, 2 * width),
        _ when dash.All(letter => char.IsAsciiDigit(letter) || letter is 'p' or 'x' or ',' or '.' or ' ' or '%') =>
            dash.Replace("px", "", StringComparison.Ordinal),
        _ => "",
    };

    private static string Lengths(params double[] lengths) => string.Join(' ', lengths.Select(SvgWriter.Number));

    /// <summary>The points in pixels, parted where a value is missing.</summary>
    public List<List<(double X, double Y)>> Runs(FigurePanel panel)
    {
        var runs = new List<List<(double, double)>> { new() };
        var connects = _trace["connectgaps"]?.GetValue<bool>() ?? false;
        for (var i = 0; i < _xs.Length; i++)
        {
            if (_xs[i] is { } x && _ys[i] is { } y)
                runs[^1].Add((panel.PixelX(x), panel.PixelY(y)));
            else if (!connects && runs[^1].Count > 0)
                runs.Add([]);
        }

        return [.. runs.Where(run => run.Count > 0)];
    }

    /// <summary>Of very many points those that can be seen: the lowest and highest in each column of pixels.</summary>
    private static List<(double X, double Y)> Thinned(List<(double X, double Y)> run, double width)
    {
        if (run.Count <= 4 * width)
            return run;
        var kept = new List<(double X, double Y)>();
        foreach (var column in run.Chunk((int)Math.Ceiling(run.Count / (2 * width))))
        {
            var (low, high) = (System.Array.IndexOf(column, column.MinBy(point => point.Y)), System.Array.IndexOf(column, column.MaxBy(point => point.Y)));
            foreach (var i in new SortedSet<int> { 0, low, high, column.Length - 1 })
                kept.Add(column[i]);
        }

        return kept;
    }

    private string Path(List<(double X, double Y)> run)
    {
        var path = new StringBuilder(Point('M', run[0].X, run[0].Y));
        var shape = SeriesData.Word(_trace.At("line", "shape"), "linear");
        for (var i = 1; i < run.Count; i++)
        {
            var ((x0, y0), (x, y)) = (run[i - 1], run[i]);
            switch (shape)
            {
                case "hv":
                    path.Append(Point('L', x, y0));
                    break;
                case "vh":
                    path.Append(Point('L', x0, y));
                    break;
                case "hvh":
                    path.Append(Point('L', (x0 + x) / 2, y0)).Append(Point('L', (x0 + x) / 2, y));
                    break;
                case "vhv":
                    path.Append(Point('L', x0, (y0 + y) / 2)).Append(Point('L', x, (y0 + y) / 2));
                    break;
                case "spline":
                    // Through each point in the direction of its neighbours (Catmull and Rom, 1974).
                    var before = run[Math.Max(0, i - 2)];
                    var after = run[Math.Min(run.Count - 1, i + 1)];
                    path.Append(Point('C', x0 + (x - before.X) / 6, y0 + (y - before.Y) / 6))
                        .Append(Point(' ', x - (after.X - x0) / 6, y - (after.Y - y0) / 6)).Append(Point(' ', x, y));
                    continue;
            }

            path.Append(Point('L', x, y));
        }

        return path.ToString();
    }

    private static string Point(char command, double x, double y) => $"{command}{SvgWriter.Number(x)} {SvgWriter.Number(y)}";

    private void DrawFill(FigurePanel panel, SvgWriter svg, List<List<(double X, double Y)>> runs)
    {
        if (Fill == "none")
            return;
        foreach (var run in runs.Where(run => run.Count > 1))
        {
            var zeroY = panel.PixelY(panel.Y.PlaceOf(0));
            var zeroX = panel.PixelX(panel.X.PlaceOf(0));
            var shown = Thinned(run, panel.Plot.Width);
            var end = Fill switch
            {
                "tonexty" or "tonext" when _below is not null =>
                    string.Concat(_below.Runs(panel).SelectMany(below => below).Reverse().Select(point => Point('L', point.X, point.Y))),
                "tozerox" => Point('L', zeroX, shown[^1].Y) + Point('L', zeroX, shown[0].Y),
                "toself" => "",
                _ => Point('L', shown[^1].X, zeroY) + Point('L', shown[0].X, zeroY),
            };
            var own = _trace["fillcolor"] is null ? " fill-opacity=\"0.3\"" : "";
            svg.Raw($"<path d=\"{Path(shown)}{end}Z\" fill=\"{SeriesData.Color(_trace["fillcolor"], _color)}\"{own}/>");
        }
    }

    private void DrawMarkers(FigurePanel panel, SvgWriter svg)
    {
        var colors = _trace.At("marker", "color");
        var numbers = _ramp is null ? [] : ((JsonArray)colors!).Select(PlotlyJson.Number).OfType<double>().ToArray();
        var (low, high) = numbers.Length == 0
            ? (0.0, 1.0)
            : (SeriesData.Number(_trace.At("marker", "cmin"), numbers.Min()), SeriesData.Number(_trace.At("marker", "cmax"), numbers.Max()));
        for (var i = 0; i < _xs.Length; i++)
        {
            if (_xs[i] is not { } x || _ys[i] is not { } y)
                continue;
            var own = SeriesData.Item(colors, i);
            var color = _ramp is null ? SeriesData.Color(own, _color)
                : PlotlyJson.Number(own) is { } number ? _ramp.At(high > low ? (number - low) / (high - low) : 0.5)
                : "none";
            var size = SeriesData.Number(SeriesData.Item(_trace.At("marker", "size"), i), 6);
            var symbol = SeriesData.Word(SeriesData.Item(_trace.At("marker", "symbol"), i), "circle");
            var opacity = SeriesData.Item(_trace.At("marker", "opacity"), i) is { } share ? $" fill-opacity=\"{PlotlyJson.Word(share)}\"" : "";
            if (_trace.At("marker", "line") is JsonObject outline)
                opacity += SeriesData.Stroke(outline);
            var tip = _xs.Length > MostTips ? null : Tip(panel, i, x, y);
            MarkerShape.Draw(svg, symbol, panel.PixelX(x), panel.PixelY(y), size, color, opacity, tip);
        }
    }

    private string Tip(FigurePanel panel, int i, double x, double y)
    {
        var text = SeriesData.Item(_trace["text"], i) is { } word ? FigureWords.Plain(PlotlyJson.Word(word)) + "\n" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{text}({panel.X.Word(x)}, {panel.Y.Word(y)})");
    }

    private void DrawTexts(FigurePanel panel, SvgWriter svg)
    {
        const double Size = 11;
        for (var i = 0; i < _xs.Length; i++)
        {
            if (_xs[i] is not { } x || _ys[i] is not { } y || SeriesData.Item(_trace["text"], i) is not { } node)
                continue;
            var text = FigureWords.Plain(PlotlyJson.Word(node)).Replace('\n', ' ');
            var position = SeriesData.Word(SeriesData.Item(_trace["textposition"], i), "middle center").Split(' ');
            var width = TextMetrics.Width(text, Size);
            var gap = HasMarkers ? 6 : 0;
            var left = panel.PixelX(x) + position[^1] switch { "left" => -width - gap, "right" => gap, _ => -width / 2 };
            var top = panel.PixelY(y) + position[0] switch { "top" => -Size * 1.3 - gap, "bottom" => gap, _ => -Size * 0.65 };
            if (panel.Claim(new Box(left, top, width, Size * 1.3)))
                svg.Text(left, top + Size, text, Size, more: " class=\"ink\"");
        }
    }
}
