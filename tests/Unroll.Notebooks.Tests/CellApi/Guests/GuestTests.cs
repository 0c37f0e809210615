using System.Text.Json.Nodes;
using Microsoft.Data.Analysis;
using Plotly.NET;
using SkiaSharp;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;
using XPlot.Plotly;

namespace Unroll.Notebooks.Tests.Guests;

/// <summary>Values of packages that are known by name, as far as that can be seen without the packages.</summary>
public sealed class GuestTests
{
    private const string Json = "application/vnd.plotly.v1+json";
    private const string Line = """{"data":[{"type":"scatter","x":[1,2],"y":[3,4]}],"layout":{"title":"T"}}""";

    private static MimeBundle Render(object value, params string[] mimeTypes) => ValueRenderer.Render(value, mimeTypes);

    [Fact]
    public void A_chart_is_sent_as_figure_picture_and_characters()
    {
        var views = Render(new DerivedChart(Line));
        Assert.Equal([Json, "text/html", "text/plain"], views.Keys);
        Assert.Equal(Line, views[Json]);
        Assert.Contains("<img alt=\"T: line; ", views["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", views["text/html"], StringComparison.Ordinal);
        Assert.StartsWith("T\n", views["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_inside_other_values_has_its_picture_there()
    {
        var views = Render(new[] { new DerivedChart(Line), new DerivedChart(Line) });
        Assert.Equal(2, views["text/html"].Split("<img ").Length - 1);
        Assert.Contains("<img ", Render(new { Chart = new DerivedChart(Line) })["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_of_a_kind_that_is_not_drawn_says_so_and_keeps_its_figure()
    {
        var views = Render(new DerivedChart("""{"data":[{"type":"surface","z":[[1]]}]}"""));
        Assert.Contains("surface", views[Json], StringComparison.Ordinal);
        Assert.Equal("Not drawn: a trace of type surface", views["text/plain"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"data":1}""")]
    public void What_is_not_a_figure_is_shown_as_any_value(string json) =>
        Assert.Equal(typeof(DerivedChart).FullName, Render(new DerivedChart(json))["text/plain"]);

    [Theory]
    [InlineData("""{"data":[{"type":"scatter","x":{"a":1},"y":"b","marker":5}],"layout":{"xaxis":[],"grid":{"rows":-1}}}""")]
    [InlineData("""{"data":[{"type":"heatmap","z":[[1],[null,"x"],5]},{"type":"bar","y":[1e308,-1e308]}],"layout":{"width":1e9}}""")]
    [InlineData("""{"data":[{}],"layout":{"annotations":[1],"template":5,"title":{"text":[1]}}}""")]
    public void No_figure_fails_its_cell(string json) =>
        Assert.Equal([Json, "text/html", "text/plain"], Render(new DerivedChart(json)).Keys);

    [Fact]
    public void The_page_of_an_XPlot_chart_gives_its_figure_and_the_same_bytes_each_time()
    {
        var chart = new PlotlyChart("""[{"type":"scatter","x":[1],"y":[2],"name":"</script>; var layout = 5;"}]""", """{"title":"T"}""");
        Assert.Equal("</script>; var layout = 5;", JsonNode.Parse(Render(chart)[Json])!["data"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("""{"title":"T"}""", JsonNode.Parse(Render(chart)[Json])!["layout"]!.ToJsonString());
        Assert.Equal(Render(chart), Render(chart));
    }

    [Fact]
    public void The_size_of_an_XPlot_chart_is_the_figures_where_somebody_set_it() => Assert.Equal(
        """{"width":300,"height":200}""",
        JsonNode.Parse(Render(new PlotlyChart("[]", "{}") { Width = 300, Height = 200 })[Json])!["layout"]!.ToJsonString());

    [Fact]
    public void A_data_frame_is_a_table()
    {
        var frame = new DataFrame(new MadeColumn("n", 2, row => row + 0.5), new MadeColumn("a<b", 1, _ => null));
        var views = Render(frame);
        Assert.Equal(["text/html", "text/plain"], views.Keys);
        Assert.Equal("index  n    a<b\n0      0.5  null\n1      1.5  null", views["text/plain"]);
        Assert.Contains("<th>a&lt;b</th>", views["text/html"], StringComparison.Ordinal);
        Assert.Equal("n,a<b\n0.5,\n1.5,\n", Render(frame, "text/csv")["text/csv"]);
    }

    [Fact]
    public void A_long_and_wide_data_frame_is_cut_and_says_so()
    {
        var columns = Enumerable.Range(0, 30).Select(i => new MadeColumn($"c{i}", 1_000_000, row => row)).ToArray();
        var lines = Render(new DataFrame(columns))["text/plain"].Split('\n');
        Assert.Equal(102, lines.Length);
        Assert.Equal("the first 100 of 1,000,000 rows, the first 20 of 30 columns", lines[^1]);
        Assert.EndsWith("c19", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_frame_without_columns_says_so() =>
        Assert.Equal("DataFrame without columns", Render(new DataFrame())["text/plain"]);

    [Fact]
    public void A_bitmap_that_was_disposed_is_not_read() =>
        Assert.Equal("SKBitmap (disposed)", Render(new SKBitmap(), "text/plain")["text/plain"]);

    [Fact]
    public void A_bitmap_of_a_library_with_other_members_is_named_with_its_size() =>
        Assert.Equal(KeyValuePair.Create("text/plain", "SKBitmap, 2 × 3 pixels"), Assert.Single(Render(new SKBitmap { Handle = 1 })));
}
