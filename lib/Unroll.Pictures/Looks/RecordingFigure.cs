using System.Globalization;
using Unroll.Figures;
using Unroll.Layers;

namespace Unroll.Pictures.Looks;

/// <summary>Draws what cells did as heat maps.</summary>
internal static class RecordingFigure
{
    /// <summary>How many units are shown where nothing else is asked for.</summary>
    public const int DefaultUnits = 32;

    public static Figure Draw(Recording recording, int sample = 0, int maxUnits = DefaultUnits, IReadOnlyList<string>? only = null)
    {
        var (layer, cells) = (recording.Layer, recording.Cells);
        var samples = cells[0][cells[0].Names[0]].Shape[0];
        if (sample < 0 || sample >= samples)
            throw new ArgumentOutOfRangeException(nameof(sample), $"{layer}: the batch has {samples} samples; there is no sample {sample}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxUnits, 1);
        if (only is { Count: 0 })
            throw new ArgumentException($"{layer}: no part is to be drawn. Name some of: {string.Join(", ", cells[0].Names)}.", nameof(only));
        var parts = cells.SelectMany(cell => (only ?? cell.Names).Select(name =>
            (Title: cells.Count == 1 ? Word(name) : $"{cell.Name}: {Word(name)}", Values: cell[name]))).ToArray();
        var most = parts.Max(part => part.Values.Shape[2]);
        var reach = parts.SelectMany(part => Rows(part.Values, sample, maxUnits)).SelectMany(row => row)
            .Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty(1).Max();
        var panels = parts.Select((part, i) => Panel(part.Title, Rows(part.Values, sample, maxUnits), Math.Max(1, reach), isFirst: i == 0)).ToArray();
        var shown = most > maxUnits ? string.Create(CultureInfo.InvariantCulture, $", units 1 to {maxUnits} of {most}") : "";
        var which = samples > 1 ? string.Create(CultureInfo.InvariantCulture, $", sample {sample}") : "";
        return FigureParts.Panels($"Inside {layer}{which}{shown}", panels, columns: parts.Length == 1 ? 1 : 2, width: 640);
    }

    /// <summary>A row for each unit, rounded: more digits than a colour has only make the page longer.</summary>
    private static float[][] Rows(Tensor values, int sample = 0, int maxUnits = DefaultUnits)
    {
        var (time, units) = (values.Shape[1], values.Shape[2]);
        var rows = new float[Math.Min(units, maxUnits)][];
        for (var unit = 0; unit < rows.Length; unit++)
        {
            rows[unit] = new float[time];
            for (var step = 0; step < time; step++)
                rows[unit][step] = MathF.Round(values.Values[(sample * time + step) * units + unit], 3);
        }

        return rows;
    }

    private static Panel Panel(string title, float[][] rows, double reach, bool isFirst) => new(
        title,
        FigureParts.Heatmap(rows, reach, showScale: isFirst, countsFromOne: true),
        FigureParts.Axis("step", isShort: rows[0].Length <= 10),
        FigureParts.Axis("unit", isShort: rows.Length <= 10, isReversed: true));

    private static string Word(string name) => name switch
    {
        "input" => "input gate i",
        "forget" => "forget gate f",
        "update" => "update gate z",
        "reset" => "reset gate r",
        "candidate" => "candidate g",
        "output" => "output gate o",
        "c" => "cell state c",
        "h" => "hidden state h",
        _ => name,
    };
}
