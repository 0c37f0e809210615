using Unroll.Training;

namespace Unroll.Display;

/// <summary>Draws the numbers of a training.</summary>
internal static class HistoryChart
{
    public static GenericChart Draw(History history)
    {
        var losses = history.Keys.Where(name => name.EndsWith("loss", StringComparison.Ordinal)).ToArray();
        var metrics = history.Keys.Except(losses, StringComparer.Ordinal).ToArray();
        var chart = metrics.Length == 0
            ? Lines(history, losses, "loss").WithXAxisStyle("epoch")
            : Chart.SingleStack([Lines(history, losses, "loss"), Lines(history, metrics, metrics.Length == 1 ? metrics[0] : "metrics").WithXAxisStyle("epoch")]);
        return chart.WithTitle("Training").WithLegend(true).WithSize(Width: 560, Height: metrics.Length == 0 ? 300 : 420);
    }

    private static GenericChart Lines(History history, string[] names, string title)
    {
        // A single epoch is a point, which a line does not show.
        var epochs = history.Epoch.Select(epoch => epoch + 1).ToArray();
        var lines = names.Select(name => Chart.Line(
            epochs, history[name], ShowMarkers: epochs.Length < 20, Name: name, LineDash: name.StartsWith("val_", StringComparison.Ordinal) ? StyleParam.DrawingStyle.Dash : StyleParam.DrawingStyle.Solid));
        var xAxis = new LinearAxis();
        if (epochs.Length <= 10) xAxis.dtick = 1;
        return Chart.Combine(lines).WithYAxisStyle(title).WithXAxis(xAxis);
    }
}

/// <summary>How a notebook shows a training: its curves, or its numbers.</summary>
internal sealed class HistoryFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => ((History)value).Plot().ToHtml()),
        new Formatter("text/plain", value => value.ToString()!),
    ];
}
