using System.Text.Json.Nodes;

namespace Unroll.Display;

/// <summary>Changes of a figure; each returns a changed copy. Names and arguments are those of Plotly.NET.CSharp.</summary>
public static partial class GenericChartExtensions
{
    /// <summary>Sets what stands along an x axis and how it looks; the first one unless Id says another.</summary>
    public static GenericChart WithXAxisStyle<TMin, TMax, TCategory>(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default,
        Optional<Title> Title = default,
        Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<TMin, TMax>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default,
        Optional<bool> ShowSpikes = default,
        Optional<Color> SpikeColor = default,
        Optional<int> SpikeThickness = default,
        Optional<bool> ShowLine = default,
        Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default,
        Optional<Color> GridColor = default,
        Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default,
        Optional<AxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default,
        Optional<AxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default,
        Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default,
        Optional<IEnumerable<TCategory>> CategoryArray = default,
        Optional<RangeSlider> RangeSlider = default,
        Optional<RangeSelector> RangeSelector = default,
        Optional<AxisId> Id = default)
        where TMin : IConvertible
        where TMax : IConvertible
        where TCategory : IConvertible =>
        gChart.WithAxisStyle("xaxis", Id, [
            ("title", Title.OrNull), ("title.text", TitleText.OrNull), ("title.font", TitleFont.OrNull),
            ("title.standoff", TitleStandoff.OrNull), ("color", Color.OrNull), ("type", AxisType.OrNull),
            ("range", Pair(MinMax)), ("mirror", Mirror.OrNull), ("showspikes", ShowSpikes.OrNull),
            ("spikecolor", SpikeColor.OrNull), ("spikethickness", SpikeThickness.OrNull),
            ("showline", ShowLine.OrNull), ("linecolor", LineColor.OrNull), ("showgrid", ShowGrid.OrNull),
            ("gridcolor", GridColor.OrNull), ("zeroline", ZeroLine.OrNull), ("zerolinecolor", ZeroLineColor.OrNull),
            ("anchor", Anchor.OrNull?.ToString()), ("side", Side.OrNull),
            ("overlaying", Overlaying.OrNull?.ToString()), ("domain", Pair(Domain)), ("position", Position.OrNull),
            ("categoryorder", CategoryOrder.OrNull), ("categoryarray", CategoryArray.OrNull),
            ("rangeslider", RangeSlider.OrNull), ("rangeselector", RangeSelector.OrNull),
        ]);

    /// <summary>Sets what stands along a y axis and how it looks; the first one unless Id says another.</summary>
    public static GenericChart WithYAxisStyle<TMin, TMax, TCategory>(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default,
        Optional<Title> Title = default,
        Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<TMin, TMax>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default,
        Optional<bool> ShowSpikes = default,
        Optional<Color> SpikeColor = default,
        Optional<int> SpikeThickness = default,
        Optional<bool> ShowLine = default,
        Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default,
        Optional<Color> GridColor = default,
        Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default,
        Optional<AxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default,
        Optional<AxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default,
        Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default,
        Optional<IEnumerable<TCategory>> CategoryArray = default,
        Optional<RangeSlider> RangeSlider = default,
        Optional<RangeSelector> RangeSelector = default,
        Optional<AxisId> Id = default)
        where TMin : IConvertible
        where TMax : IConvertible
        where TCategory : IConvertible =>
        gChart.WithAxisStyle("yaxis", Id, [
            ("title", Title.OrNull), ("title.text", TitleText.OrNull), ("title.font", TitleFont.OrNull),
            ("title.standoff", TitleStandoff.OrNull), ("color", Color.OrNull), ("type", AxisType.OrNull),
            ("range", Pair(MinMax)), ("mirror", Mirror.OrNull), ("showspikes", ShowSpikes.OrNull),
            ("spikecolor", SpikeColor.OrNull), ("spikethickness", SpikeThickness.OrNull),
            ("showline", ShowLine.OrNull), ("linecolor", LineColor.OrNull), ("showgrid", ShowGrid.OrNull),
            ("gridcolor", GridColor.OrNull), ("zeroline", ZeroLine.OrNull), ("zerolinecolor", ZeroLineColor.OrNull),
            ("anchor", Anchor.OrNull?.ToString()), ("side", Side.OrNull),
            ("overlaying", Overlaying.OrNull?.ToString()), ("domain", Pair(Domain)), ("position", Position.OrNull),
            ("categoryorder", CategoryOrder.OrNull), ("categoryarray", CategoryArray.OrNull),
            ("rangeslider", RangeSlider.OrNull), ("rangeselector", RangeSelector.OrNull),
        ]);

    /// <summary>Sets what stands along the x axis, with no type to be named.</summary>
    public static GenericChart WithXAxisStyle(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<double, double>> MinMax = default,
        Optional<bool> ShowGrid = default,
        Optional<bool> ZeroLine = default,
        Optional<AxisId> Id = default) =>
        gChart.WithXAxisStyle<double, double, string>(
            TitleText: TitleText, AxisType: AxisType, MinMax: MinMax, ShowGrid: ShowGrid, ZeroLine: ZeroLine, Id: Id);

    /// <summary>Sets what stands along the y axis, with no type to be named.</summary>
    public static GenericChart WithYAxisStyle(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<double, double>> MinMax = default,
        Optional<bool> ShowGrid = default,
        Optional<bool> ZeroLine = default,
        Optional<AxisId> Id = default) =>
        gChart.WithYAxisStyle<double, double, string>(
            TitleText: TitleText, AxisType: AxisType, MinMax: MinMax, ShowGrid: ShowGrid, ZeroLine: ZeroLine, Id: Id);

    /// <summary>Puts an x axis's attributes to those that are there.</summary>
    public static GenericChart WithXAxis(this GenericChart gChart, LinearAxis xAxis, Optional<AxisId> Id = default) =>
        gChart.WithAxis("xaxis", xAxis, Id);

    /// <summary>Puts a y axis's attributes to those that are there.</summary>
    public static GenericChart WithYAxis(this GenericChart gChart, LinearAxis yAxis, Optional<AxisId> Id = default) =>
        gChart.WithAxis("yaxis", yAxis, Id);

    private static GenericChart WithAxis(this GenericChart chart, string first, LinearAxis axis, Optional<AxisId> id)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(axis);
        var name = id.IsSome ? id.Value.Attribute : first;
        if (name[0] != first[0]) throw new ArgumentException($"{id.Value} is not of the same direction as {first}.", nameof(id));
        return chart.WithLayout(new Layout(new JsonObject { [name] = axis.Json.DeepClone() }));
    }

    private static GenericChart WithAxisStyle(this GenericChart chart, string first, Optional<AxisId> id, (string Attribute, object? Value)[] style)
    {
        var axis = new LinearAxis();
        foreach (var (attribute, value) in style)
        {
            if (value is null) continue;
            if (attribute.Split('.') is [var outer, var inner])
            {
                if (axis[outer] is not JsonObject) axis[outer] = new JsonObject();
                ((JsonObject)axis[outer]!)[inner] = PlotlyJson.Node(value);
            }
            else
            {
                axis[attribute] = PlotlyJson.Node(value);
            }
        }

        return chart.WithAxis(first, axis, id);
    }

    private static object[]? Pair<T1, T2>(Optional<Tuple<T1, T2>> pair) =>
        pair.IsSome ? [pair.Value.Item1!, pair.Value.Item2!] : null;
}
