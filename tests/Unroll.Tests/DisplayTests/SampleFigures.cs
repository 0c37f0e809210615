using System.Text.Json.Nodes;
using Unroll.Display;

namespace Unroll.Tests.DisplayTests;

/// <summary>A figure of every kind, with what makes pictures hard: long names, many traces, gaps, no data.</summary>
internal static class SampleFigures
{
    private static readonly int[] Steps = [.. Enumerable.Range(0, 20)];
    private static readonly double[] Sine = [.. Steps.Select(step => Math.Sin(step / 3.0))];
    private static readonly string[] Words = ["first", "second", "a very long third name", "fourth"];

    public static Dictionary<string, GenericChart> All()
    {
        var numbers = new RandomState(1).Normal(0, 1, [300]).ToArray();
        return new(StringComparer.Ordinal)
        {
            ["line"] = Chart.Combine(
                [
                    Chart.Line(Steps, Sine, Name: "sine"),
                    Chart.Line<int, double, string>(Steps, Sine.Select(y => -y), ShowMarkers: true, Name: "minus <sine>", LineDash: StyleParam.DrawingStyle.Dash),
                ])
                .WithTitle("Two waves & a <b>bold</b> title").WithXAxisStyle("step").WithYAxisStyle("value"),
            ["point"] = Chart.Point(numbers, numbers.Reverse(), MarkerSymbol: StyleParam.MarkerSymbol.Diamond),
            ["gaps"] = Chart.Line(Steps, Sine.Select((y, i) => i % 7 == 3 ? double.NaN : y)),
            ["area"] = Chart.Area(Steps, Sine.Select(y => y * 1e6), LineColor: Color.fromString("#D55E00")),
            ["stacked"] = Chart.Combine([Stacked("lower"), Stacked("upper")]),
            ["column"] = Chart.Column<double, string, string>([3, 5, -2, 8], Keys: Words, MultiText: Words),
            ["bar"] = Chart.Combine([Chart.Bar([3, 5, 2, 1], Words, Name: "one"), Chart.Bar([1, 2, 6, 2], Words, Name: "two")]).WithXAxisStyle("parameters"),
            ["barStack"] = Chart.Combine([Chart.Column([3, 5], ["a", "b"], Name: "one"), Chart.Column([1, 2], ["a", "b"], Name: "two")])
                .WithLayout(new Layout { barmode = "stack" }),
            ["histogram"] = Chart.Histogram(numbers, Name: "numbers").WithXAxisStyle("value"),
            ["histogramWords"] = Chart.Histogram(new[] { "cat", "dog", "cat" }),
            ["heatmap"] = Chart.Heatmap(new RandomState(2).Normal(0, 1, [6, 9]), Y: Enumerable.Range(1, 6).Select(i => $"unit {i}").ToArray())
                .WithColorBar(new ColorBar { title = "h" }).WithXAxisStyle("time").WithYAxisStyle("unit"),
            ["heatmapLarge"] = Chart.Heatmap(new RandomState(2).Normal(0, 1, [30, 60])).WithColorscale(StyleParam.Colorscale.Cividis),
            ["grid"] = Chart.Grid(
                [Chart.Line(Steps, Sine), Chart.Point(numbers, numbers), Chart.Histogram(numbers), Chart.Heatmap(new RandomState(3).Normal(0, 1, [4, 5]))],
                2,
                2,
                SubPlotTitles: new[] { "Line", "Points", "Histogram", "Heat map" }).WithTitle("A grid"),
            ["stack"] = Chart.SingleStack([Chart.Line(Steps, Sine).WithYAxisStyle("up"), Chart.Line(Steps, Sine).WithYAxisStyle("down")]),
            ["log"] = Chart.Line(Steps, Steps.Select(step => Math.Pow(10, -step / 4.0)), ShowMarkers: true).WithYAxisStyle("loss", StyleParam.AxisType.Log),
            ["dates"] = Chart.Line(Steps.Select(step => new DateTime(2024, 1, 1).AddDays(step * 7)), Sine),
            ["manyNames"] = Chart.Combine(Steps.Concat(Steps).Select((_, i) => Chart.Line(Steps, Sine.Select(y => y + i), Name: $"a rather long name of trace number {i}")))
                .WithTitle(string.Join(' ', Enumerable.Repeat("A title that goes on and on.", 12))),
            ["texts"] = Chart.Scatter([1, 2, 3], [1, 3, 2], StyleParam.Mode.Lines_Markers_Text, MultiText: new[] { "one", "two", "three" }),
            ["xplot"] = Chart.Plot(
                [new Scatter { x = Steps, y = Sine, mode = "lines", line = new Line { shape = "spline" } }, new Bar { x = Steps, y = Sine, name = "bars" }],
                new Layout { title = "As XPlot writes it", xaxis = new LinearAxis { title = "x" } }),
            ["symbols"] = Chart.Combine(Enum.GetValues<StyleParam.MarkerSymbol>().Select((symbol, i) => Chart.Point([i], [i], Name: symbol.ToString(), MarkerSymbol: symbol))),
            ["tiny"] = Chart.Line(Steps, Sine, Name: "a line").WithSize(180, 130).WithTitle("Small").WithXAxisStyle("a long title under the axis"),
        };
    }

    /// <summary>Figures that plotly.js draws and we do not, or that hold nothing: the picture says so.</summary>
    public static Dictionary<string, GenericChart> Odd() => new(StringComparer.Ordinal)
    {
        ["empty"] = Chart.Line(Array.Empty<int>(), Array.Empty<double>()),
        ["invisible"] = Chart.Invisible(),
        ["box"] = Chart.Plot(new OtherTrace("box") { ["y"] = new JsonArray(1, 2, 9) }),
    };

    private static GenericChart Stacked(string name) =>
        Chart.Area<int, double, string>(Steps, Sine.Select(y => y + 2), Name: name, StackGroup: "all");
}
