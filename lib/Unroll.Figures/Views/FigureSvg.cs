using Unroll.Figures.Plotly;
using Unroll.Figures.Scene;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Views;

/// <summary>Draws a figure as SVG: what plotly.js would show, still, with no script.</summary>
internal sealed class FigureSvg
{
    private const double TickLength = 4;
    private const double LineHeight = 14;
    private readonly FigureScene _scene;
    private readonly SvgWriter _svg = new();

    private FigureSvg(FigureScene scene) => _scene = scene;

    public static string Draw(FigureData figure) => new FigureSvg(FigureScene.Of(figure)).Draw();

    private string Draw()
    {
        var (width, height) = (_scene.Width, _scene.Height);
        _svg.Begin(width, height, _scene.Name, _scene.Description);
        var top = DrawTitle();
        var bottom = height - 4 - DrawNotes();
        var right = width - 12;
        if (!_scene.Legend.IsEmpty)
        {
            right -= _scene.Legend.Width + 8;
            _scene.Legend.Draw(_svg, right + 8, top + 6, bottom - top - 12);
        }

        if (_scene.Common is { } common)
        {
            var room = FigurePanel.ColorBarWidth + 6 + common.ScaleTicks(bottom - top - 40).Max(tick => TextMetrics.Width(tick.Text, 11));
            right -= room;
            DrawScale(common, new Box(right, top + 24, FigurePanel.ColorBarWidth, bottom - top - 48), right + room, bottom - top);
        }

        // Which marks there are depends on the size of the plot, and that on the marks' width: the second time both are known.
        Place(new Box(0, top, right, bottom - top));
        Place(new Box(0, top, right, bottom - top));
        foreach (var panel in _scene.Panels)
            DrawPanel(panel);
        DrawAnnotations(new Box(0, top, right, bottom - top));
        return _svg.Raw("</svg>").ToString();
    }

    /// <summary>The title in at most two lines; returns where the plots may begin.</summary>
    private double DrawTitle()
    {
        const double Size = 15;
        var y = 8.0;
        if (_scene.Title.Length == 0)
            return y;
        foreach (var line in TextMetrics.Wrap(_scene.Title, _scene.Width - 24, Size * 1.13, 2))
        {
            y += Size * 1.25;
            _svg.Text(_scene.Width / 2, y - 3, line, Size, "middle", " class=\"ink\" font-weight=\"600\"");
        }

        return y + 6;
    }

    /// <summary>Says what of the figure is not in the picture; returns the height it takes.</summary>
    private double DrawNotes()
    {
        if (_scene.Missing.Count == 0)
            return 0;
        var lines = TextMetrics.Wrap("Not drawn without plotly.js: " + string.Join(", ", _scene.Missing), _scene.Width - 16, 10, 2);
        for (var i = 0; i < lines.Count; i++)
            _svg.Text(8, _scene.Height - 6 - (lines.Count - 1 - i) * 13, lines[i], 10, more: " class=\"ink\" fill-opacity=\"0.75\"");
        return lines.Count * 13 + 4;
    }

    /// <summary>Gives each subplot its place. Those in one column begin at one line, those in one row end at one.</summary>
    private void Place(Box area)
    {
        var margins = _scene.Panels.ToDictionary(panel => panel, panel => Margins(panel, area));
        foreach (var panel in _scene.Panels)
        {
            var column = _scene.Panels.Where(other => other.Cell.X == panel.Cell.X).Select(other => margins[other]).ToArray();
            var row = _scene.Panels.Where(other => other.Cell.Y == panel.Cell.Y).Select(other => margins[other]).ToArray();
            var (left, right) = (column.Max(margin => margin.Left), column.Max(margin => margin.Right));
            var (top, bottom) = (row.Max(margin => margin.Top), row.Max(margin => margin.Bottom));
            var cell = new Box(
                area.X + panel.Cell.X * area.Width, area.Y + panel.Cell.Y * area.Height, panel.Cell.Width * area.Width, panel.Cell.Height * area.Height);
            (panel.TitleX, panel.CellRight) = (cell.X + 16, cell.Right);
            panel.Plot = new Box(
                cell.X + left, cell.Y + top, Math.Max(10, cell.Width - left - right), Math.Max(10, cell.Height - top - bottom));
        }
    }

    private (double Left, double Right, double Top, double Bottom) Margins(FigurePanel panel, Box area)
    {
        var (width, height) = (panel.Cell.Width * area.Width, panel.Cell.Height * area.Height);
        var plotHeight = panel.Plot.Height > 0 ? panel.Plot.Height : height - 50;
        var left = 10.0;
        if (panel.Y.IsVisible)
        {
            if (Names(panel.Y, panel.NamesY))
                left += TickLength + 4 + Math.Min(width * 0.4, Widest(YLabels(panel, plotHeight)));
            if (panel.Y.Title.Length > 0 && panel.NamesY)
                left += 18;
        }

        var right = 10.0;
        if (Explained(panel) is { } heatmap)
            right += FigurePanel.ColorBarGap + FigurePanel.ColorBarWidth + 6 + Widest(heatmap.ScaleTicks(plotHeight));
        var top = 6 + (panel.Title.Length > 0 ? 18 : 0) + (Explained(panel) is { ScaleTitle.Length: > 0 } ? 16 : 0);
        var bottom = 8.0;
        if (panel.X.IsVisible)
        {
            if (Names(panel.X, panel.NamesX))
            {
                var plotWidth = panel.Plot.Width > 0 ? panel.Plot.Width : width - left - right;
                bottom += TickLength + 2 + LineHeight * XLabels(panel.X, plotWidth).Max(label => label.Lines.Count);
            }


            if (panel.X.Title.Length > 0 && panel.NamesX)
                bottom += 18;
        }

        return (left, right, top, bottom);
    }

    private static double Widest(IEnumerable<(double At, string Text)> ticks) =>
        ticks.Select(tick => TextMetrics.Width(tick.Text, 11)).DefaultIfEmpty(0).Max();

    private static bool Names(FigureAxis axis, bool isHere) => isHere && (axis.Options.showticklabels ?? true);

    private static List<(double At, string Text)> YLabels(FigurePanel panel, double height)
    {
        var ticks = panel.Y.Ticks(Math.Max(1, height / 36));
        for (var i = 0; i < ticks.Count; i++)
            ticks[i] = (ticks[i].At, ticks[i].Text.Replace('\n', ' '));

        // Names that would stand on each other: every second, third, … one is left.
        var step = Math.Max(1, (int)Math.Ceiling(ticks.Count * LineHeight / Math.Max(1, height)));
        return [.. ticks.Where((_, i) => i % step == 0)];
    }

    /// <summary>The names under an axis: all of them in one line or a few, or every second, third, … one.</summary>
    private static List<(double At, IReadOnlyList<string> Lines)> XLabels(FigureAxis axis, double width)
    {
        const double Gap = 8;
        for (var count = Math.Max(1, width / 70); ; count /= 2)
        {
            var ticks = axis.Ticks(count);
            var slot = ticks.Count < 2 ? width : ticks.Zip(ticks.Skip(1), (a, b) => Math.Abs(axis.Share(b.At) - axis.Share(a.At))).Min() * width;
            if (ticks.All(tick => tick.Text.Split('\n').All(line => TextMetrics.Width(line, 11) + Gap <= slot)))
                return [.. ticks.Select(tick => (tick.At, (IReadOnlyList<string>)tick.Text.Split('\n')))];
            var isFixed = axis.Kind == "category" || axis.Options["tickvals"] is not null || axis.Options.dtick is not null || count < 1;
            if (!isFixed)
                continue;

            // Numbers cannot be cut; words can, as long as some letters are left.
            var areWords = ticks.Exists(tick => tick.Text.Any(char.IsLetter));
            var need = areWords ? 40 : ticks.Select(tick => TextMetrics.Width(tick.Text, 11)).DefaultIfEmpty(0).Max() + Gap;
            var every = Math.Max(1, (int)Math.Ceiling(need / Math.Max(0.01, slot)));
            return
            [
                .. ticks.Where((_, i) => i % every == 0)
                    .Select(tick => (tick.At, (IReadOnlyList<string>)TextMetrics.Wrap(tick.Text, slot * every - Gap, 11, 3)))
                    .DefaultIfEmpty((0, [])),
            ];
        }
    }

    private void DrawPanel(FigurePanel panel)
    {
        var plot = panel.Plot;
        if (panel.Title.Length > 0)
        {
            var title = TextMetrics.Cut(panel.Title.Replace('\n', ' '), plot.Width + 20, 12 * 1.13);
            var half = TextMetrics.Width(title, 12, bold: true) / 2;
            var middle = Math.Clamp(plot.X + plot.Width / 2, half + 2, Math.Max(half + 2, _scene.Width - half - 2));
            _svg.Text(middle, plot.Y - (Explained(panel) is { ScaleTitle.Length: > 0 } ? 22 : 7), title, 12, "middle", " class=\"ink\" font-weight=\"600\"");
        }

        var xLabels = XLabels(panel.X, plot.Width);
        var yLabels = YLabels(panel, plot.Height);
        DrawGrid(panel, xLabels.Select(label => label.At), yLabels.Select(label => label.At));

        // An inner picture cuts off what reaches beyond the axes.
        _svg.Add($"<svg x=\"{plot.X}\" y=\"{plot.Y}\" width=\"{plot.Width}\" height=\"{plot.Height}\" overflow=\"hidden\">");
        foreach (var marks in panel.Marks)
            marks.Draw(panel, _svg);
        _svg.Raw("</svg>");
        if (panel.X.IsVisible)
            DrawX(panel, xLabels);
        if (panel.Y.IsVisible)
            DrawY(panel, yLabels);
        if (Explained(panel) is { } heatmap)
            DrawScale(heatmap, new Box(plot.Right + FigurePanel.ColorBarGap, plot.Y, FigurePanel.ColorBarWidth, plot.Height), panel.CellRight, plot.Width);
    }

    /// <summary>The heat map whose colours are explained beside a subplot; none where one bar stands for the whole figure.</summary>
    private HeatmapMarks? Explained(FigurePanel panel) => _scene.Common is null ? panel.Explained : null;

    /// <summary>The bar of colours, and its title above it.</summary>
    private void DrawScale(HeatmapMarks heatmap, Box bar, double end, double width)
    {
        heatmap.DrawScale(_svg, bar);
        var words = TextMetrics.Cut(heatmap.ScaleTitle.Replace('\n', ' '), width, 11);
        if (bar.X + TextMetrics.Width(words, 11) <= end - 2)
            _svg.Text(bar.X, bar.Y - 7, words, more: " class=\"ink\"");
        else
            _svg.Text(end - 2, bar.Y - 7, words, anchor: "end", more: " class=\"ink\"");
    }

    private void DrawGrid(FigurePanel panel, IEnumerable<double> xs, IEnumerable<double> ys)
    {
        var plot = panel.Plot;
        var hasHeat = panel.Marks.OfType<HeatmapMarks>().Any();
        if (hasHeat)
            return;
        if (panel.X.IsVisible && (panel.X.Options.showgrid ?? panel.X.Kind != "category"))
            foreach (var at in xs)
                _svg.Add($"<path class=\"rule\" d=\"M{plot.X + panel.PixelX(at)} {plot.Y}v{plot.Height}\" stroke-opacity=\"0.13\"/>");
        if (panel.Y.IsVisible && (panel.Y.Options.showgrid ?? panel.Y.Kind != "category"))
            foreach (var at in ys)
                _svg.Add($"<path class=\"rule\" d=\"M{plot.X} {plot.Y + panel.PixelY(at)}h{plot.Width}\" stroke-opacity=\"0.13\"/>");
        if (panel.X.IsVisible && (panel.X.Options.zeroline ?? true) && panel.X.Kind == "linear" && panel.X.Share(0) is > 0 and < 1)
            _svg.Add($"<path class=\"rule\" d=\"M{plot.X + panel.PixelX(0)} {plot.Y}v{plot.Height}\" stroke-opacity=\"0.4\"/>");
        if (panel.Y.IsVisible && (panel.Y.Options.zeroline ?? true) && panel.Y.Kind == "linear" && panel.Y.Share(0) is >= 0 and <= 1)
            _svg.Add($"<path class=\"rule\" d=\"M{plot.X} {plot.Y + panel.PixelY(0)}h{plot.Width}\" stroke-opacity=\"0.4\"/>");
    }

    private void DrawX(FigurePanel panel, List<(double At, IReadOnlyList<string> Lines)> labels)
    {
        var plot = panel.Plot;
        var y = plot.Bottom;
        _svg.Add($"<path class=\"rule\" d=\"M{plot.X} {y}h{plot.Width}\" stroke-opacity=\"0.5\"/>");
        if (Names(panel.X, panel.NamesX))
        {
            foreach (var (at, lines) in labels)
            {
                var x = plot.X + panel.PixelX(at);
                _svg.Add($"<path class=\"rule\" d=\"M{x} {y}v{TickLength}\" stroke-opacity=\"0.5\"/>");
                for (var i = 0; i < lines.Count; i++)
                {
                    // The outermost names stay within the picture.
                    var half = TextMetrics.Width(lines[i], 11) / 2;
                    var middle = Math.Clamp(x, half + 2, Math.Max(half + 2, _scene.Width - half - 2));
                    _svg.Text(middle, y + TickLength + 11 + i * LineHeight, lines[i], anchor: "middle", more: " class=\"ink\"");
                }
            }

            y += TickLength + 2 + LineHeight * labels.Max(label => label.Lines.Count);
        }

        if (panel.X.Title.Length > 0 && panel.NamesX)
            _svg.Text(plot.X + plot.Width / 2, y + 14, TextMetrics.Cut(panel.X.Title.Replace('\n', ' '), plot.Width, 12), 12, "middle", " class=\"ink\"");
    }

    private void DrawY(FigurePanel panel, List<(double At, string Text)> labels)
    {
        var plot = panel.Plot;
        _svg.Add($"<path class=\"rule\" d=\"M{plot.X} {plot.Y}v{plot.Height}\" stroke-opacity=\"0.5\"/>");
        var room = panel.Cell.Width * _scene.Width * 0.4;
        if (Names(panel.Y, panel.NamesY))
        {
            foreach (var (at, text) in labels)
            {
                var y = plot.Y + panel.PixelY(at);
                _svg.Add($"<path class=\"rule\" d=\"M{plot.X} {y}h-{TickLength}\" stroke-opacity=\"0.5\"/>")
                    .Text(plot.X - TickLength - 3, y + 4, TextMetrics.Cut(text, room, 11), anchor: "end", more: " class=\"ink\"");
            }
        }

        if (panel.Y.Title.Length == 0 || !panel.NamesY)
            return;
        _svg.Add($"<text transform=\"translate({panel.TitleX} {plot.Y + plot.Height / 2}) rotate(-90)\" text-anchor=\"middle\" font-size=\"12\" class=\"ink\">")
            .Raw(SvgWriter.Encode(TextMetrics.Cut(panel.Y.Title.Replace('\n', ' '), plot.Height, 12))).Raw("</text>");
    }

    private void DrawAnnotations(Box area)
    {
        foreach (var annotation in _scene.Annotations)
        {
            var text = FigureWords.Plain(annotation.text ?? "").Replace('\n', ' ');
            if (text.Length == 0 || _scene.PlaceOf(annotation, area) is not { } place)
                continue;
            const double Size = 11;
            var width = TextMetrics.Width(text, Size);
            var x = Math.Clamp(place.X, width / 2 + 2, Math.Max(width / 2 + 2, _scene.Width - width / 2 - 2));
            var y = Math.Clamp(place.Y - (annotation.showarrow ?? true ? 24 : 0), Size + 2, _scene.Height - 4);
            if (annotation.showarrow ?? true)
                _svg.Add($"<path class=\"rule\" d=\"M{x} {y + 4}L{place.X} {place.Y - 2}\" stroke-opacity=\"0.7\"/>");
            _svg.Text(x, y, text, Size, "middle", " class=\"ink\"");
        }
    }
}
