using System.Text.Json;
using System.Text.Json.Serialization;
using Unroll.Figures;

namespace Unroll.Tests.FigureTests;

/// <summary>
/// A figure of every kind as Plotly's JSON, with what makes pictures hard: long names, many series, gaps, no data.
/// </summary>
internal static class SampleFigures
{
    private static readonly JsonSerializerOptions WithoutNull = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly int[] Steps = [.. Enumerable.Range(0, 20)];
    private static readonly double[] Sine = [.. Steps.Select(step => Math.Sin(step / 3.0))];
    private static readonly string[] Words = ["first", "second", "a very long third name", "fourth"];
    private static readonly string[] Symbols =
    [
        "circle", "square", "diamond", "cross", "x", "triangle-up", "triangle-down", "triangle-left", "triangle-right", "pentagon", "hexagon",
        "octagon", "star", "hexagram", "hourglass", "bowtie", "asterisk", "hash",
    ];

    public static Dictionary<string, Figure> All()
    {
        var numbers = new RandomState(1).Normal(0, 1, [300]).ToArray();
        return new(StringComparer.Ordinal)
        {
            ["line"] = Of(
                [
                    new { type = "scatter", x = Steps, y = Sine, mode = "lines", name = "sine" },
                    new { type = "scatter", x = Steps, y = Sine.Select(y => -y), mode = "lines+markers", name = "minus <sine>", line = new { dash = "dash" } },
                ],
                new { title = Text("Two waves & a <b>bold</b> title"), xaxis = Titled("step"), yaxis = Titled("value") }),
            ["point"] = Of([new { type = "scatter", x = numbers, y = numbers.Reverse(), mode = "markers", marker = new { symbol = "diamond" } }]),
            ["gaps"] = Of([new { type = "scatter", x = Steps, y = Sine.Select((y, i) => i % 7 == 3 ? (double?)null : y), mode = "lines" }]),
            ["area"] = Of([new { type = "scatter", x = Steps, y = Sine.Select(y => y * 1e6), mode = "lines", fill = "tozeroy", line = new { color = "#D55E00" } }]),
            ["stacked"] = Of([Stacked("lower"), Stacked("upper")]),
            ["column"] = Of([new { type = "bar", orientation = "v", x = Words, y = new[] { 3, 5, -2, 8 }, text = Words }]),
            ["bar"] = Of(
                [Bar("h", new[] { 3, 5, 2, 1 }, Words, "one"), Bar("h", new[] { 1, 2, 6, 2 }, Words, "two")], new { xaxis = Titled("parameters") }),
            ["barStack"] = Of(
                [Bar("v", new[] { "a", "b" }, new[] { 3, 5 }, "one"), Bar("v", new[] { "a", "b" }, new[] { 1, 2 }, "two")], new { barmode = "stack" }),
            ["histogram"] = Of([new { type = "histogram", x = numbers, name = "numbers" }], new { xaxis = Titled("value") }),
            ["histogramWords"] = Of([new { type = "histogram", x = new[] { "cat", "dog", "cat" } }]),
            ["heatmap"] = Of(
                [
                    new
                    {
                        type = "heatmap", z = Rows(2, 6, 9), y = Enumerable.Range(1, 6).Select(i => $"unit {i}"), colorbar = new { title = Text("h") },
                        colorscale = "Viridis",
                    },
                ],
                new { xaxis = Titled("time"), yaxis = new { title = Text("unit"), autorange = "reversed" } }),
            ["heatmapLarge"] = Of([new { type = "heatmap", z = Rows(2, 30, 60), colorscale = "Cividis" }]),
            ["grid"] = Of(
                [
                    new { type = "scatter", x = Steps, y = Sine, mode = "lines", xaxis = "x", yaxis = "y" },
                    new { type = "scatter", x = numbers, y = numbers, mode = "markers", xaxis = "x2", yaxis = "y2" },
                    new { type = "histogram", x = numbers, xaxis = "x3", yaxis = "y3" },
                    new { type = "heatmap", z = Rows(3, 4, 5), colorscale = "Viridis", xaxis = "x4", yaxis = "y4" },
                ],
                new
                {
                    title = Text("A grid"),
                    grid = new { rows = 2, columns = 2, pattern = "independent", xgap = 0.2, ygap = 0.3 },
                    annotations = new[] { Over("Line", 0.222222, 1), Over("Points", 0.777778, 1), Over("Histogram", 0.222222, 0.411765), Over("Heat map", 0.777778, 0.411765) },
                }),
            ["stack"] = Of(
                [
                    new { type = "scatter", x = Steps, y = Sine, mode = "lines", xaxis = "x", yaxis = "y" },
                    new { type = "scatter", x = Steps, y = Sine, mode = "lines", xaxis = "x", yaxis = "y2" },
                ],
                new { yaxis = Titled("up"), yaxis2 = Titled("down"), grid = new { rows = 2, columns = 1, pattern = "coupled", xgap = 0.1, ygap = 0.1 } }),
            ["log"] = Of(
                [new { type = "scatter", x = Steps, y = Steps.Select(step => Math.Pow(10, -step / 4.0)), mode = "lines+markers" }],
                new { yaxis = new { title = Text("loss"), type = "log" } }),
            ["dates"] = Of([new { type = "scatter", x = Steps.Select(step => $"{new DateOnly(2024, 1, 1).AddDays(step * 7):yyyy-MM-dd}"), y = Sine, mode = "lines" }]),
            ["manyNames"] = Of(
                [.. Steps.Concat(Steps).Select((_, i) => new { type = "scatter", x = Steps, y = Sine.Select(y => y + i), mode = "lines", name = $"a rather long name of trace number {i}" })],
                new { title = Text(string.Join(' ', Enumerable.Repeat("A title that goes on and on.", 12))) }),
            ["texts"] = Of([new { type = "scatter", x = new[] { 1, 2, 3 }, y = new[] { 1, 3, 2 }, mode = "lines+markers+text", text = new[] { "one", "two", "three" } }]),
            ["spline"] = Of(
                [new { type = "scatter", x = Steps, y = Sine, mode = "lines", line = new { shape = "spline" } }, new { type = "bar", x = Steps, y = Sine, name = "bars" }],
                new { title = Text("A curve and bars"), xaxis = Titled("x") }),
            ["symbols"] = Of([.. Symbols.Select((symbol, i) => new { type = "scatter", x = new[] { i }, y = new[] { i }, mode = "markers", name = symbol, marker = new { symbol } })]),
            ["tiny"] = Of(
                [new { type = "scatter", x = Steps, y = Sine, mode = "lines", name = "a line" }],
                new { title = Text("Small"), xaxis = Titled("a long title under the axis"), width = 180, height = 130 }),
        };
    }

    /// <summary>Figures that plotly.js draws and we do not, or that hold nothing, and the picture says so; and one with titles as older versions have them.</summary>
    public static Dictionary<string, Figure> Odd() => new(StringComparer.Ordinal)
    {
        ["empty"] = Line(Array.Empty<int>(), Array.Empty<double>()),
        ["invisible"] = Of([], new { xaxis = new { visible = false }, yaxis = new { visible = false } }),
        ["oldTitles"] = Line(Steps, Sine, new { title = "As XPlot writes it", xaxis = new { title = "x" } }),
        ["box"] = Of([new { type = "box", y = new[] { 1, 2, 9 } }]),
    };

    /// <summary>A figure of series and a layout, whose properties are Plotly's words.</summary>
    public static Figure Of(object[] data, object? layout = null) => Figure.FromJson(JsonSerializer.Serialize(new { data, layout = layout ?? new { } }, WithoutNull));

    public static Figure Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, object? layout = null, string? name = null) =>
        Of([new { type = "scatter", x, y, mode = "lines", name }], layout);

    /// <summary>A heat map whose first row is the highest one, as it is printed.</summary>
    public static Figure Matrix(Tensor matrix) =>
        Of([new { type = "heatmap", z = matrix.ToArray().Chunk(matrix.Shape[1]), colorscale = "Viridis" }], new { yaxis = new { autorange = "reversed" } });

    public static object Titled(string text) => new { title = Text(text) };

    public static object Text(string text) => new { text };

    private static object Bar(string orientation, object x, object y, string name) => new { type = "bar", orientation, x, y, name };

    private static object Stacked(string name) =>
        new { type = "scatter", x = Steps, y = Sine.Select(y => y + 2), mode = "lines", name, stackgroup = "all", fill = "tonexty" };

    private static object Over(string text, double x, double y) =>
        new { text, x, xref = "paper", xanchor = "center", y, yref = "paper", yanchor = "bottom", showarrow = false };

    private static IEnumerable<float[]> Rows(int seed, int rows, int columns) => new RandomState(seed).Normal(0, 1, [rows, columns]).ToArray().Chunk(columns);
}
