namespace Unroll.Display;

/// <content>Points, lines and areas.</content>
public static partial class Chart
{
    /// <summary>Points, lines or text, as <paramref name="mode"/> says. The arguments are those of Plotly.NET.CSharp.</summary>
    public static GenericChart Scatter<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        StyleParam.Mode mode,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default,
        Optional<Color> FillColor = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        Of(ScatterTrace(
            x, y, StyleWords.Word(mode), Name.OrNull, ShowLegend.OrNull, Opacity.OrNull, MultiOpacity.OrNull,
            Text.OrNull, MultiText.OrNull, TextPosition.OrNull, MultiTextPosition.OrNull, MarkerColor.OrNull,
            MarkerColorScale.OrNull, MarkerOutline.OrNull, MarkerSymbol.OrNull, MultiMarkerSymbol.OrNull,
            Marker.OrNull, LineColor.OrNull, LineColorScale.OrNull, LineWidth.OrNull, LineDash.OrNull, Line.OrNull,
            StackGroup.OrNull, Orientation.OrNull, GroupNorm.OrNull, Fill.OrNull, FillColor.OrNull, UseWebGL.Or(false)), UseDefaults);

    /// <summary>A point for each x and y.</summary>
    public static GenericChart Point<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        Scatter(
            x, y, StyleParam.Mode.Markers, Name: Name, ShowLegend: ShowLegend, Opacity: Opacity,
            MultiOpacity: MultiOpacity, Text: Text, MultiText: MultiText, TextPosition: TextPosition,
            MultiTextPosition: MultiTextPosition, MarkerColor: MarkerColor, MarkerColorScale: MarkerColorScale,
            MarkerOutline: MarkerOutline, MarkerSymbol: MarkerSymbol, MultiMarkerSymbol: MultiMarkerSymbol,
            Marker: Marker, StackGroup: StackGroup, Orientation: Orientation, GroupNorm: GroupNorm,
            UseWebGL: UseWebGL, UseDefaults: UseDefaults);

    /// <summary>A line from point to point.</summary>
    public static GenericChart Line<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<bool> ShowMarkers = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default,
        Optional<Color> FillColor = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        Scatter(
            x, y, LineMode(ShowMarkers), Name: Name, ShowLegend: ShowLegend, Opacity: Opacity,
            MultiOpacity: MultiOpacity, Text: Text, MultiText: MultiText, TextPosition: TextPosition,
            MultiTextPosition: MultiTextPosition, MarkerColor: MarkerColor, MarkerColorScale: MarkerColorScale,
            MarkerOutline: MarkerOutline, MarkerSymbol: MarkerSymbol, MultiMarkerSymbol: MultiMarkerSymbol,
            Marker: Marker, LineColor: LineColor, LineColorScale: LineColorScale, LineWidth: LineWidth,
            LineDash: LineDash, Line: Line, StackGroup: StackGroup, Orientation: Orientation, GroupNorm: GroupNorm,
            Fill: Fill, FillColor: FillColor, UseWebGL: UseWebGL, UseDefaults: UseDefaults);

    /// <summary>A line, and the area between it and zero.</summary>
    public static GenericChart Area<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<bool> ShowMarkers = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<Color> FillColor = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        Scatter(
            x, y, LineMode(ShowMarkers), Name: Name, ShowLegend: ShowLegend, Opacity: Opacity,
            MultiOpacity: MultiOpacity, Text: Text, MultiText: MultiText, TextPosition: TextPosition,
            MultiTextPosition: MultiTextPosition, MarkerColor: MarkerColor, MarkerColorScale: MarkerColorScale,
            MarkerOutline: MarkerOutline, MarkerSymbol: MarkerSymbol, MultiMarkerSymbol: MultiMarkerSymbol,
            Marker: Marker, LineColor: LineColor, LineColorScale: LineColorScale, LineWidth: LineWidth,
            LineDash: LineDash, Line: Line, StackGroup: StackGroup, Orientation: Orientation, GroupNorm: GroupNorm,
            FillColor: FillColor, UseWebGL: UseWebGL, UseDefaults: UseDefaults, Fill: StackGroup.IsSome ? StyleParam.Fill.ToNext_y : StyleParam.Fill.ToZero_y);

    private static StyleParam.Mode LineMode(Optional<bool> showMarkers) =>
        showMarkers.Or(false) ? StyleParam.Mode.Lines_Markers : StyleParam.Mode.Lines;

    private static Scatter ScatterTrace(
        object x, object y, string mode, object? name, object? showLegend, object? opacity, object? multiOpacity,
        object? text, object? multiText, object? textPosition, object? multiTextPosition, object? markerColor,
        object? markerColorScale, object? markerOutline, object? markerSymbol, object? multiMarkerSymbol,
        object? marker, object? lineColor, object? lineColorScale, object? lineWidth, object? lineDash, object? line,
        object? stackGroup, object? orientation, object? groupNorm, object? fill, object? fillColor, bool webGL)
    {
        var trace = new Scatter { ["x"] = PlotlyJson.Node(x), ["y"] = PlotlyJson.Node(y), mode = mode };
        if (webGL) trace["type"] = "scattergl";
        Put(trace, "name", name);
        Put(trace, "showlegend", showLegend);
        Put(trace, "text", multiText ?? text);
        Put(trace, "textposition", multiTextPosition ?? textPosition);
        Put(trace, "stackgroup", stackGroup);
        Put(trace, "orientation", orientation);
        Put(trace, "groupnorm", groupNorm);
        Put(trace, "fill", fill);
        Put(trace, "fillcolor", fillColor);
        Put(trace, "opacity", opacity);
        PutMarker(trace, marker, markerColor, markerColorScale, markerOutline, multiOpacity, multiMarkerSymbol ?? markerSymbol);
        PutLine(trace, line, lineColor, lineColorScale, lineWidth, lineDash);
        return trace;
    }
}
