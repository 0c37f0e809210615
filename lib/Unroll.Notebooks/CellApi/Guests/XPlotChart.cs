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

        // The library gives the chart's place on the page a size, and plotly.js fills it.
        foreach (var side in (string[])["Width", "Height"])
        {
            if (type.GetProperty(side)?.GetValue(value) is int size)
                layout.TryAdd(side.ToLowerInvariant(), JsonValue.Create(size));
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
