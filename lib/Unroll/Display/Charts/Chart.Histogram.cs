namespace Unroll.Display;

/// <content>Histograms.</content>
public static partial class Chart
{
    /// <summary>How often numbers fall into bins. The arguments are those of Plotly.NET.CSharp.</summary>
    public static GenericChart Histogram<TX, TY, TText>(
        Optional<IEnumerable<TX>> X = default,
        Optional<IEnumerable<TY>> Y = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.HistFunc> HistFunc = default,
        Optional<StyleParam.HistNorm> HistNorm = default,
        Optional<string> AlignmentGroup = default,
        Optional<string> OffsetGroup = default,
        Optional<int> NBinsX = default,
        Optional<int> NBinsY = default,
        Optional<string> BinGroup = default,
        Optional<Bins> XBins = default,
        Optional<Bins> YBins = default,
        Optional<Color> MarkerColor = default,
        Optional<Marker> Marker = default,
        Optional<Line> Line = default,
        Optional<Error> XError = default,
        Optional<Error> YError = default,
        Optional<Cumulative> Cumulative = default,
        Optional<Hoverlabel> HoverLabel = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible
    {
        var trace = new Histogram();
        Put(trace, "x", X.OrNull);
        Put(trace, "y", Y.OrNull);
        Put(trace, "orientation", Orientation.OrNull);
        Put(trace, "name", Name.OrNull);
        Put(trace, "showlegend", ShowLegend.OrNull);
        Put(trace, "opacity", Opacity.OrNull);
        Put(trace, "histfunc", HistFunc.OrNull);
        Put(trace, "histnorm", HistNorm.OrNull);
        Put(trace, "alignmentgroup", AlignmentGroup.OrNull);
        Put(trace, "offsetgroup", OffsetGroup.OrNull);
        Put(trace, "nbinsx", NBinsX.OrNull);
        Put(trace, "nbinsy", NBinsY.OrNull);
        Put(trace, "bingroup", BinGroup.OrNull);
        Put(trace, "xbins", XBins.OrNull);
        Put(trace, "ybins", YBins.OrNull);
        Put(trace, "error_x", XError.OrNull);
        Put(trace, "error_y", YError.OrNull);
        Put(trace, "cumulative", Cumulative.OrNull);
        Put(trace, "hoverlabel", HoverLabel.OrNull);
        Put(trace, "text", MultiText.OrNull ?? Text.OrNull);
        PutMarker(trace, Marker.OrNull, MarkerColor.OrNull, colorScale: null, Line.OrNull, opacities: null, symbol: null);
        return Of(trace, UseDefaults);
    }

    /// <summary>How often numbers fall into bins; the type follows from the argument.</summary>
    public static GenericChart Histogram<TX>(
        IEnumerable<TX> X,
        Optional<string> Name = default,
        Optional<double> Opacity = default,
        Optional<StyleParam.HistNorm> HistNorm = default,
        Optional<int> NBinsX = default,
        Optional<Bins> XBins = default,
        Optional<Color> MarkerColor = default)
        where TX : IConvertible =>
        Histogram<TX, double, string>(
            X: new Optional<IEnumerable<TX>>(X, true), Name: Name, Opacity: Opacity, HistNorm: HistNorm, NBinsX: NBinsX, XBins: XBins,
            MarkerColor: MarkerColor);
}
