using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>
/// A figure: traces and a layout, as Plotly's JSON has them. <see cref="Chart"/> makes one, the extensions that begin with
/// <c>With</c> return changed copies.
/// </summary>
[TypeFormatterSource(typeof(ChartFormatters), PreferredMimeTypes = [ChartFormatters.PlotlyMimeType, "text/html", "text/plain"])]
public sealed class GenericChart
{
    private readonly JsonObject _json;

    internal GenericChart(JsonObject json) => _json = json;

    internal GenericChart(IEnumerable<Trace> traces, Layout layout)
        : this(new JsonObject
        {
            ["data"] = new JsonArray([.. traces.Select(trace => trace.Json.DeepClone())]),
            ["layout"] = layout.Json.DeepClone(),
        })
    {
    }

    /// <summary>The figure that Plotly's JSON describes. Attributes that have no property here are kept.</summary>
    /// <param name="json">An object with <c>data</c> and, perhaps, <c>layout</c>, <c>config</c>, <c>frames</c>.</param>
    /// <exception cref="ArgumentException">The text is not JSON, or not a figure.</exception>
    public static GenericChart FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(json);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"This is no figure: {error.Message}", nameof(json), error);
        }

        if (node is not JsonObject figure || figure["data"] is not (null or JsonArray) || figure["layout"] is not (null or JsonObject))
            throw new ArgumentException("This is no figure: an object with data, an array, and layout, an object, is expected.", nameof(json));
        if (figure["data"] is JsonArray data && data.Any(trace => trace is not JsonObject))
            throw new ArgumentException("This is no figure: each item of data must be an object.", nameof(json));
        return new GenericChart(figure);
    }

    /// <summary>The figure as Plotly's JSON: <c>{"data":[…],"layout":{…}}</c>.</summary>
    public string ToJson() => PlotlyJson.Text(_json);

    /// <summary>Copies of the traces.</summary>
    public Trace[] GetTraces() => [.. (_json["data"] as JsonArray ?? []).Select(trace => Trace.Of((JsonObject)trace!.DeepClone()))];

    /// <summary>A copy of the layout.</summary>
    public Layout GetLayout() => new((JsonObject?)_json["layout"]?.DeepClone() ?? []);

    /// <summary>The figure as a picture that needs no script: a complete SVG document.</summary>
    public string ToSvg() => FigureSvg.Draw(this);

    /// <summary>The figure as HTML for a page: the picture, which becomes interactive where the page has plotly.js.</summary>
    public string ToHtml() => FigureHtml.Write(this);

    /// <summary>The figure in characters.</summary>
    public override string ToString() => FigureText.Draw(this);

    /// <summary>A copy in which <paramref name="traces"/> and <paramref name="layout"/> stand; the rest stays.</summary>
    internal GenericChart With(IEnumerable<Trace>? traces = null, Layout? layout = null)
    {
        var copy = (JsonObject)_json.DeepClone();
        if (traces is not null) copy["data"] = new JsonArray([.. traces.Select(trace => trace.Json.DeepClone())]);
        if (layout is not null) copy["layout"] = layout.Json.DeepClone();
        return new GenericChart(copy);
    }
}
