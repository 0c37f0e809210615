using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <content>Title, size, legend, traces, colours.</content>
public static partial class GenericChartExtensions
{
    /// <summary>Sets what stands over the figure.</summary>
    public static GenericChart WithTitle(this GenericChart gChart, string title, Optional<Font> TitleFont = default)
    {
        var part = new Title { text = title ?? throw new ArgumentNullException(nameof(title)) };
        if (TitleFont.IsSome) part.font = TitleFont.Value;
        return gChart.WithLayout(new Layout { title = part });
    }

    /// <summary>Puts a layout's attributes to those that are there; where both say something, <paramref name="layout"/> wins.</summary>
    public static GenericChart WithLayout(this GenericChart gChart, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        ArgumentNullException.ThrowIfNull(layout);
        var merged = gChart.GetLayout();
        PlotlyJson.Merge(merged.Json, layout.Json);
        return gChart.With(layout: merged);
    }

    /// <summary>Sets width and height in pixels.</summary>
    public static GenericChart WithSize(this GenericChart gChart, Optional<int> Width = default, Optional<int> Height = default)
    {
        var layout = new Layout();
        if (Width.IsSome) layout.width = Width.Value;
        if (Height.IsSome) layout.height = Height.Value;
        return gChart.WithLayout(layout);
    }

    /// <summary>Says whether there is a legend.</summary>
    public static GenericChart WithLegend(this GenericChart gChart, bool showlegend) =>
        gChart.WithLayout(new Layout { showlegend = showlegend });

    /// <summary>Sets the space around the plot, in pixels.</summary>
    public static GenericChart WithMargin(this GenericChart gChart, Margin margin) =>
        gChart.WithLayout(new Layout { margin = margin });

    /// <summary>Sets how all traces are named and whether they show.</summary>
    public static GenericChart WithTraceInfo(
        this GenericChart gChart,
        Optional<string> Name = default,
        Optional<StyleParam.Visible> Visible = default,
        Optional<bool> ShowLegend = default,
        Optional<int> LegendRank = default,
        Optional<string> LegendGroup = default,
        Optional<Title> LegendGroupTitle = default) =>
        gChart.WithTraces(trace =>
        {
            Put(trace.Json, "name", Name.OrNull);
            Put(trace.Json, "visible", Visible.OrNull);
            Put(trace.Json, "showlegend", ShowLegend.OrNull);
            Put(trace.Json, "legendrank", LegendRank.OrNull);
            Put(trace.Json, "legendgroup", LegendGroup.OrNull);
            Put(trace.Json, "legendgrouptitle", LegendGroupTitle.OrNull);
        });

    /// <summary>Sets the colours of heat maps, and of markers whose colours are numbers.</summary>
    /// <exception cref="InvalidOperationException">No trace of the figure has a scale of colours.</exception>
    public static GenericChart WithColorscale(this GenericChart gChart, Colorscale colorscale)
    {
        ArgumentNullException.ThrowIfNull(colorscale);
        var found = false;
        var changed = gChart.WithTraces(trace =>
        {
            if (trace is Heatmap) Put(trace.Json, "colorscale", colorscale);
            else if (trace["marker"] is JsonObject { } marker && marker["color"] is JsonArray) Put(marker, "colorscale", colorscale);
            else return;
            found = true;
        });
        return found ? changed : throw new InvalidOperationException("No trace has a scale of colours: only heat maps do, and markers whose colours are numbers.");
    }

    /// <summary>Sets how points and bars look.</summary>
    public static GenericChart WithMarker(this GenericChart gChart, Marker marker) => gChart.WithPart("marker", marker);

    /// <summary>Sets how lines look.</summary>
    public static GenericChart WithLine(this GenericChart gChart, Line line) => gChart.WithPart("line", line);

    /// <summary>Sets the bar that shows which number has which colour.</summary>
    public static GenericChart WithColorBar(this GenericChart gChart, ColorBar colorbar) => gChart.WithPart("colorbar", colorbar);

    /// <summary>Adds a text to the figure.</summary>
    public static GenericChart WithAnnotation(this GenericChart gChart, Annotation annotation)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        ArgumentNullException.ThrowIfNull(annotation);
        return gChart.WithLayout(new Layout { annotations = [.. gChart.GetLayout().annotations, annotation] });
    }

    /// <summary>Writes the picture to a file, whole or not at all.</summary>
    /// <param name="gChart">The figure.</param>
    /// <param name="path">The file; <c>.svg</c> is put behind a name that has no ending.</param>
    public static void SaveSvg(this GenericChart gChart, string path) => FigureFile.Write(path, ".svg", Checked(gChart).ToSvg());

    /// <summary>Writes a page that shows the figure, whole or not at all. It needs no network.</summary>
    /// <param name="gChart">The figure.</param>
    /// <param name="path">The file; <c>.html</c> is put behind a name that has no ending.</param>
    public static void SaveHtml(this GenericChart gChart, string path) => FigureFile.Write(path, ".html", FigureHtml.Page(Checked(gChart)));

    /// <summary>Writes Plotly's JSON to a file, whole or not at all.</summary>
    /// <param name="gChart">The figure.</param>
    /// <param name="path">The file; <c>.json</c> is put behind a name that has no ending.</param>
    public static void SaveJson(this GenericChart gChart, string path) => FigureFile.Write(path, ".json", Checked(gChart).ToJson() + "\n");

    private static GenericChart Checked(GenericChart chart) => chart ?? throw new ArgumentNullException(nameof(chart));

    private static GenericChart WithTraces(this GenericChart chart, Action<Trace> change)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var traces = chart.GetTraces();
        foreach (var trace in traces) change(trace);
        return chart.With(traces);
    }

    private static GenericChart WithPart(this GenericChart chart, string attribute, PlotlyObject part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return chart.WithTraces(trace => PlotlyJson.Merge(trace.Json, new JsonObject { [attribute] = part.Json.DeepClone() }));
    }

    private static void Put(JsonObject part, string attribute, object? value)
    {
        if (value is not null) part[attribute] = PlotlyJson.Node(value);
    }
}
