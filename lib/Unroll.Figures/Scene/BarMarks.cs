using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Scene;

/// <summary>One series of bars: where they stand and how high they are.</summary>
/// <param name="Trace">The series in the figure.</param>
/// <param name="Color">The series' colour.</param>
/// <param name="IsLying">Whether the bars go to the right.</param>
/// <param name="Places">Where the bars stand; null for a number the axis has no place for.</param>
/// <param name="Values">How long they are.</param>
/// <param name="Width">How much of the axis a bar may take, where the series itself says so: a histogram's bin.</param>
internal sealed record BarSeries(Series Trace, string Color, bool IsLying, JsonArray Places, double?[] Values, double? Width)
{
    public static BarSeries Of(Bar trace, string color)
    {
        var isLying = trace.orientation is null ? trace["x"] is not null && trace["y"] is not JsonArray : trace.orientation == "h";
        var (values, places) = isLying ? (trace.Array("x"), trace.Array("y")) : (trace.Array("y"), trace.Array("x"));
        values ??= [];
        places ??= trace.Counted(isLying ? 'y' : 'x', values.Count);
        return new BarSeries(trace, color, isLying, places, [.. values.Select(PlotlyJson.Number)], Width: null);
    }

    /// <summary>Whether a histogram's bars lie.</summary>
    public static bool Lies(Histogram trace) => trace.orientation is null ? trace["x"] is null && trace["y"] is not null : trace.orientation == "h";

    /// <summary>The numbers that a histogram counts.</summary>
    public static IEnumerable<double> NumbersOf(Histogram trace) =>
        (trace.Array(Lies(trace) ? "y" : "x") ?? []).Select(PlotlyJson.Number).OfType<double>();

    /// <summary>The bars of a histogram.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="pool">The numbers that the bins are chosen for: those of all histograms that stand beside each other.</param>
    public static BarSeries Of(Histogram trace, string color, double[] pool)
    {
        var isLying = Lies(trace);
        var (data, others) = isLying ? (trace.Array("y"), trace.Array("x")) : (trace.Array("x"), trace.Array("y"));
        data ??= [];
        var function = trace.histfunc ?? "count";
        var norm = trace.histnorm ?? "";
        double?[]? given = others is null ? null : [.. others.Select(PlotlyJson.Number)];
        if (data.Any(item => item is not null && PlotlyJson.Number(item) is null))
            return OfWords(trace, color, isLying, data, given, function, norm);

        var kept = data.Select((item, i) => (Number: PlotlyJson.Number(item), i)).Where(pair => pair.Number is not null).ToArray();
        double[] numbers = [.. kept.Select(pair => pair.Number!.Value)];
        if (numbers.Length == 0)
            return new BarSeries(trace, color, isLying, [], [], 1);
        var bins = HistogramBins.Of(pool, isLying ? trace.nbinsy : trace.nbinsx, isLying ? trace.ybins : trace.xbins);
        double?[]? values = given is null ? null : [.. kept.Select(pair => pair.i < given.Length ? given[pair.i] : null)];
        var heights = HistogramBins.Cumulated(bins.Heights(numbers, values, function, norm), trace["cumulative"] as JsonObject);
        var places = new JsonArray([.. Enumerable.Range(0, bins.Count).Select(i => (JsonNode)JsonValue.Create(bins.Start + (i + 0.5) * bins.Size))]);
        return new BarSeries(trace, color, isLying, places, [.. heights.Cast<double?>()], bins.Size);
    }

    /// <summary>Words are counted each for itself.</summary>
    private static BarSeries OfWords(Histogram trace, string color, bool isLying, JsonArray data, double?[]? values, string function, string norm)
    {
        var words = data.OfType<JsonNode>().Select(PlotlyJson.Word).Distinct(StringComparer.Ordinal).ToList();
        var index = words.Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => (double)pair.i, StringComparer.Ordinal);
        var kept = data.Select((item, i) => (item, i)).Where(pair => pair.item is not null).ToArray();
        double[] numbers = [.. kept.Select(pair => index[PlotlyJson.Word(pair.item)])];
        if (numbers.Length == 0)
            return new BarSeries(trace, color, isLying, [], [], 1);
        var bins = HistogramBins.Of(numbers, atMost: null, new Bins(Start: -0.5, End: words.Count - 0.5, Size: 1));
        double?[]? own = values is null ? null : [.. kept.Select(pair => pair.i < values.Length ? values[pair.i] : null)];
        var heights = HistogramBins.Cumulated(bins.Heights(numbers, own, function, norm), trace["cumulative"] as JsonObject);
        return new BarSeries(trace, color, isLying, new JsonArray([.. words.Select(word => (JsonNode)word)]), [.. heights.Cast<double?>()], 1);
    }
}

/// <summary>Draws all series of bars of a subplot, beside or on top of each other.</summary>
internal sealed class BarMarks(IReadOnlyList<BarSeries> series, string mode, double gap) : IMarks
{
    private readonly List<(BarSeries Series, int Index, double Place, double Width, double From, double To)> _bars = [];

    public void Reach(FigurePanel panel)
    {
        foreach (var isLying in (bool[])[false, true])
        {
            BarSeries[] group = [.. series.Where(one => one.IsLying == isLying)];
            if (group.Length > 0)
                Arrange(group, isLying ? panel.Y : panel.X, isLying ? panel.X : panel.Y);
        }
    }

    public void Draw(FigurePanel panel, SvgWriter svg)
    {
        foreach (var (one, index, place, width, from, to) in _bars)
        {
            var axis = one.IsLying ? panel.Y : panel.X;
            var box = BoxOf(panel, one, place, width, from, to);
            var color = SeriesData.Color(SeriesData.Item(one.Trace.At("marker", "color"), index), one.Color);
            var opacity = (one.Trace.opacity ?? 1) * SeriesData.Number(SeriesData.Item(one.Trace.At("marker", "opacity"), index), 1);
            var more = opacity < 1 ? $" fill-opacity=\"{SvgWriter.Number(opacity)}\"" : "";

            // A line of paper parts the bars of a histogram, which touch.
            if (one.Trace.At("marker", "line") is JsonObject outline)
                more += SeriesData.Stroke(outline);
            else if (one.Width is not null && (one.IsLying ? box.Height : box.Width) > 3)
                more += " style=\"stroke:var(--paper)\"";
            var value = FigureTicks.Short(one.Values[index]!.Value);
            var tip = one.Width is not null && axis.Kind == "linear"
                ? $"{Edge(place - width / 2, width)} – {Edge(place + width / 2, width)}: {value}"
                : $"{axis.Word(place)}: {value}";
            svg.Add($"<rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\" fill=\"{color}\"{more}>")
                .Raw($"<title>{SvgWriter.Encode(tip)}</title></rect>");
            if (SeriesData.Item(one.Trace["text"], index) is { } text)
                DrawText(panel, svg, one, box, FigureWords.Plain(PlotlyJson.Word(text)), to >= from, color);
        }
    }

    /// <summary>The edge of a bin; what is left by rounding is not worth reading.</summary>
    private static string Edge(double place, double width) => FigureTicks.Short(Math.Abs(place) < width * 1e-6 ? 0 : place);

    /// <summary>The bars' rectangles, with the names of their series.</summary>
    public IEnumerable<(string Name, Box Box)> Boxes(FigurePanel panel) =>
        _bars.Select(bar => (FigureWords.Plain(bar.Series.Trace.name ?? ""), BoxOf(panel, bar.Series, bar.Place, bar.Width, bar.From, bar.To)));

    private static Box BoxOf(FigurePanel panel, BarSeries one, double place, double width, double from, double to) => one.IsLying
        ? Between(panel.PixelX(from), panel.PixelY(place - width / 2), panel.PixelX(to), panel.PixelY(place + width / 2))
        : Between(panel.PixelX(place - width / 2), panel.PixelY(from), panel.PixelX(place + width / 2), panel.PixelY(to));

    private static Box Between(double x0, double y0, double x1, double y1) =>
        new(Math.Min(x0, x1), Math.Min(y0, y1), Math.Abs(x1 - x0), Math.Abs(y1 - y0));

    private void Arrange(BarSeries[] group, FigureAxis axis, FigureAxis length)
    {
        var all = group.SelectMany(one => one.Places.Select(axis.Place)).OfType<double>().Distinct().Order().ToArray();
        var slot = all.Length < 2 ? 1 : all.Zip(all.Skip(1), (a, b) => b - a).Min();
        var highest = new Dictionary<double, double>();
        var lowest = new Dictionary<double, double>();
        for (var n = 0; n < group.Length; n++)
        {
            var one = group[n];
            var room = one.Width ?? slot * (1 - gap);
            var isBeside = mode == "group" && group.Length > 1;
            for (var i = 0; i < Math.Min(one.Values.Length, one.Places.Count); i++)
            {
                if (axis.Place(one.Places[i]) is not { } place || one.Values[i] is not { } value)
                    continue;
                var from = SeriesData.Number(SeriesData.Item(one.Trace["base"], i), 0);
                if (mode is "stack" or "relative")
                {
                    var stack = value >= 0 || mode == "stack" ? highest : lowest;
                    from = stack.GetValueOrDefault(place);
                    stack[place] = from + value;
                }

                var width = SeriesData.Number(SeriesData.Item(one.Trace["width"], i), isBeside ? room / group.Length : room);
                var middle = isBeside ? place + (n - (group.Length - 1) / 2.0) * room / group.Length : place;
                var (low, high) = (length.PlaceOf(from), length.PlaceOf(from + value));
                _bars.Add((one, i, middle, width, low, high));
                axis.Reach(middle - width / 2, pads: one.Width is null && axis.Kind != "category");
                axis.Reach(middle + width / 2, pads: one.Width is null && axis.Kind != "category");
                length.Reach(low, pads: false);
                length.Reach(high, pads: true);
            }
        }
    }

    /// <summary>Over the bar where there is room, else in it, else nowhere.</summary>
    private static void DrawText(FigurePanel panel, SvgWriter svg, BarSeries one, Box bar, string text, bool isUp, string color)
    {
        const double Size = 11;
        text = text.Replace('\n', ' ');
        var width = TextMetrics.Width(text, Size);
        var position = SeriesData.Word(one.Trace["textposition"], "outside");
        if (position == "none")
            return;
        Box outside = one.IsLying
            ? new(isUp ? bar.Right + 4 : bar.X - 4 - width, bar.Y + bar.Height / 2 - Size * 0.65, width, Size * 1.3)
            : new(bar.X + bar.Width / 2 - width / 2, isUp ? bar.Y - Size * 1.3 - 2 : bar.Bottom + 2, width, Size * 1.3);
        Box inside = one.IsLying
            ? new(bar.Right - 4 - width, bar.Y + bar.Height / 2 - Size * 0.65, width, Size * 1.3)
            : new(bar.X + bar.Width / 2 - width / 2, bar.Y + 2, width, Size * 1.3);
        var fits = inside.X >= bar.X && inside.Right <= bar.Right && inside.Bottom <= bar.Bottom;
        if (position != "inside" && panel.Claim(outside))
            svg.Text(outside.X, outside.Y + Size, text, Size, more: " class=\"ink\"");
        else if (fits && panel.Claim(inside))
            svg.Text(inside.X, inside.Y + Size, text, Size, more: $" fill=\"{Rgb.Parse(color)?.Ink ?? "#000"}\"");
    }
}
