#pragma warning disable CS1591 // The members say what they are.

namespace Unroll.Display;

/// <summary>The choices that attributes have. The names are those of Plotly.NET.</summary>
public static class StyleParam
{
    /// <summary>What a scatter trace draws.</summary>
    public enum Mode { None, Lines, Lines_Markers, Lines_Text, Lines_Markers_Text, Markers, Markers_Text, Text }

    /// <summary>Which way bars go.</summary>
    public enum Orientation { Horizontal, Vertical }

    /// <summary>How a line is dashed.</summary>
    public enum DrawingStyle { Solid, Dash, Dot, DashDot, LongDash, LongDashDot }

    /// <summary>How a line goes from point to point.</summary>
    public enum Shape { Linear, Spline, Hv, Vh, Hvh, Vhv }

    /// <summary>The form of a point.</summary>
    public enum MarkerSymbol
    {
        Circle, Square, Diamond, Cross, X, TriangleUp, TriangleDown, TriangleLeft, TriangleRight, Pentagon, Hexagon, Octagon, Star,
        Hexagram, Hourglass, Bowtie, Asterisk, Hash,
    }

    /// <summary>What is filled.</summary>
    public enum Fill { None, ToZero_y, ToZero_x, ToNext_y, ToNext_x, ToSelf, ToNext }

    /// <summary>How a group of stacked traces is scaled.</summary>
    public enum GroupNorm { None, Fraction, Percent }

    /// <summary>How the values of a bin are taken together.</summary>
    public enum HistFunc { Count, Sum, Avg, Min, Max }

    /// <summary>What a bin shows.</summary>
    public enum HistNorm { None, Percent, Probability, Density, ProbabilityDensity }

    /// <summary>Where a text stands.</summary>
    public enum TextPosition
    {
        TopLeft, TopCenter, TopRight, MiddleLeft, MiddleCenter, MiddleRight, BottomLeft, BottomCenter, BottomRight, Auto, Inside, Outside, None,
    }

    /// <summary>How a heat map goes from cell to cell.</summary>
    public enum SmoothAlg { False, Best, Fast }

    /// <summary>Whether a trace shows.</summary>
    public enum Visible { True, False, LegendOnly }

    /// <summary>What an axis counts.</summary>
    public enum AxisType { Auto, Linear, Log, Date, Category, MultiCategory }

    /// <summary>A side of the plot.</summary>
    public enum Side { Top, Bottom, Left, Right }

    /// <summary>Whether an axis shows at the other side too.</summary>
    public enum Mirror { True, Ticks, False, All, AllTicks }

    /// <summary>In which order categories stand.</summary>
    public enum CategoryOrder { Trace, CategoryAscending, CategoryDescending, Array, TotalAscending, TotalDescending }

    /// <summary>How bars at one place stand.</summary>
    public enum BarMode { Stack, Group, Overlay, Relative }

    /// <summary>How bars are hatched.</summary>
    public enum PatternShape { None, DiagonalDescending, DiagonalAscending, DiagonalChecked, HorizontalLines, VerticalLines, Checked, Dots }

    /// <summary>Whether subplots share axes.</summary>
    public enum LayoutGridPattern { Independent, Coupled }

    /// <summary>Which row of subplots is the first.</summary>
    public enum LayoutGridRowOrder { TopToBottom, BottomToTop }

    /// <summary>Where the shared x axes of subplots are.</summary>
    public enum LayoutGridXSide { Bottom, BottomPlot, Top, TopPlot }

    /// <summary>Where the shared y axes of subplots are.</summary>
    public enum LayoutGridYSide { Left, LeftPlot, Right, RightPlot }

    /// <summary>Scales of colours.</summary>
    public static class Colorscale
    {
        /// <summary>Blue over grey to red.</summary>
        public static Display.Colorscale RdBu { get; } = new("RdBu");

        /// <summary>Blue over green to brown and white.</summary>
        public static Display.Colorscale Earth { get; } = new("Earth");

        /// <summary>Black over red and yellow to bluish white.</summary>
        public static Display.Colorscale Blackbody { get; } = new("Blackbody");

        /// <summary>Red over yellow to white.</summary>
        public static Display.Colorscale YIOrRd { get; } = new("YlOrRd");

        /// <summary>Blue over green to yellow.</summary>
        public static Display.Colorscale YIGnBu { get; } = new("YlGnBu");

        /// <summary>Blue to red.</summary>
        public static Display.Colorscale Bluered { get; } = new("Bluered");

        /// <summary>Blue over green and yellow to red.</summary>
        public static Display.Colorscale Portland { get; } = new("Portland");

        /// <summary>Black over violet and orange to light yellow.</summary>
        public static Display.Colorscale Electric { get; } = new("Electric");

        /// <summary>Blue over cyan and yellow to red.</summary>
        public static Display.Colorscale Jet { get; } = new("Jet");

        /// <summary>Black over red and yellow to white.</summary>
        public static Display.Colorscale Hot { get; } = new("Hot");

        /// <summary>Black to white.</summary>
        public static Display.Colorscale Greys { get; } = new("Greys");

        /// <summary>Dark green to white.</summary>
        public static Display.Colorscale Greens { get; } = new("Greens");

        /// <summary>Blue over white to red.</summary>
        public static Display.Colorscale Picnic { get; } = new("Picnic");

        /// <summary>All colours of the rainbow.</summary>
        public static Display.Colorscale Rainbow { get; } = new("Rainbow");

        /// <summary>Violet over green to yellow; even in brightness, and seen by the colour-blind too.</summary>
        public static Display.Colorscale Viridis { get; } = new("Viridis");

        /// <summary>Blue over grey to yellow; made for the colour-blind.</summary>
        public static Display.Colorscale Cividis { get; } = new("Cividis");

        /// <summary>Colours at places from 0 to 1.</summary>
        public static Display.Colorscale NewCustom(IEnumerable<Tuple<double, Color>> colors) =>
            new((colors ?? throw new ArgumentNullException(nameof(colors))).Select(stop => new object[] { stop.Item1, stop.Item2 }).ToArray());
    }

    /// <summary>The name of an axis.</summary>
    public static class SubPlotId
    {
        /// <summary>The x axis of this number: 1 for <c>xaxis</c>, 2 for <c>xaxis2</c>.</summary>
        public static AxisId NewXAxis(int number) => new('x', number);

        /// <summary>The y axis of this number.</summary>
        public static AxisId NewYAxis(int number) => new('y', number);
    }

    /// <summary>The name of an axis, where a trace or another axis refers to it.</summary>
    public static class LinearAxisId
    {
        /// <summary>The x axis of this number.</summary>
        public static AxisId NewX(int number) => new('x', number);

        /// <summary>The y axis of this number.</summary>
        public static AxisId NewY(int number) => new('y', number);
    }
}
