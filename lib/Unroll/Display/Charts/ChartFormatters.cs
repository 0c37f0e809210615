namespace Unroll.Display;

/// <summary>How a notebook shows a figure: Plotly's own JSON, a picture that can become interactive, characters.</summary>
internal sealed class ChartFormatters
{
    public const string PlotlyMimeType = "application/vnd.plotly.v1+json";

    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter(PlotlyMimeType, value => ((GenericChart)value).ToJson()),
        new Formatter("text/html", value => ((GenericChart)value).ToHtml()),
        new Formatter("text/plain", value => value.ToString()!),
    ];
}
