using System.Text;
using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Scene;

/// <summary>Draws a heat map.</summary>
internal sealed class HeatmapMarks : IMarks
{
    private const int Colors = 64;

    private readonly Heatmap _trace;
    private readonly double?[][] _rows;
    private readonly JsonArray _x;
    private readonly JsonArray _y;
    private readonly ColorRamp _ramp;
    private double[] _xEdges = [];
    private double[] _yEdges = [];

    public HeatmapMarks(Heatmap trace, ColorRamp ramp)
    {
        _trace = trace;
        _ramp = ramp;
        double?[][] rows = [.. (trace.Array("z") ?? []).OfType<JsonArray>().Select(row => row.Select(PlotlyJson.Number).ToArray())];
        if (trace.transpose ?? false)
        {
            var width = rows.Length == 0 ? 0 : rows.Max(row => row.Length);
            rows = [.. Enumerable.Range(0, width).Select(column => rows.Select(row => column < row.Length ? row[column] : null).ToArray())];
        }

        _rows = rows;
        Columns = rows.Length == 0 ? 0 : rows.Max(row => row.Length);
        _x = Axis('x', Columns);
        _y = Axis('y', rows.Length);
        var numbers = rows.SelectMany(row => row).OfType<double>().DefaultIfEmpty(0).ToArray();
        Low = trace.zmin ?? numbers.Min();
        High = trace.zmax ?? numbers.Max();
        if (trace.zmid is not { } middle)
            return;
        var reach = Math.Max(High - middle, middle - Low);
        if (trace.zmin is null)
            Low = middle - reach;
        if (trace.zmax is null)
            High = middle + reach;

        JsonArray Axis(char axis, int count) => trace.Array(axis.ToString()) is { Count: > 0 } given ? given : trace.Counted(axis, count);
    }

    public double Low { get; }

    public double High { get; }

    public JsonArray X => _x;

    public JsonArray Y => _y;

    public int Columns { get; }

    public int CellCount => _rows.Length * Columns;

    /// <summary>
    /// Whether each cell tells its number; else cells are drawn together: as pixels of one picture where they are of one
    /// size, which takes two bytes a cell instead of thirty, else as a path for each colour.
    /// </summary>
    public bool TellsNumbers { get; set; }

    public IReadOnlyList<double?[]> Rows => _rows;

    public bool ShowsScale => _trace.showscale ?? true;

    public string ScaleTitle => FigureWords.Plain(_trace.ScaleTitle ?? "");

    public string ColorOf(double number) => _ramp.At(High > Low ? (number - Low) / (High - Low) : 0.5);

    public void Reach(FigurePanel panel)
    {
        _xEdges = Edges(_x, Columns, panel.X);
        _yEdges = Edges(_y, _rows.Length, panel.Y);
        foreach (var edge in _xEdges)
            panel.X.Reach(edge, pads: false);
        foreach (var edge in _yEdges)
            panel.Y.Reach(edge, pads: false);
    }

    public void Draw(FigurePanel panel, SvgWriter svg)
    {
        var opacity = _trace.opacity is { } share ? FormattableString.Invariant($" opacity=\"{share}\"") : "";
        svg.Raw($"<g{opacity} shape-rendering=\"crispEdges\">");
        double[] xs = [.. _xEdges.Select(panel.PixelX)];
        double[] ys = [.. _yEdges.Select(panel.PixelY)];
        if (TellsNumbers)
            DrawCells(panel, svg, xs, ys);
        else if (AreEven(xs) && AreEven(ys) && _trace.xgap is null or 0 && _trace.ygap is null or 0)
            DrawPixels(svg, xs, ys);
        else
            DrawTogether(svg, xs, ys);
        svg.Raw("</g>");
        if (_trace["texttemplate"] is not null || _trace["text"] is JsonArray)
            DrawTexts(panel, svg, xs, ys);
    }

    /// <summary>The bar of colours beside the plot, and its numbers.</summary>
    public void DrawScale(SvgWriter svg, Box place)
    {
        svg.Raw("<g shape-rendering=\"crispEdges\">");
        if (TellsNumbers)
            DrawSteps(svg, place);
        else
            DrawImage(svg, place, width: 1, [.. Enumerable.Range(0, Colors).Select(level => (byte)(Colors - 1 - level))]);
        svg.Raw("</g>");
        foreach (var (at, text) in ScaleTicks(place.Height))
        {
            var y = place.Bottom - (High > Low ? (at - Low) / (High - Low) : 0.5) * place.Height;
            svg.Add($"<path class=\"rule\" d=\"M{place.Right} {y}h3\" stroke-opacity=\"0.6\"/>").Text(place.Right + 5, y + 4, text, more: " class=\"ink\"");
        }
    }

    public List<(double At, string Text)> ScaleTicks(double height) => High > Low
        ? FigureTicks.Linear(Low, High, FigureTicks.NiceStep(High - Low, Math.Max(1, height / 45)))
        : [(Low, FigureTicks.Short(Low))];

    /// <summary>Halfway between the places; where an edge more than columns is given, these are the edges.</summary>
    private static double[] Edges(JsonArray places, int count, FigureAxis axis)
    {
        double[] at = [.. places.Select((place, i) => axis.Place(place) ?? i)];
        if (at.Length > count)
            return at[..(count + 1)];
        if (at.Length < count)
            at = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        if (count == 0)
            return [];
        if (count == 1)
            return [at[0] - 0.5, at[0] + 0.5];
        return
        [
            at[0] - (at[1] - at[0]) / 2,
            .. at.Zip(at.Skip(1), (a, b) => (a + b) / 2),
            at[^1] + (at[^1] - at[^2]) / 2,
        ];
    }

    private IEnumerable<(int Row, int Column, double Number, Box Box)> Cells(double[] xs, double[] ys)
    {
        var (gapX, gapY) = (_trace.xgap ?? 0, _trace.ygap ?? 0);
        for (var row = 0; row < _rows.Length; row++)
        {
            for (var column = 0; column < _rows[row].Length; column++)
            {
                if (_rows[row][column] is not { } number)
                    continue;
                var box = new Box(
                    Math.Min(xs[column], xs[column + 1]) + gapX / 2,
                    Math.Min(ys[row], ys[row + 1]) + gapY / 2,
                    Math.Max(0.1, Math.Abs(xs[column + 1] - xs[column]) - gapX),
                    Math.Max(0.1, Math.Abs(ys[row + 1] - ys[row]) - gapY));
                yield return (row, column, number, box);
            }
        }
    }

    private void DrawCells(FigurePanel panel, SvgWriter svg, double[] xs, double[] ys)
    {
        foreach (var (row, column, number, box) in Cells(xs, ys))
        {
            // Neighbours overlap a little where there is no gap, or a seam of the background shows between them.
            var (width, height) = (box.Width + (_trace.xgap > 0 ? 0 : 0.3), box.Height + (_trace.ygap > 0 ? 0 : 0.3));
            var tip = $"{Word(_x, column, panel.X)}, {Word(_y, row, panel.Y)}: {FigureTicks.Short(number)}";
            svg.Add($"<rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{width}\" height=\"{height}\" fill=\"{ColorOf(number)}\">")
                .Raw($"<title>{SvgWriter.Encode(tip)}</title></rect>");
        }
    }

    private static string Word(JsonArray places, int i, FigureAxis axis) =>
        i >= places.Count || places[i] is not { } node ? ""
        : axis.Kind == "linear" ? FigureTicks.Short(PlotlyJson.Number(node) ?? i)
        : FigureWords.Plain(PlotlyJson.Word(node));

    /// <summary>Whether all cells have one size along an axis, but for rounding.</summary>
    private static bool AreEven(double[] edges)
    {
        var size = (edges[^1] - edges[0]) / (edges.Length - 1);
        return edges.Zip(edges.Skip(1), (a, b) => Math.Abs(b - a - size)).All(off => off < 0.01 * Math.Abs(size));
    }

    private void DrawPixels(SvgWriter svg, double[] xs, double[] ys)
    {
        var pixels = new byte[_rows.Length * Columns];
        Array.Fill(pixels, (byte)Colors);
        for (var row = 0; row < _rows.Length; row++)
        {
            // A picture's first row is at the top, its first column on the left.
            var down = ys[^1] > ys[0] ? row : _rows.Length - 1 - row;
            for (var column = 0; column < _rows[row].Length; column++)
            {
                var across = xs[^1] > xs[0] ? column : Columns - 1 - column;
                if (_rows[row][column] is { } number)
                    pixels[down * Columns + across] = (byte)Level(number);
            }
        }

        var place = new Box(Math.Min(xs[0], xs[^1]), Math.Min(ys[0], ys[^1]), Math.Abs(xs[^1] - xs[0]), Math.Abs(ys[^1] - ys[0]));
        DrawImage(svg, place, Columns, pixels);
    }

    private void DrawSteps(SvgWriter svg, Box place)
    {
        const int Steps = 48;
        for (var i = 0; i < Steps; i++)
        {
            var (top, bottom) = (place.Y + place.Height * i / Steps, place.Y + place.Height * (i + 1) / Steps);
            svg.Add($"<rect x=\"{place.X}\" y=\"{top}\" width=\"{place.Width}\" height=\"{bottom - top + 0.3}\" fill=\"{_ramp.At(1 - (i + 0.5) / Steps)}\"/>");
        }
    }

    /// <summary>Pixels, each the number of a color, in a place of any size.</summary>
    private void DrawImage(SvgWriter svg, Box place, int width, byte[] pixels)
    {
        Rgb[] colors = [.. Enumerable.Range(0, Colors).Select(level => Rgb.Parse(_ramp.At((level + 0.5) / Colors))!.Value)];
        svg.Add($"<image x=\"{place.X}\" y=\"{place.Y}\" width=\"{place.Width}\" height=\"{place.Height}\" preserveAspectRatio=\"none\"")
            .Raw($" style=\"image-rendering:pixelated\" href=\"{PixelImage.DataUri(width, pixels, colors)}\"/>");
    }

    /// <summary>The place of a number among the colours.</summary>
    private int Level(double number) => High > Low ? (int)Math.Clamp((number - Low) / (High - Low) * Colors, 0, Colors - 1) : Colors / 2;

    private void DrawTogether(SvgWriter svg, double[] xs, double[] ys)
    {
        var paths = new SortedDictionary<int, StringBuilder>();
        foreach (var (_, _, number, box) in Cells(xs, ys))
        {
            var color = Level(number);
            if (!paths.TryGetValue(color, out var path))
                paths[color] = path = new StringBuilder();
            var (w, h) = (SvgWriter.Number(box.Width), SvgWriter.Number(box.Height));
            path.Append($"M{SvgWriter.Number(box.X)} {SvgWriter.Number(box.Y)}h{w}v{h}h-{w}z");
        }

        foreach (var (color, path) in paths)
            svg.Raw($"<path fill=\"{_ramp.At((color + 0.5) / Colors)}\" d=\"{path}\"/>");
    }

    /// <summary>What the figure writes into cells, where it fits.</summary>
    private void DrawTexts(FigurePanel panel, SvgWriter svg, double[] xs, double[] ys)
    {
        const double Size = 11;
        var template = SeriesData.Word(_trace["texttemplate"], "");
        if (template is not ("" or "%{z}" or "%{text}") && !template.StartsWith("%{z:", StringComparison.Ordinal))
            return;
        if (template.Length == 0)
            return;
        foreach (var (row, column, number, box) in Cells(xs, ys))
        {
            var text = template == "%{text}"
                ? FigureWords.Plain(PlotlyJson.Word(SeriesData.Item(SeriesData.Item(_trace["text"], row), column)))
                : template == "%{z}" ? FigureTicks.Short(number) : Formatted(number, template);
            var width = TextMetrics.Width(text, Size);
            if (width > box.Width - 2 || Size * 1.2 > box.Height)
                continue;
            if (!panel.Claim(new Box(box.X + (box.Width - width) / 2, box.Y + (box.Height - Size * 1.2) / 2, width, Size * 1.2)))
                continue;
            svg.Text(box.X + box.Width / 2, box.Y + box.Height / 2 + Size * 0.36, text, Size, "middle", $" fill=\"{Rgb.Parse(ColorOf(number))!.Value.Ink}\"");
        }
    }

    /// <summary><c>%{z:.2f}</c>: the one format that is common.</summary>
    private static string Formatted(double number, string template) =>
        template is ['%', '{', 'z', ':', '.', >= '0' and <= '9' and var digits, 'f', '}']
            ? number.ToString("F" + digits, System.Globalization.CultureInfo.InvariantCulture)
            : FigureTicks.Short(number);
}
