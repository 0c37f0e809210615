using System.Collections;
using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>All of a figure but its traces: title, axes, legend, size.</summary>
public sealed class Layout : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Layout()
    {
    }

    internal Layout(JsonObject json)
        : base(json)
    {
    }

    /// <summary>What stands over the figure.</summary>
    public Title? title { get => Title.Of(Json[nameof(title)]); set => Set(value); }

    /// <summary>The width in pixels.</summary>
    public double? width { get => Number(); set => Set(value); }

    /// <summary>The height in pixels.</summary>
    public double? height { get => Number(); set => Set(value); }

    /// <summary>Whether there is a legend; by default where there are several traces.</summary>
    public bool? showlegend { get => Flag(); set => Set(value); }

    /// <summary>The letters, where nothing else is said.</summary>
    public Font? font { get => Part(json => new Font(json)); set => Set(value); }

    /// <summary>The first x axis; further ones by name: <c>layout["xaxis2"]</c>.</summary>
    public LinearAxis? xaxis { get => Part(json => new LinearAxis(json)); set => Set(value); }

    /// <summary>The first y axis; further ones by name: <c>layout["yaxis2"]</c>.</summary>
    public LinearAxis? yaxis { get => Part(json => new LinearAxis(json)); set => Set(value); }

    /// <summary>How bars at one place stand: <c>group</c>, <c>stack</c>, <c>relative</c>, <c>overlay</c>.</summary>
    public string? barmode { get => Text(); set => Set(value); }

    /// <summary>The gap between bars of neighbouring places, as a share of the place.</summary>
    public double? bargap { get => Number(); set => Set(value); }

    /// <summary>The colours of the traces, in turn.</summary>
    public IEnumerable? colorway { get => List(); set => Set(value); }

    /// <summary>The rows and columns of subplots.</summary>
    public LayoutGrid? grid { get => Part(json => new LayoutGrid(json)); set => Set(value); }

    /// <summary>The space around the plot, in pixels.</summary>
    public Margin? margin { get => Part(json => new Margin(json)); set => Set(value); }

    /// <summary>Texts at places of the figure.</summary>
    public IReadOnlyList<Annotation> annotations
    {
        get => Json[nameof(annotations)] is JsonArray array ? [.. array.OfType<JsonObject>().Select(json => new Annotation(json))] : [];
        set => Set(value);
    }
}

/// <summary>An axis.</summary>
public sealed class LinearAxis : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public LinearAxis()
    {
    }

    internal LinearAxis(JsonObject json)
        : base(json)
    {
    }

    /// <summary>What stands along the axis.</summary>
    public Title? title { get => Title.Of(Json[nameof(title)]); set => Set(value); }

    /// <summary><c>linear</c>, <c>log</c>, <c>date</c>, <c>category</c>; found from the data unless told.</summary>
    public string? type { get => Text(); set => Set(value); }

    /// <summary>The first and the last value; of a log axis, their logarithms to the base 10.</summary>
    public IEnumerable? range { get => List(); set => Set(value); }

    /// <summary><c>true</c>, <c>false</c> or <c>reversed</c>, as text.</summary>
    public string? autorange
    {
        get => Text();
        set => Set(value switch { "true" => true, "false" => false, _ => value });
    }

    /// <summary>The values that are marked.</summary>
    public IEnumerable? tickvals { get => List(); set => Set(value); }

    /// <summary>What stands at the marks.</summary>
    public IEnumerable? ticktext { get => List(); set => Set(value); }

    /// <summary>How far marks are apart.</summary>
    public double? dtick { get => Number(); set => Set(value); }

    /// <summary>Whether lines go through the plot at the marks.</summary>
    public bool? showgrid { get => Flag(); set => Set(value); }

    /// <summary>Whether there is a line at 0.</summary>
    public bool? zeroline { get => Flag(); set => Set(value); }

    /// <summary>Whether the marks have numbers.</summary>
    public bool? showticklabels { get => Flag(); set => Set(value); }

    /// <summary>Whether the axis shows at all.</summary>
    public bool? visible { get => Flag(); set => Set(value); }

    /// <summary>The part of the figure the axis takes, two numbers from 0 to 1.</summary>
    public IEnumerable? domain { get => List(); set => Set(value); }

    /// <summary>The axis that this one is placed at.</summary>
    public string? anchor { get => Text(); set => Set(value); }
}
