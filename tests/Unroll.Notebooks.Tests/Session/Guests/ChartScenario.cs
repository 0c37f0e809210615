using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Guests;

/// <summary>
/// The real packages, restored from this machine's sources while the tests run: one run of a folder of notebooks. What no
/// source has skips the tests of its notebook.
/// </summary>
public sealed class ChartScenario : IAsyncLifetime
{
    internal const string XPlot = "#r \"nuget: XPlot.Plotly, 4.1.0\"";
    internal const string Plotly = "#r \"nuget: Plotly.NET.CSharp, 0.14.0\"";
    private const string XPlotChart =
        "XPlot.Plotly.Chart.Plot(new XPlot.Plotly.Scatter { x = new[] { 1, 2, 3 }, y = new[] { 3.0, 1.0, 2.0 }, name = \"</script>\" })";

    private const string PlotlyChart = "Plotly.NET.CSharp.Chart.Line<int, double, string>(x: new[] { 1, 2, 3 }, y: new[] { 3.0, 1.0, 2.0 })";

    private readonly TempFolder _folder = new();
    private CliResult _result = new(-1, "", "");

    public async ValueTask InitializeAsync()
    {
        // The same notebook twice: each is a session of its own, and both are to end in the same bytes.
        foreach (var name in new[] { "plotly-first", "plotly-first-again" })
        {
            Write(
                name, Plotly, PlotlyChart, XPlot, XPlotChart, PlotlyChart, Kinds, Update, Compare, "new[] { line, line }",
                "Chart.Surface<double, double, double, string>(zData: new[] { y })");
        }

        Write("xplot-first", XPlot, XPlotChart, Plotly, PlotlyChart, XPlotChart);
        Write("values", """
            #r "nuget: Microsoft.Data.Analysis, 0.23.1"
            #r "nuget: SkiaSharp, 4.155.0"
            #r "nuget: SkiaSharp.NativeAssets.Linux.NoDependencies, 4.155.0"
            """, Frame, Bitmap, "SkiaSharp.SKImage.FromBitmap(bitmap)", "bitmap.Dispose(); bitmap");
        Write(
            "extension", "#r \"nuget: Plotly.NET.Interactive, 6.0.0\"\n" + Plotly, Register,
            "using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\nb(\"bold\")", PlotlyChart);
        _result = await Cli.RunAsync(_folder.Path, _folder["data"], ["--parallel", "2", "--allow-errors"]);
    }

    private const string Kinds = """
        using Plotly.NET.CSharp;
        var (x, y) = (new[] { 1, 2, 3 }, new[] { 3.0, 1.0, 2.0 });
        var line = Chart.Line<int, double, string>(x: x, y: y, Name: "loss");
        Chart.Grid(new[] { line, Chart.Point<int, double, string>(x: x, y: y) }, 1, 2)
        """;

    private const string Update = """
        var shown = display(line);
        shown.Update(Chart.Bar<double, string, string>(values: y));
        """;

    /// <summary>The figure that the host reads itself, against that of the library's own way.</summary>
    private const string Compare = """
        using System.Text.Json.Nodes;
        using Microsoft.DotNet.Interactive.Formatting;
        Plotly.NET.GenericChart[] charts =
        [
            line, Chart.Grid(new[] { line, line }, 2, 1), Chart.Pie<double, string, string>(values: y), Chart.Column<double, string, string>(values: y),
            Chart.Heatmap<double, string, string, string>(zData: new[] { y, new[] { 1, double.NaN, double.PositiveInfinity } }),
            Chart.Range<int, double, string>(x: x, y: y, upper: y.Select(v => v + 1), lower: y.Select(v => v - 1), mode: Plotly.NET.StyleParam.Mode.Lines),
            Chart.Line<DateTime, decimal, string>(x: x.Select(d => new DateTime(2026, 1, d, 1, 2, 3, 450)), y: y.Select(v => (decimal)v)),
            Chart.Scatter<float, long, string>(x: new[] { 0.1f, 1e-7f }, y: new[] { 1L, 2 }, mode: Plotly.NET.StyleParam.Mode.Lines_Markers),
        ];
        static JsonNode Figure(string json) { var node = JsonNode.Parse(json); ((JsonObject)node).Remove("frames"); return node; }
        charts.Select(chart => JsonNode.DeepEquals(
            Figure(chart.ToDisplayString("application/vnd.plotly.v1+json")), Figure(Plotly.NET.GenericChart.toFigureJson(chart))))
        """;

    private const string Register = """
        using Microsoft.DotNet.Interactive.Formatting;
        class Score { public int Points = 2; }
        Formatter.Register<Score>(score => $"<b>{score.Points}</b>", "text/html");
        new Score()
        """;

    private const string Frame = """
        using Microsoft.Data.Analysis;
        new DataFrame(
            new PrimitiveDataFrameColumn<int>("Id", Enumerable.Range(0, 1000)),
            new StringDataFrameColumn("Name", Enumerable.Range(0, 1000).Select(i => i == 1 ? null : $"n{i}")))
        """;

    private const string Bitmap = """
        var bitmap = new SkiaSharp.SKBitmap(4, 3);
        using (var canvas = new SkiaSharp.SKCanvas(bitmap)) { canvas.Clear(SkiaSharp.SKColors.Red); }
        bitmap
        """;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The cells of a notebook; where its packages are out of reach, its tests are skipped.</summary>
    internal IReadOnlyList<ExecutedCell> Cells(string name)
    {
        var path = _folder["artifacts", "notebooks", $"{name}.ipynb"];
        Assert.True(File.Exists(path), _result.Output + _result.Error);
        var cells = new ExecutedNotebook(path).Cells;
        var missing = cells.SelectMany(cell => cell.Shown)
            .FirstOrDefault(line => line.Contains("(NU11", StringComparison.Ordinal) || line.Contains("(NU1301)", StringComparison.Ordinal));
        Assert.SkipWhen(missing is not null, $"No source of this machine has the packages, which a NuGet source with them would give: {missing}");
        return cells;
    }

    private void Write(string name, params string[] cells)
    {
        var notebook = new NotebookBuilder();
        foreach (var cell in cells)
            notebook.Code(cell);
        notebook.Save(_folder["notebooks"], $"{name}.ipynb");
    }
}
