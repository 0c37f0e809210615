using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Figures.Plotly;

/// <summary>A figure's JSON, checked: <c>{"data":[…],"layout":{…}}</c>. What is not read here is kept.</summary>
internal sealed class FigureData
{
    private readonly JsonObject _json;

    public FigureData(JsonObject json)
    {
        if (json["data"] is not (null or JsonArray) || json["layout"] is not (null or JsonObject))
            throw new ArgumentException("This is not a figure: an object with data, an array, and layout, an object, is expected.", nameof(json));
        if (json["data"] is JsonArray data && data.Any(series => series is not JsonObject))
            throw new ArgumentException("This is not a figure: each item of data must be an object.", nameof(json));
        _json = json;
        Layout = new Layout(json["layout"] as JsonObject ?? []);
        Series = [.. (json["data"] as JsonArray ?? []).Select(series => Plotly.Series.Of(TypedArrays.WriteOut((JsonObject)series!)))];
    }

    public Layout Layout { get; }

    public IReadOnlyList<Series> Series { get; }

    public static FigureData Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new FigureData(JsonNode.Parse(json) as JsonObject
                ?? throw new ArgumentException("This is not a figure: an object with data and layout is expected.", nameof(json)));
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"This is not a figure: {error.Message}", nameof(json), error);
        }
    }

    public string ToJson() => PlotlyJson.Text(_json);
}
