using System.Globalization;
using System.Text.Json.Nodes;
using Unroll.Figures;
using Unroll.Figures.Svg;

namespace Unroll.Pictures.Looks;

/// <summary>Makes the parts of the few figures that this library draws, as Plotly's JSON.</summary>
internal static class FigureParts
{
    /// <summary>A line through numbers; short ones have their points marked.</summary>
    public static JsonObject Line(IReadOnlyList<int> x, IReadOnlyList<float> y, string name, bool isDashed) => new()
    {
        ["type"] = "scatter",
        ["x"] = Array(x),
        ["y"] = Array(y),
        ["mode"] = x.Count < 20 ? "lines+markers" : "lines",
        ["name"] = name,
        ["line"] = new JsonObject { ["dash"] = isDashed ? "dash" : "solid" },
    };

    /// <summary>A heat map, blue below zero and orange above; the colours go from -reach to reach.</summary>
    public static JsonObject Heatmap(float[][] rows, double reach, bool showScale, bool countsFromOne)
    {
        var heatmap = new JsonObject { ["type"] = "heatmap", ["z"] = new JsonArray([.. rows.Select(row => Array(row))]) };
        if (countsFromOne)
        {
            heatmap["x"] = Array([.. Enumerable.Range(1, rows[0].Length)]);
            heatmap["y"] = Array([.. Enumerable.Range(1, rows.Length)]);
        }

        heatmap["zmin"] = -reach;
        heatmap["zmax"] = reach;
        heatmap["showscale"] = showScale;
        heatmap["colorscale"] = new JsonArray([.. Palette.Diverging.Select(stop => new JsonArray(stop.At, stop.Color))]);
        return heatmap;
    }

    /// <summary>An axis; one of few places has a mark at each.</summary>
    public static JsonObject Axis(string? title = null, bool isShort = false, bool isReversed = false)
    {
        var axis = new JsonObject();
        if (title is not null)
            axis["title"] = new JsonObject { ["text"] = title };
        if (isShort)
            axis["dtick"] = 1;
        if (isReversed)
            axis["autorange"] = "reversed";
        return axis;
    }

    /// <summary>Panels in rows of so many columns, each with axes and a title of its own.</summary>
    public static Figure Panels(string title, IReadOnlyList<Panel> panels, int columns, int width)
    {
        const double GapX = 0.2, GapY = 0.3;
        var rows = (panels.Count + columns - 1) / columns;
        var layout = new JsonObject();
        for (var i = 0; i < panels.Count; i++)
        {
            var (number, panel) = (Number(i + 1), panels[i]);
            (panel.Series["xaxis"], panel.Series["yaxis"]) = ("x" + number, "y" + number);
            (layout["xaxis" + number], layout["yaxis" + number]) = (panel.X, panel.Y);
        }

        layout["grid"] = new JsonObject { ["rows"] = rows, ["columns"] = columns, ["pattern"] = "independent", ["xgap"] = GapX, ["ygap"] = GapY };
        layout["annotations"] = new JsonArray([.. panels.Select((panel, i) => TitleAt(
            panel.Title, (i % columns + (1 - GapX) / 2) / (columns - GapX), (rows - 1 - i / columns + 1 - GapY) / (rows - GapY)))]);
        return Of(panels.Select(panel => panel.Series), layout, title, width, 70 + rows * 150);
    }

    /// <summary>The figure of series and a layout, which gets a title and a size.</summary>
    public static Figure Of(IEnumerable<JsonObject> series, JsonObject layout, string title, int width, int height)
    {
        layout["title"] = new JsonObject { ["text"] = title };
        layout["width"] = width;
        layout["height"] = height;
        // Where plotly.js draws by itself, as in JupyterLab, its own margins leave a figure this low 40 pixels.
        layout["margin"] = new JsonObject { ["t"] = 60, ["b"] = 46 };
        return new Figure(new JsonObject { ["data"] = new JsonArray([.. series]), ["layout"] = layout });
    }

    /// <summary>A title over the middle of a subplot, where plotly.js puts the subplot.</summary>
    private static JsonObject TitleAt(string title, double x, double y) => new()
    {
        ["text"] = title,
        ["x"] = Math.Round(x, 6),
        ["xref"] = "paper",
        ["xanchor"] = "center",
        ["y"] = Math.Round(y, 6),
        ["yref"] = "paper",
        ["yanchor"] = "bottom",
        ["showarrow"] = false,
    };

    private static JsonArray Array(IReadOnlyList<int> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);

    /// <summary>What is not a number has no JSON: Plotly leaves null out of the picture.</summary>
    private static JsonArray Array(IReadOnlyList<float> numbers) =>
        new([.. numbers.Select(number => float.IsFinite(number) ? (JsonNode)number : null)]);

    /// <summary>The first axis has no number.</summary>
    private static string Number(int axis) => axis == 1 ? "" : axis.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A subplot: one series between two axes.</summary>
internal sealed record Panel(string Title, JsonObject Series, JsonObject X, JsonObject Y);
