using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>A title of a figure, an axis, or a bar of colours.</summary>
public sealed class Title : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Title()
    {
    }

    internal Title(JsonObject json)
        : base(json)
    {
    }

    /// <summary>The words.</summary>
    public string? text { get => Text(); set => Set(value); }

    /// <summary>The letters.</summary>
    public Font? font { get => Part(json => new Font(json)); set => Set(value); }

    /// <summary>The distance from what it names, in pixels.</summary>
    public double? standoff { get => Number(); set => Set(value); }

    /// <summary>A title of these words: <c>xaxis = new LinearAxis { title = "epoch" }</c>.</summary>
    public static implicit operator Title(string text) => FromString(text);

    /// <summary>A title of these words.</summary>
    public static Title FromString(string text) => new() { text = text };

    /// <summary>Older figures write a title as a string.</summary>
    internal static Title? Of(JsonNode? node) => node switch
    {
        JsonObject json => new Title(json),
        JsonValue value => FromString(PlotlyJson.Word(value)),
        _ => null,
    };
}

/// <summary>Letters.</summary>
public sealed class Font : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Font()
    {
    }

    internal Font(JsonObject json)
        : base(json)
    {
    }

    /// <summary>The name, or several in order of preference.</summary>
    public string? family { get => Text(); set => Set(value); }

    /// <summary>The height in pixels.</summary>
    public double? size { get => Number(); set => Set(value); }

    /// <summary>The colour.</summary>
    public string? color { get => Text(); set => Set(value); }
}

/// <summary>The space around the plot, in pixels.</summary>
public sealed class Margin : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Margin()
    {
    }

    internal Margin(JsonObject json)
        : base(json)
    {
    }

    /// <summary>Left.</summary>
    public double? l { get => Number(); set => Set(value); }

    /// <summary>Right.</summary>
    public double? r { get => Number(); set => Set(value); }

    /// <summary>Top.</summary>
    public double? t { get => Number(); set => Set(value); }

    /// <summary>Bottom.</summary>
    public double? b { get => Number(); set => Set(value); }
}

/// <summary>The rows and columns of subplots.</summary>
public sealed class LayoutGrid : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public LayoutGrid()
    {
    }

    internal LayoutGrid(JsonObject json)
        : base(json)
    {
    }

    /// <summary>How many rows there are.</summary>
    public int? rows { get => Whole(); set => Set(value); }

    /// <summary>How many columns there are.</summary>
    public int? columns { get => Whole(); set => Set(value); }

    /// <summary><c>independent</c>, each with axes of its own, or <c>coupled</c>, with an x axis a column and a y axis a row.</summary>
    public string? pattern { get => Text(); set => Set(value); }

    /// <summary><c>top to bottom</c> or <c>bottom to top</c>.</summary>
    public string? roworder { get => Text(); set => Set(value); }

    /// <summary>The gap between columns, as a share of a column.</summary>
    public double? xgap { get => Number(); set => Set(value); }

    /// <summary>The gap between rows, as a share of a row.</summary>
    public double? ygap { get => Number(); set => Set(value); }
}

/// <summary>A text at a place of the figure.</summary>
public sealed class Annotation : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Annotation()
    {
    }

    internal Annotation(JsonObject json)
        : base(json)
    {
    }

    /// <summary>The words.</summary>
    public string? text { get => Text(); set => Set(value); }

    /// <summary>Where, in the units of <see cref="xref"/>.</summary>
    public double? x { get => Number(); set => Set(value); }

    /// <summary>How high, in the units of <see cref="yref"/>.</summary>
    public double? y { get => Number(); set => Set(value); }

    /// <summary>An x axis, <c>x domain</c>, or <c>paper</c> for shares of the figure.</summary>
    public string? xref { get => Text(); set => Set(value); }

    /// <summary>A y axis, <c>y domain</c>, or <c>paper</c> for shares of the figure.</summary>
    public string? yref { get => Text(); set => Set(value); }

    /// <summary>Whether an arrow points to the place.</summary>
    public bool? showarrow { get => Flag(); set => Set(value); }

    /// <summary>The letters.</summary>
    public Font? font { get => Part(json => new Font(json)); set => Set(value); }
}

/// <summary>A small copy of the plot under it, to choose a range with. It needs plotly.js.</summary>
public sealed class RangeSlider : PlotlyObject
{
    /// <summary>Whether it shows.</summary>
    public bool? visible { get => Flag(); set => Set(value); }
}

/// <summary>Buttons to choose a range with. They need plotly.js.</summary>
public sealed class RangeSelector : PlotlyObject
{
    /// <summary>Whether they show.</summary>
    public bool? visible { get => Flag(); set => Set(value); }
}
