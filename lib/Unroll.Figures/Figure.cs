using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Figures.Views;

namespace Unroll.Figures;

/// <summary>
/// A figure of Plotly's, drawn without plotly.js. Any library that writes Plotly's JSON can make one:
/// <c>Figure.FromJson(json).ToSvg()</c>.
/// </summary>
[TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = [FigureFormatters.PlotlyMimeType, "text/html", "text/plain"])]
public sealed class Figure
{
    private readonly FigureData _data;

    internal Figure(JsonObject json) => _data = new FigureData(json);

    private Figure(FigureData data) => _data = data;

    internal FigureData Data => _data;

    /// <summary>The figure that Plotly's JSON describes. What no picture here shows is kept, and the picture says what it misses.</summary>
    /// <param name="json">An object with <c>data</c> and, perhaps, <c>layout</c>, <c>config</c>, <c>frames</c>.</param>
    /// <exception cref="ArgumentException">The text is not JSON, or not a figure.</exception>
    public static Figure FromJson(string json) => new(FigureData.Parse(json));

    /// <summary>The figure as Plotly's JSON: <c>{"data":[…],"layout":{…}}</c>.</summary>
    public string ToJson() => _data.ToJson();

    /// <summary>The figure as a picture that needs no script: a complete SVG document.</summary>
    public string ToSvg() => FigureSvg.Draw(_data);

    /// <summary>The figure as HTML for a page: the picture, which becomes interactive where the page has plotly.js.</summary>
    public string ToHtml() => FigureHtml.Write(_data);

    /// <summary>The figure in characters.</summary>
    public string ToText() => FigureText.Draw(_data);

    /// <summary>The figure in characters.</summary>
    public override string ToString() => ToText();

    /// <summary>Writes the picture to a file, whole or not at all; <c>.svg</c> is appended to a name that has no ending.</summary>
    public void SaveSvg(string path) => PictureFile.Write(path, ".svg", ToSvg());
}
