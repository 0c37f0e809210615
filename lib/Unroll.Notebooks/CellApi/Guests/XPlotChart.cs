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
        if (write?.Invoke(value, BindingFlags.DoNotWrapExceptions, binder: null, [], CultureInfo.InvariantCulture) is not string html
            || Read(html, "var data") is not JsonArray data)
        {
            return null;
        }

        var layout = Read(html, "var layout") as JsonObject ?? [];

        // The size of the chart's place on the page, which plotly.js fills, where somebody has set it.
        if (type.GetProperty("Width")?.GetValue(value) is int width && type.GetProperty("Height")?.GetValue(value) is int height
            && (width, height) is not (DefaultWidth, DefaultHeight))
        {
            layout.TryAdd("width", JsonValue.Create(width));
            layout.TryAdd("height", JsonValue.Create(height));
        }

        return ChartViews.Of(new JsonObject { ["data"] = data, ["layout"] = layout }.ToJsonString());
    }

    /// <summary>The JSON after <c>name =</c>; null where there is none.</summary>
    private static JsonNode? Read(string html, string name)
    {
        var at = html.IndexOf(name, StringComparison.Ordinal);
        var start = at < 0 ? -1 : html.IndexOf('=', at);
        if (start < 0)
            return null;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(html[(start + 1)..]));
            return JsonNode.Parse(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
