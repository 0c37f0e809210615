using Unroll.Figures;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>
/// The views of a chart whose library writes Plotly's JSON: the JSON itself, a still picture that comes alive where
/// plotly.js is, and characters.
/// </summary>
internal static class ChartViews
{
    /// <summary>What front ends with plotly.js of their own draw.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    private const string Sample = """{"data":[{"x":[1,2],"y":[1,2],"name":"a"},{"type":"bar","x":[1],"y":[1]}],"layout":{"title":"b"}}""";

    /// <summary>Draws a figure that nobody sees, so that the first one comes sooner.</summary>
    public static void WarmUp()
    {
        var views = Of(Sample);
        foreach (var type in (string[])[Plotly, MimeBundle.Html, MimeBundle.Plain])
            _ = views?.Invoke(type);
    }

    /// <summary>The views of the figure that <paramref name="json"/> describes; null where it describes none.</summary>
    public static Func<string, string?>? Of(string json)
    {
        Figure figure;
        try
        {
            figure = Figure.FromJson(json);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return mimeType => mimeType switch
        {
            Plotly or MimeBundle.Json => figure.ToJson(),
            MimeBundle.Html => Draw(figure.ToHtml, text => $"<pre>{HtmlText.Encode(text)}</pre>"),
            MimeBundle.Plain => Draw(figure.ToText, text => text),
            "image/svg+xml" => Draw(figure.ToSvg, _ => null),
            _ => null,
        };
    }

    /// <summary>A chart is the result of work: that a part of it has no picture here must not fail the cell.</summary>
    private static string? Draw(Func<string> draw, Func<string, string?> instead)
    {
        try
        {
            return draw();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return instead($"(a chart that is not drawn without plotly.js: {error.Message})");
        }
    }
}
