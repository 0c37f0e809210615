using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Guests;

/// <summary>Plotly.NET, XPlot, Microsoft.Data.Analysis and SkiaSharp, as they are.</summary>
public sealed class ChartTests(ChartScenario scenario) : IClassFixture<ChartScenario>
{
    private static readonly string[] ChartViews = ["application/vnd.plotly.v1+json", "text/html", "text/plain"];

    private static string[] Views(ExecutedCell cell) =>
        [.. cell.Outputs[0]["data"]!.AsObject().Select(view => view.Key)];

    private static string Text(ExecutedCell cell, string view)
    {
        var data = cell.Outputs[0]["data"]![view];
        return data is JsonArray lines ? string.Concat(lines.Select(line => line!.GetValue<string>())) : data!.ToString();
    }

    [Theory]
    [InlineData("plotly-first", 1, 3, 4, 5)]
    [InlineData("xplot-first", 1, 3, 4)]
    public void Charts_of_both_libraries_are_charts_in_either_order(string notebook, params int[] cells) => Assert.All(cells, number =>
    {
        var cell = scenario.Cells(notebook)[number];
        Assert.Equal(ChartViews, Views(cell));
        Assert.Contains("<img alt=\"", Text(cell, "text/html"), StringComparison.Ordinal);
        Assert.Contains("***", Text(cell, "text/plain"), StringComparison.Ordinal);
    });

    [Fact]
    public void Two_runs_end_in_the_same_bytes() => Assert.Equal(
        scenario.Cells("plotly-first").SelectMany(cell => cell.Shown), scenario.Cells("plotly-first-again").SelectMany(cell => cell.Shown));

    [Fact]
    public void A_grid_is_two_subplots() =>
        Assert.Contains("2 subplots", Text(scenario.Cells("plotly-first")[5], "text/html"), StringComparison.Ordinal);

    [Fact]
    public void An_update_replaces_the_chart()
    {
        var cell = scenario.Cells("plotly-first")[6];
        Assert.Single(cell.Outputs);
        Assert.Contains("\"bar\"", cell.Outputs[0].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_figure_is_what_the_library_itself_would_write() => Assert.Equal(
        $"[{string.Join(", ", Enumerable.Repeat("True", 8))}]", Text(scenario.Cells("plotly-first")[7], "text/plain"));

    [Fact]
    public void A_list_of_charts_shows_each() =>
        Assert.Equal(2, Text(scenario.Cells("plotly-first")[8], "text/html").Split("<img ").Length - 1);

    [Fact]
    public void A_chart_that_is_not_drawn_here_says_so() =>
        Assert.Equal("Not drawn: a trace of type surface", Text(scenario.Cells("plotly-first")[9], "text/plain"));

    [Fact]
    public void A_data_frame_is_a_table_that_says_where_it_is_cut()
    {
        var lines = Text(scenario.Cells("values")[1], "text/plain").Split('\n');
        Assert.Equal(["index  Id  Name", "0      0   n0", "1      1   null"], lines[..3]);
        Assert.Equal("the first 100 of 1,000 rows, all 2 columns", lines[^1]);
    }

    [Fact]
    public void Bitmaps_and_images_are_pictures()
    {
        var cells = scenario.Cells("values");
        Assert.Equal(["image/png", "text/plain"], Views(cells[2]));
        Assert.Equal("SKBitmap, 4 × 3 pixels", Text(cells[2], "text/plain"));
        Assert.StartsWith("iVBORw0KGgo", Text(cells[3], "image/png"), StringComparison.Ordinal);
        Assert.Contains("(disposed)", Text(cells[4], "text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public void After_an_extension_of_NET_Interactive_the_hosts_own_API_is_there_and_charts_are_shown()
    {
        var cells = scenario.Cells("extension");
        Assert.Equal(
            "Packages: Plotly.NET.Interactive, 6.0.0; Plotly.NET.CSharp, 0.14.0\n"
            + "Microsoft.DotNet.Interactive is not loaded: this host stands in for it, and Kernel, Formatter, PocketView and display are its own.\n"
            + "Plotly.NET.Interactive brings an extension of .NET Interactive, which is not needed here: this host shows charts of Plotly.NET by itself.",
            Text(cells[0], "text/plain"));
        Assert.Equal("<b>2</b>", Text(cells[1], "text/html"));
        Assert.Equal("<b>bold</b>", Text(cells[2], "text/html"));
        Assert.Equal(ChartViews, Views(cells[3]));
    }
}
