using Unroll.Figures.Plotly;
using Unroll.Figures.Scene;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Views;

/// <summary>Draws a figure as SVG: what plotly.js would show, still, with no script.</summary>
internal sealed partial class FigureSvg
{
    private const double TickLength = 4;
    private const double LineHeight = 14;
    private readonly FigureScene _scene;
    private readonly SvgWriter _svg = new();

    private FigureSvg(FigureScene scene) => _scene = scene;

    public static string Draw(FigureData figure) => new FigureSvg(FigureScene.Of(figure)).Draw();

    /// <summary>
    /// The picture for an HTML image, and what is on it. Nothing in an image answers to the mouse, so cells do without their
    /// numbers, and take a tenth of the room.
    /// </summary>
    public static string DrawImage(FigureData figure, out FigureScene scene) => new FigureSvg(scene = FigureScene.Of(figure, hasTips: false)).Draw(isImage: true);

    private string Draw(bool isImage = false)
    {
        var (width, height) = (_scene.Width, _scene.Height);
        if (isImage)
            _svg.BeginImage(width, height);
        else
            _svg.Begin(width, height, _scene.Name, _scene.Description);
        var top = DrawTitle();
        if (_scene.IsBlank)
            return DrawBlank(top);
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

    /// <summary>Of a figure with no part that can be drawn here, axes would say that it is empty: words say what it is.</summary>
    private string DrawBlank(double top)
    {
        const double Size = 13;
        var lines = TextMetrics.Wrap("Not drawn without plotly.js: " + string.Join(", ", _scene.Missing), _scene.Width - 48, Size, 4);
        var y = (top + _scene.Height) / 2 - (lines.Count - 1) * Size * 0.7;
        _svg.Add($"<rect class=\"rule\" x=\"8\" y=\"{top}\" width=\"{_scene.Width - 16}\" height=\"{_scene.Height - top - 8}\" stroke-opacity=\"0.35\" stroke-dasharray=\"4 4\"/>");
        foreach (var line in lines)
        {
            _svg.Text(_scene.Width / 2, y, line, Size, "middle", " class=\"ink\"");
            y += Size * 1.4;
        }

        return _svg.Raw("</svg>").ToString();
    }

    /// <summary>Says what of the figure is not in the picture; returns the height it takes.</summary>
    private double DrawNotes()
    {
        if (_scene.Missing.Count == 0)
            return 0;
        var lines = TextMetrics.Wrap("Not drawn without plotly.js: " + string.Join(", ", _scene.Missing), _scene.Width - 16, 11, 2);
        for (var i = 0; i < lines.Count; i++)
            _svg.Text(8, _scene.Height - 6 - (lines.Count - 1 - i) * 13, lines[i], more: " class=\"ink\" fill-opacity=\"0.75\"");
        return lines.Count * 13 + 4;
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
