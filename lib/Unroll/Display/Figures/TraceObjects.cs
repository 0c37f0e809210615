using System.Collections;
using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>How points or bars look.</summary>
public sealed class Marker : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Marker()
    {
    }

    internal Marker(JsonObject json)
        : base(json)
    {
    }

    /// <summary>The colour, where it is one for all.</summary>
    public string? color { get => Text(); set => Set(value); }

    /// <summary>The diameter in pixels, where it is one for all.</summary>
    public double? size { get => Number(); set => Set(value); }

    /// <summary><c>circle</c>, <c>square</c>, <c>diamond</c>, <c>cross</c>, <c>x</c>, <c>triangle-up</c>, ….</summary>
    public string? symbol { get => Text(); set => Set(value); }

    /// <summary>From 0, not seen, to 1.</summary>
    public double? opacity { get => Number(); set => Set(value); }

    /// <summary>The outline.</summary>
    public Line? line { get => Part(json => new Line(json)); set => Set(value); }
}

/// <summary>How a line looks.</summary>
public sealed class Line : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Line()
    {
    }

    internal Line(JsonObject json)
        : base(json)
    {
    }

    /// <summary>The colour.</summary>
    public string? color { get => Text(); set => Set(value); }

    /// <summary>The width in pixels.</summary>
    public double? width { get => Number(); set => Set(value); }

    /// <summary><c>solid</c>, <c>dot</c>, <c>dash</c>, <c>longdash</c>, <c>dashdot</c>, <c>longdashdot</c>, or lengths: <c>5px,2px</c>.</summary>
    public string? dash { get => Text(); set => Set(value); }

    /// <summary><c>linear</c>, <c>spline</c>, <c>hv</c>, <c>vh</c>, <c>hvh</c>, <c>vhv</c>.</summary>
    public string? shape { get => Text(); set => Set(value); }
}

/// <summary>Where a histogram's bins begin and end, and how wide they are.</summary>
public sealed class Bins : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Bins()
    {
    }

    internal Bins(JsonObject json)
        : base(json)
    {
    }

    /// <summary>Where the first bin begins.</summary>
    public double? start { get => Number(); set => Set(value); }

    /// <summary>Where the last bin ends, at the latest.</summary>
    public double? end { get => Number(); set => Set(value); }

    /// <summary>How wide a bin is.</summary>
    public double? size { get => Number(); set => Set(value); }
}

/// <summary>The bar that shows which number has which colour.</summary>
public sealed class ColorBar : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public ColorBar()
    {
    }

    internal ColorBar(JsonObject json)
        : base(json)
    {
    }

    /// <summary>What stands over the bar.</summary>
    public Title? title { get => Part(json => new Title(json)); set => Set(value); }

    /// <summary>How long the bar is, as a share of the plot.</summary>
    public double? len { get => Number(); set => Set(value); }

    /// <summary>The numbers that are marked.</summary>
    public IEnumerable? tickvals { get => List(); set => Set(value); }

    /// <summary>What stands at the marks.</summary>
    public IEnumerable? ticktext { get => List(); set => Set(value); }
}

/// <summary>How bars are hatched. Plotly draws it; the picture without a script does not.</summary>
public sealed class Pattern : PlotlyObject
{
    /// <summary>Makes one with nothing set.</summary>
    public Pattern()
    {
    }

    internal Pattern(JsonObject json)
        : base(json)
    {
    }

    /// <summary><c>/</c>, <c>\</c>, <c>x</c>, <c>-</c>, <c>|</c>, <c>+</c>, <c>.</c>.</summary>
    public string? shape { get => Text(); set => Set(value); }
}

/// <summary>Bars that show how uncertain a number is. Plotly draws them; the picture without a script does not.</summary>
public sealed class Error : PlotlyObject
{
    /// <summary><c>data</c>, <c>percent</c>, <c>sqrt</c>, <c>constant</c>.</summary>
    public string? type { get => Text(); set => Set(value); }

    /// <summary>How far the bars go.</summary>
    public IEnumerable? array { get => List(); set => Set(value); }
}

/// <summary>Whether a histogram counts all numbers up to a bin.</summary>
public sealed class Cumulative : PlotlyObject
{
    /// <summary>Whether it does.</summary>
    public bool? enabled { get => Flag(); set => Set(value); }

    /// <summary><c>increasing</c> or <c>decreasing</c>.</summary>
    public string? direction { get => Text(); set => Set(value); }
}

/// <summary>The label that shows when a pointer rests on a point.</summary>
public sealed class Hoverlabel : PlotlyObject
{
    /// <summary>Its colour.</summary>
    public string? bgcolor { get => Text(); set => Set(value); }
}
