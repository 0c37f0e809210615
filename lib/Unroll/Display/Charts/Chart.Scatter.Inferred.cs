namespace Unroll.Display;

/// <content>Points, lines and areas, with no type to be named. Plotly.NET has only those that name all types.</content>
public static partial class Chart
{
    /// <summary>Points, lines or text; the types follow from the arguments.</summary>
    public static GenericChart Scatter<TX, TY>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        StyleParam.Mode mode,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<string>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<StyleParam.Fill> Fill = default,
        Optional<Color> FillColor = default)
        where TX : IConvertible
        where TY : IConvertible =>
        Scatter<TX, TY, string>(
            x, y, mode, Name: Name, ShowLegend: ShowLegend, Opacity: Opacity, MultiText: MultiText,
            MarkerColor: MarkerColor, MarkerSymbol: MarkerSymbol, Marker: Marker, LineColor: LineColor,
            LineWidth: LineWidth, LineDash: LineDash, Line: Line, Fill: Fill, FillColor: FillColor);

    /// <summary>A point for each x and y; the types follow from the arguments.</summary>
    public static GenericChart Point<TX, TY>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<string>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<Marker> Marker = default)
        where TX : IConvertible
        where TY : IConvertible =>
        Point<TX, TY, string>(
            x, y, Name: Name, ShowLegend: ShowLegend, Opacity: Opacity, MultiText: MultiText,
            MarkerColor: MarkerColor, MarkerSymbol: MarkerSymbol, Marker: Marker);

    /// <summary>A line from point to point; the types follow from the arguments.</summary>
    public static GenericChart Line<TX, TY>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<bool> ShowMarkers = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<string>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default)
        where TX : IConvertible
        where TY : IConvertible =>
        Line<TX, TY, string>(
            x, y, ShowMarkers: ShowMarkers, Name: Name, ShowLegend: ShowLegend, Opacity: Opacity,
            MultiText: MultiText, MarkerColor: MarkerColor, MarkerSymbol: MarkerSymbol, Marker: Marker,
            LineColor: LineColor, LineWidth: LineWidth, LineDash: LineDash, Line: Line);

    /// <summary>A line, and the area between it and zero; the types follow from the arguments.</summary>
    public static GenericChart Area<TX, TY>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<bool> ShowMarkers = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<string>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<Color> FillColor = default)
        where TX : IConvertible
        where TY : IConvertible =>
        Area<TX, TY, string>(
            x, y, ShowMarkers: ShowMarkers, Name: Name, ShowLegend: ShowLegend, Opacity: Opacity,
            MultiText: MultiText, MarkerColor: MarkerColor, MarkerSymbol: MarkerSymbol, Marker: Marker,
            LineColor: LineColor, LineWidth: LineWidth, LineDash: LineDash, Line: Line, FillColor: FillColor);
}
