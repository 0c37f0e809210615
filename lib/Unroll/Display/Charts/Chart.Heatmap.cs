namespace Unroll.Display;

/// <content>Heat maps.</content>
public static partial class Chart
{
    /// <summary>
    /// Numbers in rows and columns as colours; the first row is the lowest one, unless ReverseYAxis is set. The arguments are
    /// those of Plotly.NET.CSharp. Each text stands for a cell, row by row.
    /// </summary>
    /// <exception cref="NotSupportedException">UseWebGL is set: plotly.js has taken heatmapgl away.</exception>
    public static GenericChart Heatmap<TZ, TX, TY, TText>(
        IEnumerable<IEnumerable<TZ>> zData,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<TX>> X = default,
        Optional<int> XGap = default,
        Optional<IEnumerable<TY>> Y = default,
        Optional<int> YGap = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<ColorBar> ColorBar = default,
        Optional<Colorscale> ColorScale = default,
        Optional<bool> ShowScale = default,
        Optional<bool> ReverseScale = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default,
        Optional<bool> Transpose = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> ReverseYAxis = default,
        Optional<bool> UseDefaults = default)
        where TZ : IConvertible
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible
    {
        if (UseWebGL.Or(false)) throw new NotSupportedException("Heatmap: UseWebGL is not supported; plotly.js has no heatmapgl any more.");
        var trace = new Heatmap();
        Put(trace, "z", zData);
        Put(trace, "name", Name.OrNull);
        Put(trace, "showlegend", ShowLegend.OrNull);
        Put(trace, "opacity", Opacity.OrNull);
        Put(trace, "x", X.OrNull);
        Put(trace, "xgap", XGap.OrNull);
        Put(trace, "y", Y.OrNull);
        Put(trace, "ygap", YGap.OrNull);
        Put(trace, "colorbar", ColorBar.OrNull);
        Put(trace, "showscale", ShowScale.OrNull);
        Put(trace, "reversescale", ReverseScale.OrNull);
        Put(trace, "zsmooth", ZSmooth.OrNull);
        Put(trace, "transpose", Transpose.OrNull);
        Put(trace, "colorscale", ColorScale.OrNull ?? (UseDefaults.Or(true) ? StyleParam.Colorscale.Viridis : null));
        if (Text.IsSome) Put(trace, "text", zData.Select(row => row.Select(_ => Text.Value)));
        if (MultiText.IsSome) Put(trace, "text", InRows(MultiText.Value, zData));
        var chart = Of(trace, UseDefaults);
        return ReverseYAxis.Or(false) ? chart.WithYAxis(new LinearAxis { autorange = "reversed" }) : chart;
    }

    /// <summary>Numbers in rows and columns as colours; the type follows from the argument.</summary>
    public static GenericChart Heatmap<TZ>(
        IEnumerable<IEnumerable<TZ>> zData,
        Optional<string> Name = default,
        Optional<IEnumerable<string>> X = default,
        Optional<IEnumerable<string>> Y = default,
        Optional<Colorscale> ColorScale = default,
        Optional<bool> ShowScale = default,
        Optional<bool> ReverseYAxis = default)
        where TZ : IConvertible =>
        Heatmap<TZ, string, string, string>(
            zData, Name: Name, X: X, Y: Y, ColorScale: ColorScale, ShowScale: ShowScale, ReverseYAxis: ReverseYAxis);

    /// <summary>A matrix, a tensor of two axes, as colours; its first row is the highest one, as it is printed.</summary>
    /// <exception cref="ArgumentException">The tensor has not two axes.</exception>
    public static GenericChart Heatmap(
        Tensor zData,
        Optional<string> Name = default,
        Optional<IEnumerable<string>> X = default,
        Optional<IEnumerable<string>> Y = default,
        Optional<Colorscale> ColorScale = default,
        Optional<bool> ShowScale = default)
    {
        ArgumentNullException.ThrowIfNull(zData);
        if (zData.Rank != 2)
            throw new ArgumentException($"Heatmap draws a tensor of two axes, but {zData.Shape} has {zData.Rank}. Choose a part: x[0].", nameof(zData));
        return Heatmap(
            zData.ToArray().Chunk(Math.Max(1, zData.Shape[1])), Name: Name, X: X, Y: Y, ColorScale: ColorScale, ShowScale: ShowScale, ReverseYAxis: true);
    }

    private static IEnumerable<IEnumerable<TText>> InRows<TText, TNumber>(IEnumerable<TText> texts, IEnumerable<IEnumerable<TNumber>> rows)
    {
        var rest = new Queue<TText>(texts);
        return rows.Select(row => row.TakeWhile(_ => rest.Count > 0).Select(_ => rest.Dequeue()).ToArray()).ToArray();
    }
}
