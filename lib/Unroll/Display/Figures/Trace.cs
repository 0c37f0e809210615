using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>One series of a figure. Its kind is Plotly's <c>type</c>.</summary>
public abstract class Trace : PlotlyObject
{
    private protected Trace(string type) => Json[nameof(type)] = type;

    private protected Trace(JsonObject json)
        : base(json)
    {
    }

    /// <summary>What kind of trace this is: <c>scatter</c>, <c>bar</c>, <c>histogram</c>, <c>heatmap</c>, ….</summary>
    public string type => Text() ?? "scatter";

    /// <summary>The name in the legend.</summary>
    public string? name { get => Text(); set => Set(value); }

    /// <summary>Whether the trace shows: <c>true</c>, <c>false</c> or <c>legendonly</c>, as text.</summary>
    public string? visible
    {
        get => Text();
        set => Set(value switch { "true" => true, "false" => false, _ => value });
    }

    /// <summary>Whether the legend names the trace.</summary>
    public bool? showlegend { get => Flag(); set => Set(value); }

    /// <summary>Traces of one group are switched on and off together.</summary>
    public string? legendgroup { get => Text(); set => Set(value); }

    /// <summary>The place in the legend: lower ones first, 1000 unless told.</summary>
    public int? legendrank { get => Whole(); set => Set(value); }

    /// <summary>From 0, not seen, to 1.</summary>
    public double? opacity { get => Number(); set => Set(value); }

    /// <summary>The x axis: <c>x</c>, <c>x2</c>, ….</summary>
    public string? xaxis { get => Text(); set => Set(value); }

    /// <summary>The y axis: <c>y</c>, <c>y2</c>, ….</summary>
    public string? yaxis { get => Text(); set => Set(value); }

    /// <summary>The trace that JSON describes, as the type that its <c>type</c> names.</summary>
    internal static Trace Of(JsonObject json) => (json[nameof(type)] is { } kind ? PlotlyJson.Word(kind) : "scatter") switch
    {
        "scatter" or "scattergl" => new Scatter(json),
        "bar" => new Bar(json),
        "histogram" => new Histogram(json),
        "heatmap" => new Heatmap(json),
        _ => new OtherTrace(json),
    };
}

/// <summary>A trace of a kind that has no type here. Plotly draws it; the picture without a script says that it is missing.</summary>
public sealed class OtherTrace : Trace
{
    internal OtherTrace(JsonObject json)
        : base(json)
    {
    }

    /// <summary>Makes a trace of any of Plotly's kinds: <c>new OtherTrace("box") { ["y"] = new JsonArray(1, 2) }</c>.</summary>
    public OtherTrace(string type)
        : base(type ?? throw new ArgumentNullException(nameof(type)))
    {
    }
}
