using Unroll.Figures.Views;
using Unroll.Views;

namespace Unroll.Pictures.Network;

/// <summary>
/// A drawing of a model: its layers, and the recurrent ones unrolled over time. An arrow at each step is a sequence, one at
/// the end is the last step alone; coloured arrows are states that go from step to step.
/// </summary>
[TypeFormatterSource(typeof(ModelPlotFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ModelPlot
{
    private readonly NetworkGraph _graph;
    private readonly string _name;

    internal ModelPlot(NetworkGraph graph, string name)
    {
        _graph = graph;
        _name = name;
    }

    /// <summary>The drawing as a complete SVG document.</summary>
    public string ToSvg() => NetworkSvg.Draw(_graph, _name);

    /// <summary>The drawing as an HTML image, which notebooks that are not trusted show too.</summary>
    public string ToHtml() => NetworkSvg.DrawHtml(_graph, _name);

    /// <summary>The drawing as text of Mermaid, which GitHub and many editors show in a block <c>```mermaid</c>.</summary>
    public string ToMermaid() => NetworkMermaid.Write(_graph);

    /// <summary>The drawing in characters.</summary>
    public override string ToString() => NetworkText.Draw(_graph);

    /// <summary>Writes the drawing to a file, whole or not at all; <c>.svg</c> is appended to a name that has no ending.</summary>
    public void SaveSvg(string path) => PictureFile.Write(path, ".svg", ToSvg());
}

/// <summary>How a notebook shows a drawing.</summary>
internal sealed class ModelPlotFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => ((ModelPlot)value).ToHtml()),
        new Formatter("text/plain", value => value.ToString()!),
    ];
}
