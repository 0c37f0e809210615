using Unroll.Figures.Scene;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Views;

/// <content>Axes, their names and the lines of the grid.</content>
internal sealed partial class FigureSvg
{
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
}
