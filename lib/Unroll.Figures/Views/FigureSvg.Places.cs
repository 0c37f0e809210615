using Unroll.Figures.Scene;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Views;

/// <content>Where the subplots are, and which names their axes have room for.</content>
internal sealed partial class FigureSvg
{
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
}
