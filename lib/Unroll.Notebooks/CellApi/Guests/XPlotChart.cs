using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>
/// Charts of XPlot.Plotly. The library has no method that returns the figure; the HTML that it writes for a page holds
/// <c>var data = […]; var layout = {…};</c>, beside a name that is another one every time.
/// </summary>
internal sealed class XPlotChart() : Guest("XPlot.Plotly.PlotlyChart", ChartViews.Plotly, MimeBundle.Html, MimeBundle.Plain)
{
    private const int DefaultWidth = 900;
    private const int DefaultHeight = 500;

    /// <inheritdoc/>
    public override Func<string, string?>? Look(object value)
    {
        var type = value.GetType();
        var write = type.GetMethod("GetInlineHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
        if (write?.Invoke(value, BindingFlags.DoNotWrapExceptions, binder: null, [], CultureInfo.InvariantCulture) is not string html)
            return null;
        var rest = Encoding.UTF8.GetBytes(html).AsSpan();
        if (Read(ref rest, "var data"u8) is not JsonArray data)
            return null;
        var layout = Read(ref rest, "var layout"u8) as JsonObject ?? [];

        // The size of the chart's place on the page, which plotly.js fills, where somebody has set it.
        if (type.GetProperty("Width")?.GetValue(value) is int width && type.GetProperty("Height")?.GetValue(value) is int height
            && (width, height) is not (DefaultWidth, DefaultHeight))
        {
            layout.TryAdd("width", JsonValue.Create(width));
            layout.TryAdd("height", JsonValue.Create(height));
        }

        return ChartViews.Of(new JsonObject { ["data"] = data, ["layout"] = layout }.ToJsonString());
    }

    /// <summary>The JSON after <c>name =</c>, and the text after that; null where there is none.</summary>
    private static JsonNode? Read(ref Span<byte> html, ReadOnlySpan<byte> name)
    {
        var at = html.IndexOf(name);
        var start = at < 0 ? -1 : html[at..].IndexOf((byte)'=');
        if (start < 0)
            return null;
        html = html[(at + start + 1)..];
        try
        {
            var reader = new Utf8JsonReader(html);
            var json = JsonNode.Parse(ref reader);
            html = html[checked((int)reader.BytesConsumed)..];
            return json;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
