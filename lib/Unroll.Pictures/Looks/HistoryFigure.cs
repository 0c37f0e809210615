using System.Text.Json.Nodes;
using Unroll.Figures;
using Unroll.Figures.Svg;
using Unroll.Training;

namespace Unroll.Pictures.Looks;

/// <summary>Draws the numbers of a training: the losses, and below them the metrics, if there are any.</summary>
internal static class HistoryFigure
{
    public static Figure Draw(History history)
    {
        var losses = history.Keys.Where(name => name.EndsWith("loss", StringComparison.Ordinal)).ToArray();
        var metrics = history.Keys.Except(losses, StringComparer.Ordinal).ToArray();
        var series = Lines(history, losses);
        var layout = new JsonObject { ["colorway"] = new JsonArray([.. Palette.Series]) };
        var epochs = XAxis(history);
        var loss = FigureParts.Axis("loss");
        (layout["yaxis"], layout["xaxis"]) = (loss, epochs);
        if (metrics.Length > 0)
        {
            foreach (var line in series)
                (line["xaxis"], line["yaxis"]) = ("x", "y");
            var below = Lines(history, metrics);
            foreach (var line in below)
                (line["xaxis"], line["yaxis"]) = ("x", "y2");
            series = [.. series, .. below];
            layout["yaxis2"] = FigureParts.Axis(metrics.Length == 1 ? metrics[0] : "metrics");
            layout["grid"] = new JsonObject { ["rows"] = 2, ["columns"] = 1, ["pattern"] = "coupled", ["xgap"] = 0.1, ["ygap"] = 0.1 };
        }

        layout["showlegend"] = true;
        return FigureParts.Of(series, layout, "Training", width: 560, height: metrics.Length == 0 ? 300 : 420);
    }

    private static JsonObject XAxis(History history) => FigureParts.Axis("epoch", isShort: history.Epoch.Count <= 10);

    /// <summary>Epochs are counted from 1; numbers of validation are dashed.</summary>
    private static JsonObject[] Lines(History history, string[] names)
    {
        int[] epochs = [.. history.Epoch.Select(epoch => epoch + 1)];
        var decimals = Decimals([.. names.SelectMany(name => history[name]).Where(float.IsFinite)]);
        return [.. names.Select(name => FigureParts.Line(
            epochs,
            [.. history[name].Select(number => decimals is { } digits ? MathF.Round(number, digits) : number)],
            name,
            isDashed: name.StartsWith("val_", StringComparison.Ordinal)))];
    }

    /// <summary>
    /// The decimals that tell apart a thousandth of what a panel spans, which is more than its height in pixels; null where
    /// rounding has none to give. The last digits of a training differ between processors, and a picture need not.
    /// </summary>
    private static int? Decimals(float[] numbers)
    {
        var span = numbers.Length == 0 ? 0 : numbers.Max() - numbers.Min();
        return float.IsFinite(span) && span > 0 && (int)Math.Ceiling(3 - Math.Log10(span)) is >= 0 and <= 6 and var decimals ? decimals : null;
    }
}
