using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <content>Figures side by side.</content>
public static partial class Chart
{
    /// <summary>
    /// Figures as subplots in rows and columns, each with axes of its own, or, where Pattern is Coupled, with an x axis for
    /// each column and a y axis for each row. The arguments are those of Plotly.NET.CSharp.
    /// </summary>
    /// <exception cref="ArgumentException">There are more figures than places.</exception>
    public static GenericChart Grid(
        IEnumerable<GenericChart> gCharts,
        int nRows,
        int nCols,
        Optional<IEnumerable<string>> SubPlotTitles = default,
        Optional<Font> SubPlotTitleFont = default,
        Optional<double> SubPlotTitleOffset = default,
        Optional<StyleParam.LayoutGridRowOrder> RowOrder = default,
        Optional<StyleParam.LayoutGridPattern> Pattern = default,
        Optional<double> XGap = default,
        Optional<double> YGap = default,
        Optional<StyleParam.LayoutGridXSide> XSide = default,
        Optional<StyleParam.LayoutGridYSide> YSide = default)
    {
        ArgumentNullException.ThrowIfNull(gCharts);
        ArgumentOutOfRangeException.ThrowIfLessThan(nRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(nCols, 1);
        GenericChart[] charts = [.. gCharts];
        if (charts.Length > nRows * nCols)
            throw new ArgumentException($"Grid has {nRows} x {nCols} places but got {charts.Length} figures.", nameof(gCharts));
        var isCoupled = Pattern.Or(StyleParam.LayoutGridPattern.Independent) == StyleParam.LayoutGridPattern.Coupled;
        var layout = new JsonObject();
        var traces = new List<Trace>();
        for (var i = 0; i < charts.Length; i++)
        {
            var x = new AxisId('x', isCoupled ? i % nCols + 1 : i + 1);
            var y = new AxisId('y', isCoupled ? i / nCols + 1 : i + 1);
            foreach (var trace in charts[i].GetTraces())
            {
                trace.xaxis = x.ToString();
                trace.yaxis = y.ToString();
                traces.Add(trace);
            }

            PlotlyJson.Merge(layout, WithAxes(charts[i].GetLayout().Json, x, y));
        }

        var grid = new LayoutGrid { rows = nRows, columns = nCols, pattern = isCoupled ? "coupled" : "independent" };
        Put(grid, "roworder", RowOrder.OrNull);
        Put(grid, "xgap", XGap.IsSome ? XGap.Value : isCoupled ? 0.1 : 0.2);
        Put(grid, "ygap", YGap.IsSome ? YGap.Value : isCoupled ? 0.1 : 0.3);
        Put(grid, "xside", XSide.OrNull);
        Put(grid, "yside", YSide.OrNull);
        layout["grid"] = grid.Json;
        if (SubPlotTitles.IsSome)
        {
            var fromBelow = RowOrder.Or(StyleParam.LayoutGridRowOrder.TopToBottom) == StyleParam.LayoutGridRowOrder.BottomToTop;
            layout["annotations"] = new JsonArray([.. SubPlotTitles.Value.Take(nRows * nCols).Select((title, i) => (JsonNode)PlaceTitle(
                title, i % nCols, fromBelow ? nRows - 1 - i / nCols : i / nCols, nRows, nCols, grid, SubPlotTitleOffset.Or(0), SubPlotTitleFont.OrNull))]);
        }

        return new GenericChart(traces, new Layout(layout));
    }

    /// <summary>Figures under each other that share an x axis. The arguments are those of Plotly.NET.CSharp.</summary>
    public static GenericChart SingleStack(
        IEnumerable<GenericChart> gCharts,
        Optional<IEnumerable<string>> SubPlotTitles = default,
        Optional<Font> SubPlotTitleFont = default,
        Optional<double> SubPlotTitleOffset = default,
        Optional<StyleParam.LayoutGridRowOrder> RowOrder = default,
        Optional<StyleParam.LayoutGridPattern> Pattern = default,
        Optional<double> XGap = default,
        Optional<double> YGap = default,
        Optional<StyleParam.LayoutGridXSide> XSide = default,
        Optional<StyleParam.LayoutGridYSide> YSide = default)
    {
        ArgumentNullException.ThrowIfNull(gCharts);
        GenericChart[] charts = [.. gCharts];
        return Grid(
            charts, Math.Max(1, charts.Length), 1, SubPlotTitles, SubPlotTitleFont, SubPlotTitleOffset, RowOrder,
            Pattern.Or(StyleParam.LayoutGridPattern.Coupled), XGap, YGap, XSide, YSide);
    }

    /// <summary>A layout whose only axes are its first ones, under other names.</summary>
    private static JsonObject WithAxes(JsonObject layout, AxisId x, AxisId y)
    {
        var (xAxis, yAxis) = (layout["xaxis"]?.DeepClone() ?? new JsonObject(), layout["yaxis"]?.DeepClone() ?? new JsonObject());
        foreach (var name in layout.Select(pair => pair.Key).Where(IsAxis).ToArray()) layout.Remove(name);
        layout[x.Attribute] = xAxis;
        layout[y.Attribute] = yAxis;
        return layout;
    }

    private static bool IsAxis(string name) =>
        (name.StartsWith("xaxis", StringComparison.Ordinal) || name.StartsWith("yaxis", StringComparison.Ordinal))
        && name[5..].All(char.IsAsciiDigit);

    /// <summary>A title over the middle of a subplot, where plotly.js puts the subplot.</summary>
    private static JsonObject PlaceTitle(
        string title, int column, int row, int rows, int columns, LayoutGrid grid, double offset, object? font)
    {
        var (left, right) = Cell(column, columns, grid.xgap!.Value);
        var (_, top) = Cell(rows - 1 - row, rows, grid.ygap!.Value);
        var annotation = new JsonObject
        {
            ["text"] = title,
            ["x"] = Math.Round((left + right) / 2, 6),
            ["xref"] = "paper",
            ["xanchor"] = "center",
            ["y"] = Math.Round(top + offset, 6),
            ["yref"] = "paper",
            ["yanchor"] = "bottom",
            ["showarrow"] = false,
        };
        Put(annotation, "font", font);
        return annotation;
    }

    /// <summary>The part of the whole that one of several cells takes, between gaps that are shares of a cell and its gap.</summary>
    private static (double From, double To) Cell(int place, int count, double gap)
    {
        var step = 1 / (count - gap);
        return (place * step, place * step + step * (1 - gap));
    }
}
