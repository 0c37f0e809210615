using Unroll.Figures;
using Unroll.Layers;
using Unroll.Training;
using Unroll.Views;

namespace Unroll.Pictures.Looks;

/// <summary>A training at the end of a cell shows as its curves.</summary>
internal sealed class HistoryFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() => PictureFormatters.Of<History>(HistoryFigure.Draw);
}

/// <summary>A recording at the end of a cell shows as its heat maps.</summary>
internal sealed class RecordingFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() => PictureFormatters.Of<Recording>(recording => RecordingFigure.Draw(recording));
}

/// <summary>What draws a type of the library below, which names its formatters as words.</summary>
internal static class PictureFormatters
{
    public static IEnumerable<object> Of<T>(Func<T, Figure> draw) =>
    [
        new Formatter("text/html", value => draw((T)value).ToHtml()),
        new Formatter("text/plain", value => draw((T)value).ToText()),
    ];
}
