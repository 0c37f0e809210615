using System.Globalization;

namespace Unroll.Display;

/// <summary>Draws what cells did as heat maps.</summary>
internal static class TraceChart
{
    private const int RowHeight = 150;

    public static GenericChart Draw(string layer, IReadOnlyList<CellTrace> cells, int sample, int maxUnits)
    {
        var samples = cells[0][cells[0].Names[0]].Shape[0];
        if (sample < 0 || sample >= samples)
            throw new ArgumentOutOfRangeException(nameof(sample), $"{layer}: the batch has {samples} samples; there is no sample {sample}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxUnits, 1);
        var parts = cells.SelectMany(cell => cell.Names.Select(name => (Title: cells.Count == 1 ? Word(name) : $"{cell.Name}: {Word(name)}", Values: cell[name]))).ToArray();
        var most = parts.Max(part => part.Values.Shape[2]);
        var reach = parts.SelectMany(part => Rows(part.Values, sample, maxUnits)).SelectMany(row => row).Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty(1).Max();
        var panels = parts.Select((part, i) => Panel(Rows(part.Values, sample, maxUnits), Math.Max(1, reach), isFirst: i == 0)).ToArray();
        var columns = parts.Length == 1 ? 1 : 2;
        var rows = (parts.Length + columns - 1) / columns;
        var shown = most > maxUnits ? string.Create(CultureInfo.InvariantCulture, $", units 1 to {maxUnits} of {most}") : "";
        return Chart.Grid(panels, rows, columns, SubPlotTitles: parts.Select(part => part.Title).ToArray())
            .WithTitle($"Inside {layer}{(samples > 1 ? string.Create(CultureInfo.InvariantCulture, $", sample {sample}") : "")}{shown}")
            .WithSize(Width: 640, Height: 70 + rows * RowHeight);
    }

    /// <summary>A row for each unit, rounded: more digits than a colour has only make the page longer.</summary>
    private static float[][] Rows(Tensor values, int sample, int maxUnits)
    {
        var (time, units) = (values.Shape[1], values.Shape[2]);
        var rows = new float[Math.Min(units, maxUnits)][];
        for (var unit = 0; unit < rows.Length; unit++)
        {
            rows[unit] = new float[time];
            for (var step = 0; step < time; step++) rows[unit][step] = MathF.Round(values.Values[(sample * time + step) * units + unit], 4);
        }

        return rows;
    }

    private static GenericChart Panel(float[][] rows, double reach, bool isFirst)
    {
        var steps = Enumerable.Range(1, rows[0].Length).ToArray();
        var units = Enumerable.Range(1, rows.Length).ToArray();
        var heatmap = new Heatmap { z = rows, x = steps, y = units, zmin = -reach, zmax = reach, showscale = isFirst };
        heatmap["colorscale"] = PlotlyJson.Node(Palette.Diverging);
        return Chart.Plot([heatmap], new Layout
        {
            xaxis = Axis("step", steps.Length),
            yaxis = Axis("unit", units.Length, isReversed: true),
        });
    }

    private static LinearAxis Axis(string title, int count, bool isReversed = false)
    {
        var axis = new LinearAxis { title = title };
        if (count <= 10) axis.dtick = 1;
        if (isReversed) axis.autorange = "reversed";
        return axis;
    }

    private static string Word(string name) => name switch
    {
        "input" => "input gate i",
        "forget" => "forget gate f",
        "candidate" => "candidate g",
        "output" => "output gate o",
        "c" => "cell state c",
        "h" => "hidden state h",
        _ => name,
    };
}
