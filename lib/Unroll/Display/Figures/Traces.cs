using System.Collections;
using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>Points, lines between them, or areas under the lines: Plotly's <c>scatter</c>.</summary>
/// <example><code>Chart.Plot(new Scatter { x = xs, y = ys, mode = "lines+markers", name = "loss" })</code></example>
public sealed class Scatter : Trace
{
    /// <summary>Makes an empty trace.</summary>
    public Scatter()
        : base("scatter")
    {
    }

    internal Scatter(JsonObject json)
        : base(json)
    {
    }

    /// <summary>Where the points are; 0, 1, 2, … where it is not given. Numbers, strings or dates.</summary>
    public IEnumerable? x { get => List(); set => Set(value); }

    /// <summary>How high the points are.</summary>
    public IEnumerable? y { get => List(); set => Set(value); }

    /// <summary><c>lines</c>, <c>markers</c>, <c>text</c>, joined with <c>+</c>, or <c>none</c>.</summary>
    public string? mode { get => Text(); set => Set(value); }

    /// <summary>A text at each point.</summary>
    public IEnumerable? text { get => List(); set => Set(value); }

    /// <summary>Where the text stands: <c>top center</c>, <c>middle right</c>, ….</summary>
    public string? textposition { get => Text(); set => Set(value); }

    /// <summary>How the points look.</summary>
    public Marker? marker { get => Part(json => new Marker(json)); set => Set(value); }

    /// <summary>How the line looks.</summary>
    public Line? line { get => Part(json => new Line(json)); set => Set(value); }

    /// <summary>What is filled: <c>tozeroy</c>, <c>tonexty</c>, <c>tozerox</c>, <c>tonextx</c>, <c>toself</c>, <c>tonext</c>, <c>none</c>.</summary>
    public string? fill { get => Text(); set => Set(value); }

    /// <summary>The colour of the filling.</summary>
    public string? fillcolor { get => Text(); set => Set(value); }

    /// <summary>Traces of one group stand on top of each other.</summary>
    public string? stackgroup { get => Text(); set => Set(value); }
}

/// <summary>Bars, upright or lying: Plotly's <c>bar</c>.</summary>
public sealed class Bar : Trace
{
    /// <summary>Makes an empty trace.</summary>
    public Bar()
        : base("bar")
    {
    }

    internal Bar(JsonObject json)
        : base(json)
    {
    }

    /// <summary>Where upright bars stand, or how long lying ones are.</summary>
    public IEnumerable? x { get => List(); set => Set(value); }

    /// <summary>How high upright bars are, or where lying ones are.</summary>
    public IEnumerable? y { get => List(); set => Set(value); }

    /// <summary><c>v</c>, upright, or <c>h</c>, lying.</summary>
    public string? orientation { get => Text(); set => Set(value); }

    /// <summary>A text at each bar.</summary>
    public IEnumerable? text { get => List(); set => Set(value); }

    /// <summary>How the bars look.</summary>
    public Marker? marker { get => Part(json => new Marker(json)); set => Set(value); }
}

/// <summary>How often numbers fall into bins: Plotly's <c>histogram</c>.</summary>
public sealed class Histogram : Trace
{
    /// <summary>Makes an empty trace.</summary>
    public Histogram()
        : base("histogram")
    {
    }

    internal Histogram(JsonObject json)
        : base(json)
    {
    }

    /// <summary>The numbers to be counted, for upright bars.</summary>
    public IEnumerable? x { get => List(); set => Set(value); }

    /// <summary>The numbers to be counted, for lying bars; with both given, what <c>histfunc</c> takes together.</summary>
    public IEnumerable? y { get => List(); set => Set(value); }

    /// <summary><c>v</c>, upright, or <c>h</c>, lying.</summary>
    public string? orientation { get => Text(); set => Set(value); }

    /// <summary>The largest number of bins that x may have.</summary>
    public int? nbinsx { get => Whole(); set => Set(value); }

    /// <summary>The largest number of bins that y may have.</summary>
    public int? nbinsy { get => Whole(); set => Set(value); }

    /// <summary>Where the bins of x begin and end, and how wide they are.</summary>
    public Bins? xbins { get => Part(json => new Bins(json)); set => Set(value); }

    /// <summary>Where the bins of y begin and end, and how wide they are.</summary>
    public Bins? ybins { get => Part(json => new Bins(json)); set => Set(value); }

    /// <summary>What a bin shows: its count, or <c>percent</c>, <c>probability</c>, <c>density</c>, <c>probability density</c>.</summary>
    public string? histnorm { get => Text(); set => Set(value); }

    /// <summary>How a bin's values are taken together: <c>count</c>, <c>sum</c>, <c>avg</c>, <c>min</c>, <c>max</c>.</summary>
    public string? histfunc { get => Text(); set => Set(value); }

    /// <summary>How the bars look.</summary>
    public Marker? marker { get => Part(json => new Marker(json)); set => Set(value); }
}

/// <summary>Numbers in rows and columns as colours: Plotly's <c>heatmap</c>. The first row is the lowest one.</summary>
public sealed class Heatmap : Trace
{
    /// <summary>Makes an empty trace.</summary>
    public Heatmap()
        : base("heatmap")
    {
    }

    internal Heatmap(JsonObject json)
        : base(json)
    {
    }

    /// <summary>The rows, each a sequence of numbers; or a tensor's.</summary>
    public IEnumerable? z { get => List(); set => Set(value); }

    /// <summary>What stands under the columns.</summary>
    public IEnumerable? x { get => List(); set => Set(value); }

    /// <summary>What stands beside the rows.</summary>
    public IEnumerable? y { get => List(); set => Set(value); }

    /// <summary>A text for each cell, in rows.</summary>
    public IEnumerable? text { get => List(); set => Set(value); }

    /// <summary>The name of a scale of colours, such as <c>Viridis</c>.</summary>
    public string? colorscale { get => Text(); set => Set(value); }

    /// <summary>The number that has the first colour.</summary>
    public double? zmin { get => Number(); set => Set(value); }

    /// <summary>The number in the middle of the colours.</summary>
    public double? zmid { get => Number(); set => Set(value); }

    /// <summary>The number that has the last colour.</summary>
    public double? zmax { get => Number(); set => Set(value); }

    /// <summary>Whether the colours are turned round.</summary>
    public bool? reversescale { get => Flag(); set => Set(value); }

    /// <summary>Whether a bar shows which number has which colour.</summary>
    public bool? showscale { get => Flag(); set => Set(value); }

    /// <summary>Whether rows and columns change places.</summary>
    public bool? transpose { get => Flag(); set => Set(value); }

    /// <summary>The gap between columns, in pixels.</summary>
    public double? xgap { get => Number(); set => Set(value); }

    /// <summary>The gap between rows, in pixels.</summary>
    public double? ygap { get => Number(); set => Set(value); }

    /// <summary>The bar that shows which number has which colour.</summary>
    public ColorBar? colorbar { get => Part(json => new ColorBar(json)); set => Set(value); }
}
