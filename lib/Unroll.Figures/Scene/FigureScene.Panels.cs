using System.Globalization;
using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;

namespace Unroll.Figures.Scene;

/// <content>The subplots: their axes, places and titles.</content>
internal sealed partial class FigureScene
{
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
}
