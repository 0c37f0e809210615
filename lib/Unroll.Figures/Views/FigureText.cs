using System.Text;
using Unroll.Figures.Plotly;
using Unroll.Figures.Scene;

namespace Unroll.Figures.Views;

/// <summary>Draws a figure in characters, for terminals and for text/plain.</summary>
internal static class FigureText
{
    private const int Columns = 60;
    private const int Rows = 12;
    private const string Points = "*o+x#@%&";
    private const string Fillings = "█▒▓░";
    private const string Shades = " ░▒▓█";

    public static string Draw(FigureData figure)
    {
        var scene = FigureScene.Of(figure);
        var text = new StringBuilder();
        if (scene.Title.Length > 0)
            text.Append(scene.Title).Append('\n');
        foreach (var panel in scene.Panels)
        {
            if (panel.Title.Length > 0)
                text.Append(panel.Title).Append('\n');
            panel.Plot = new Box(0, 0, 1, 1);
            if (panel.Marks.OfType<HeatmapMarks>().FirstOrDefault() is { } heatmap)
                DrawHeatmap(text, panel, heatmap);
            else if (panel.Marks.Count > 0)
                DrawGrid(text, panel);
        }

        if (scene.Missing.Count > 0)
            text.Append("Not drawn: ").AppendJoin(", ", scene.Missing).Append('\n');
        var lines = text.ToString().Split('\n').Select(line => line.TrimEnd());
        return string.Join('\n', lines).TrimEnd('\n') is { Length: > 0 } drawn ? drawn : "(empty chart)";
    }

    private static void DrawGrid(StringBuilder text, FigurePanel panel)
    {
        var grid = new char[Rows, Columns];
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
                grid[row, column] = ' ';
        var legend = new List<string>();
        var (series, fillings) = (0, 0);
        foreach (var marks in panel.Marks)
        {
            if (marks is BarMarks bars)
            {
                foreach (var group in bars.Boxes(panel).GroupBy(bar => bar.Name, StringComparer.Ordinal))
                {
                    var filling = Fillings[fillings++ % Fillings.Length];
                    legend.Add($"{filling} {group.Key}");
                    foreach (var (_, box) in group)
                        Fill(grid, box, filling);
                }

                continue;
            }

            var letter = Points[series++ % Points.Length];
            if (marks is not ScatterMarks scatter)
                continue;
            legend.Add($"{letter} {scatter.Name}");
            Trace(grid, scatter, panel, letter);
        }

        var labels = new string[Rows];
        foreach (var (at, word) in panel.Y.Ticks(4))
        {
            var row = (int)Math.Round((1 - panel.Y.Share(at)) * (Rows - 1));
            if (row is >= 0 and < Rows)
                labels[row] = word.Replace('\n', ' ');
        }

        var width = Math.Min(16, labels.Max(label => label?.Length ?? 0));
        if (panel.Y.Title.Length > 0)
            text.Append(panel.Y.Title.Replace('\n', ' ')).Append('\n');
        for (var row = 0; row < Rows; row++)
        {
            var label = labels[row] ?? "";
            text.Append((label.Length > width ? label[..width] : label).PadLeft(width)).Append(label.Length > 0 ? " ┤" : " │");
            for (var column = 0; column < Columns; column++)
                text.Append(grid[row, column]);
            text.Append('\n');
        }

        text.Append(' ', width + 1).Append('└').Append('─', Columns).Append('\n');
        AppendXLabels(text, panel.X, width + 2);
        if (legend.Count > 1 || (legend.Count == 1 && !legend[0].EndsWith(' ')))
            text.AppendJoin("   ", legend).Append('\n');
    }

    /// <summary>The numbers or names under the axis, as many as have room.</summary>
    private static void AppendXLabels(StringBuilder text, FigureAxis axis, int indent)
    {
        var line = new StringBuilder(new string(' ', indent + Columns + 20));
        var free = indent - 1;
        foreach (var (at, word) in axis.Ticks(5))
        {
            var label = word.Replace('\n', ' ');
            var start = Math.Max(indent, indent + (int)Math.Round(axis.Share(at) * (Columns - 1)) - label.Length / 2);
            if (start <= free || start + label.Length > line.Length)
                continue;
            for (var i = 0; i < label.Length; i++)
                line[start + i] = label[i];
            free = start + label.Length;
        }

        text.Append(line.ToString().TrimEnd());
        if (axis.Title.Length > 0)
            text.Append('\n').Append(' ', indent).Append(axis.Title.Replace('\n', ' '));
        text.Append('\n');
    }

    private static void Trace(char[,] grid, ScatterMarks scatter, FigurePanel panel, char letter)
    {
        foreach (var run in scatter.Runs(panel))
        {
            for (var i = 0; i < run.Count; i++)
            {
                Put(run[i].X, run[i].Y);
                if (i == 0 || !scatter.HasLines)
                    continue;
                var (from, to) = (run[i - 1], run[i]);
                var steps = (int)Math.Min(200, Math.Ceiling(Math.Max(Math.Abs(to.X - from.X) * Columns, Math.Abs(to.Y - from.Y) * Rows)));
                for (var step = 1; step < steps; step++)
                    Put(from.X + (to.X - from.X) * step / steps, from.Y + (to.Y - from.Y) * step / steps);
            }
        }

        void Put(double x, double y)
        {
            var (column, row) = ((int)Math.Round(x * (Columns - 1)), (int)Math.Round(y * (Rows - 1)));
            if (column is >= 0 and < Columns && row is >= 0 and < Rows)
                grid[row, column] = letter;
        }
    }

    private static void Fill(char[,] grid, Box box, char letter)
    {
        var (left, right) = ((int)Math.Round(box.X * Columns), (int)Math.Round(box.Right * Columns));
        var (top, bottom) = ((int)Math.Round(box.Y * Rows), (int)Math.Round(box.Bottom * Rows));
        for (var row = Math.Max(0, top); row < Math.Min(Rows, bottom); row++)
            for (var column = Math.Max(0, left); column < Math.Min(Columns, Math.Max(right, left + 1)); column++)
                grid[row, column] = letter;
    }

    /// <summary>A heat map as shades, two characters a cell where there is room; the largest number is the darkest.</summary>
    private static void DrawHeatmap(StringBuilder text, FigurePanel panel, HeatmapMarks heatmap)
    {
        var isUpsideDown = panel.Y.From < panel.Y.To;
        var rows = isUpsideDown ? heatmap.Rows.Reverse().ToArray() : [.. heatmap.Rows];
        var names = heatmap.Y.Select(node => node is null ? "" : FigureWords.Plain(PlotlyJson.Word(node))).ToArray();
        if (isUpsideDown)
            System.Array.Reverse(names);
        var across = Math.Max(1, (int)Math.Ceiling(heatmap.Columns / (double)Columns));
        var down = Math.Max(1, (int)Math.Ceiling(rows.Length / 24.0));
        var width = Math.Min(16, names.Select(name => name.Length).DefaultIfEmpty(0).Max());
        for (var row = 0; row < rows.Length; row += down)
        {
            var name = row < names.Length ? names[row] : "";
            text.Append((name.Length > width ? name[..width] : name).PadLeft(width)).Append(' ');
            for (var column = 0; column < heatmap.Columns; column += across)
            {
                var cells = rows.Skip(row).Take(down).SelectMany(cells => cells.Skip(column).Take(across)).OfType<double>().ToArray();
                var share = cells.Length == 0 || heatmap.High <= heatmap.Low ? 0 : (cells.Average() - heatmap.Low) / (heatmap.High - heatmap.Low);
                text.Append(Shades[(int)Math.Clamp(share * Shades.Length, 0, Shades.Length - 1)], heatmap.Columns <= Columns / 2 ? 2 : 1);
            }

            text.Append('\n');
        }

        text.Append(' ', width + 1).Append($"{FigureTicks.Short(heatmap.Low)} {Shades} {FigureTicks.Short(heatmap.High)}\n");
    }
}
