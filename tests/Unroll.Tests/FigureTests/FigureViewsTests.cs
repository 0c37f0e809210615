using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Unroll.Figures;

namespace Unroll.Tests.FigureTests;

public sealed class FigureViewsTests
{
    [Fact]
    public void ANotebookGetsJsonHtmlAndText()
    {
        var chart = SampleFigures.Line([0, 1], [0, 1], new { title = SampleFigures.Text("a < b") });
        var attribute = typeof(Figure).GetCustomAttribute<TypeFormatterSourceAttribute>()!;
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], attribute.PreferredMimeTypes);
        var views = FigureFormatters.CreateTypeFormatters().Cast<FigureFormatters.Formatter>().ToDictionary(one => one.MimeType, one => View(one, chart), StringComparer.Ordinal);
        Assert.Equal(chart.ToJson(), JsonNode.Parse(views["application/vnd.plotly.v1+json"])!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.StartsWith("<div class=\"unroll-plot\"", views["text/html"], StringComparison.Ordinal);
        var picture = Encoding.UTF8.GetString(Convert.FromBase64String(views["text/html"].Split("src=\"data:image/svg+xml;base64,")[1].Split('"')[0]));
        Assert.Equal(Drawn(chart.ToSvg()), Drawn(picture));
        Assert.Contains("<img alt=\"a &lt; b: line; x axis from 0 to 1, y axis from ", views["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", views["text/html"], StringComparison.Ordinal);
        Assert.Contains("\"text\":\"a \\u003c b\"", views["text/html"], StringComparison.Ordinal);
        Assert.StartsWith("a < b\n", views["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void TheHtmlLoadsNothing()
    {
        var html = SampleFigures.Line([0], [0]).ToHtml();
        Assert.Equal(["data:image/svg+xml"], html.Split("src=\"").Skip(1).Select(part => part.Split(';')[0]), StringComparer.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AFigureOfOtherKindsSaysWhatItIsAndHasNoAxes()
    {
        var pie = Figure.FromJson("""{"data":[{"type":"pie","values":[1,2]}],"layout":{"title":"Shares"}}""");
        Assert.Contains(">Not drawn without plotly.js: a trace of type pie</text>", pie.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("<desc>pie</desc>", pie.ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain("<path", pie.ToSvg(), StringComparison.Ordinal);
        Assert.Equal("Shares\nNot drawn: a trace of type pie", pie.ToText());
    }

    /// <summary>Plotly for Python writes its arrays so since version 6.</summary>
    [Fact]
    public void NumbersThatAreBytesAreDrawnAsTheNumbers()
    {
        var bytes = Convert.ToBase64String([.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(2.5), .. BitConverter.GetBytes(double.NaN), .. BitConverter.GetBytes(0.5)]);
        var typed = Figure.FromJson(
            $$$"""{"data":[{"y":{"dtype":"f8","bdata":"{{{bytes}}}"}},{"type":"heatmap","z":{"dtype":"u1","bdata":"AQIDBA==","shape":"2, 2"}}]}""");
        var plain = Figure.FromJson("""{"data":[{"y":[1.5,2.5,"NaN",0.5]},{"type":"heatmap","z":[[1,2],[3,4]]}]}""");
        Assert.Equal(plain.ToSvg(), typed.ToSvg());
        Assert.Contains(bytes, typed.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void ATemplateGivesItsColoursAndAnEmptyPatternIsNone()
    {
        var svg = Figure.FromJson(
            """{"data":[{"type":"bar","y":[1],"marker":{"pattern":{}},"error_y":{}}],"layout":{"template":{"layout":{"colorway":["#123456"]}}}}""").ToSvg();
        Assert.Contains("#123456", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Not drawn", svg, StringComparison.Ordinal);
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
        SampleFigures.Line([0, 10], [-1, 21], new { title = SampleFigures.Text("Title"), xaxis = SampleFigures.Titled("step") }, name: "up").ToString());

    [Fact]
    public void AHeatMapInShades() => Assert.Equal(
        "0   ░░▒▒\n1 ▓▓████\n  0  ░▒▓█ 5",
        SampleFigures.Matrix(Tensor.Of([0, 1, 2, 3, 4, 5]).Reshape(2, 3)).ToString());

    [Fact]
    public void FilesAreWrittenWholeOrNotAtAll()
    {
        var folder = Directory.CreateTempSubdirectory("unroll-figures");
        try
        {
            var chart = SampleFigures.Line([0, 1], [0, 1]);
            var path = Path.Combine(folder.FullName, "figure");
            chart.SaveSvg(path);
            Assert.Equal(chart.ToSvg(), File.ReadAllText(path + ".svg"));
            Assert.Throws<DirectoryNotFoundException>(() => chart.SaveSvg(Path.Combine(folder.FullName, "missing", "figure")));

            // A folder of the file's name cannot be replaced; nothing else is left.
            Directory.CreateDirectory(path + "2.svg");
            Assert.ThrowsAny<SystemException>(() => chart.SaveSvg(path + "2.svg"));
            Assert.Equal(["figure.svg"], folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string View(FigureFormatters.Formatter formatter, object value)
    {
        using var writer = new StringWriter();
        Assert.True(formatter.Format(value, writer));
        return writer.ToString();
    }

    /// <summary>A picture without what says what it is and how it is styled.</summary>
    private static string Drawn(string svg) => svg[svg.IndexOf("<rect class=\"paper\"", StringComparison.Ordinal)..];
}
