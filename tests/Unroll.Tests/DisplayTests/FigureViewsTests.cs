using System.Reflection;
using System.Text.Json.Nodes;
using Unroll.Display;

namespace Unroll.Tests.DisplayTests;

public sealed class FigureViewsTests
{
    [Fact]
    public void ANotebookGetsJsonHtmlAndText()
    {
        var chart = Chart.Line([0, 1], [0, 1]).WithTitle("a < b");
        var attribute = typeof(GenericChart).GetCustomAttribute<TypeFormatterSourceAttribute>()!;
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], attribute.PreferredMimeTypes);
        var views = ChartFormatters.CreateTypeFormatters().Cast<Formatter>().ToDictionary(one => one.MimeType, one => View(one, chart), StringComparer.Ordinal);
        Assert.Equal(chart.ToJson(), JsonNode.Parse(views["application/vnd.plotly.v1+json"])!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.StartsWith("<div class=\"unroll-plot\"", views["text/html"], StringComparison.Ordinal);
        Assert.Contains(chart.ToSvg(), views["text/html"], StringComparison.Ordinal);
        Assert.Contains("\"text\":\"a \\u003c b\"", views["text/html"], StringComparison.Ordinal);
        Assert.StartsWith("a < b\n", views["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void TheHtmlLoadsNothing()
    {
        var html = Chart.Line([0], [0]).ToHtml();
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ALineInCharacters() => Assert.Equal(
        """
        Title
           │
        20 ┤                                                      ******
           │                                                ******
           │                                          ******
           │                                    ******
           │                              ******
        10 ┤                         ******
           │                   ******
           │             ******
           │       ******
         0 ┤*******
           │
           └────────────────────────────────────────────────────────────
            0           2           4          6           8          10
            step
        * up
        """.ReplaceLineEndings("\n"),
        Chart.Line([0, 10], [-1, 21], Name: "up").WithTitle("Title").WithXAxisStyle("step").ToString());

    [Fact]
    public void AHeatMapInShades() => Assert.Equal(
        "0   ░░▒▒\n1 ▓▓████\n  0  ░▒▓█ 5",
        Chart.Heatmap(Tensor.Of([0, 1, 2, 3, 4, 5]).Reshape(2, 3)).ToString());

    [Fact]
    public void FilesAreWrittenWholeOrNotAtAll()
    {
        var folder = Directory.CreateTempSubdirectory("unroll-figures");
        try
        {
            var chart = Chart.Line([0, 1], [0, 1]).WithTitle("Saved");
            var path = Path.Combine(folder.FullName, "figure");
            chart.SaveSvg(path);
            chart.SaveHtml(path + ".html");
            chart.SaveJson(path);
            Assert.Equal(chart.ToSvg(), File.ReadAllText(path + ".svg"));
            Assert.Contains("<title>Saved</title>", File.ReadAllText(path + ".html"), StringComparison.Ordinal);
            Assert.Equal(chart.ToJson(), GenericChart.FromJson(File.ReadAllText(path + ".json")).ToJson());
            Assert.Throws<DirectoryNotFoundException>(() => chart.SaveSvg(Path.Combine(folder.FullName, "missing", "figure")));

            // A folder of the file's name cannot be replaced; nothing else is left behind.
            Directory.CreateDirectory(path + "2.svg");
            Assert.ThrowsAny<SystemException>(() => chart.SaveSvg(path + "2.svg"));
            Assert.Equal(["figure.html", "figure.json", "figure.svg"], folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string View(Formatter formatter, object value)
    {
        using var writer = new StringWriter();
        Assert.True(formatter.Format(value, writer));
        return writer.ToString();
    }
}
