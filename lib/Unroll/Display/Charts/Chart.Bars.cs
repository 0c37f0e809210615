using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <content>Bars.</content>
public static partial class Chart
{
    /// <summary>An upright bar for each value. The arguments are those of Plotly.NET.CSharp.</summary>
    public static GenericChart Column<TValues, TKeys, TText>(
        IEnumerable<TValues> values,
        Optional<IEnumerable<TKeys>> Keys = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default,
        Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<IEnumerable<TValues>> MultiWidth = default,
        Optional<bool> UseDefaults = default,
        Optional<TValues> Base = default,
        Optional<TValues> Width = default)
        where TValues : IConvertible
        where TKeys : IConvertible
        where TText : IConvertible =>
        Of(BarTrace(
            true, values, Keys.OrNull, Name.OrNull, ShowLegend.OrNull, Opacity.OrNull, MultiOpacity.OrNull,
            Text.OrNull, MultiText.OrNull, MarkerColor.OrNull, MarkerColorScale.OrNull, MarkerOutline.OrNull,
            MarkerPatternShape.OrNull, MultiMarkerPatternShape.OrNull, MarkerPattern.OrNull, Marker.OrNull,
            TextPosition.OrNull, MultiTextPosition.OrNull, MultiWidth.OrNull, Base.OrNull, Width.OrNull), UseDefaults);

    /// <summary>A lying bar for each value, the first one lowest. The arguments are those of Plotly.NET.CSharp.</summary>
    public static GenericChart Bar<TValues, TKeys, TText>(
        IEnumerable<TValues> values,
        Optional<IEnumerable<TKeys>> Keys = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default,
        Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<IEnumerable<TValues>> MultiWidth = default,
        Optional<bool> UseDefaults = default,
        Optional<TValues> Base = default,
        Optional<TValues> Width = default)
        where TValues : IConvertible
        where TKeys : IConvertible
        where TText : IConvertible =>
        Of(BarTrace(
            false, values, Keys.OrNull, Name.OrNull, ShowLegend.OrNull, Opacity.OrNull, MultiOpacity.OrNull,
            Text.OrNull, MultiText.OrNull, MarkerColor.OrNull, MarkerColorScale.OrNull, MarkerOutline.OrNull,
            MarkerPatternShape.OrNull, MultiMarkerPatternShape.OrNull, MarkerPattern.OrNull, Marker.OrNull,
            TextPosition.OrNull, MultiTextPosition.OrNull, MultiWidth.OrNull, Base.OrNull, Width.OrNull), UseDefaults);

    /// <summary>An upright bar for each value; the types follow from the arguments.</summary>
    public static GenericChart Column<TValues, TKeys>(
        IEnumerable<TValues> values,
        IEnumerable<TKeys> Keys,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<string>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<Marker> Marker = default)
        where TValues : IConvertible
        where TKeys : IConvertible =>
        Column<TValues, TKeys, string>(
            values, Keys: new Optional<IEnumerable<TKeys>>(Keys, true), Name: Name, ShowLegend: ShowLegend,
            Opacity: Opacity, MultiText: MultiText, MarkerColor: MarkerColor, Marker: Marker);

    /// <summary>A lying bar for each value, the first one lowest; the types follow from the arguments.</summary>
    public static GenericChart Bar<TValues, TKeys>(
        IEnumerable<TValues> values,
        IEnumerable<TKeys> Keys,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<string>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<Marker> Marker = default)
        where TValues : IConvertible
        where TKeys : IConvertible =>
        Bar<TValues, TKeys, string>(
            values, Keys: new Optional<IEnumerable<TKeys>>(Keys, true), Name: Name, ShowLegend: ShowLegend,
            Opacity: Opacity, MultiText: MultiText, MarkerColor: MarkerColor, Marker: Marker);

    private static Bar BarTrace(
        bool upright, object values, object? keys, object? name, object? showLegend, object? opacity,
        object? multiOpacity, object? text, object? multiText, object? markerColor, object? markerColorScale,
        object? markerOutline, object? markerPatternShape, object? multiMarkerPatternShape, object? markerPattern,
        object? marker, object? textPosition, object? multiTextPosition, object? multiWidth, object? baseline,
        object? width)
    {
        var trace = new Bar { orientation = upright ? "v" : "h" };
        Put(trace, upright ? "x" : "y", keys);
        Put(trace, upright ? "y" : "x", values);
        Put(trace, "name", name);
        Put(trace, "showlegend", showLegend);
        Put(trace, "opacity", opacity);
        Put(trace, "text", multiText ?? text);
        Put(trace, "textposition", multiTextPosition ?? textPosition);
        Put(trace, "width", multiWidth ?? width);
        Put(trace, "base", baseline);
        PutMarker(trace, marker, markerColor, markerColorScale, markerOutline, multiOpacity, symbol: null);
        var pattern = new Pattern((JsonObject)(((Pattern?)markerPattern)?.Json.DeepClone() ?? new JsonObject()));
        Put(pattern, "shape", multiMarkerPatternShape ?? markerPatternShape);
        if (pattern.Json.Count > 0)
        {
            trace.marker ??= new Marker();
            trace.marker["pattern"] = pattern.Json.DeepClone();
        }

        return trace;
    }
}
