using System.Globalization;
using System.Xml.Linq;
using Unroll.Figures;

namespace Unroll.Tests.FigureTests;

public sealed class FigureSvgTests
{
    public static TheoryData<string> Names() => [.. SampleFigures.All().Keys, .. SampleFigures.Odd().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void APictureIsWellFormedAndItsTextsHaveRoom(string name)
    {
        SvgText.Check(Figure(name).ToSvg());
        Assert.Equal(Figure(name).ToSvg(), Figure(name).ToSvg());
    }

    [Fact]
    public void EverySpotOfTheDataIsInThePicture()
    {
        var svg = SampleFigures.Of([new { type = "scatter", x = new[] { 1, 2, 3 }, y = new[] { 1, 4, 9 }, mode = "markers" }]).ToSvg();
        Assert.Contains("<title>(1, 1)</title>", svg, StringComparison.Ordinal);
        Assert.Contains("<title>(3, 9)</title>", svg, StringComparison.Ordinal);
        Assert.Equal(3, svg.Split("<circle").Length - 1);
    }

    [Fact]
    public void ALineGoesWhereItsNumbersAre()
    {
        // The plot's lower left is the origin: x tight, y with a twentieth of its range below and above.
        var path = Picture(SampleFigures.Line([0, 10], [0, 20])).Descendants(SvgText.Svg + "path").First(element => element.Attribute("stroke-linejoin") is not null);
        var inner = path.Ancestors(SvgText.Svg + "svg").First();
        var (width, height) = (SvgText.Number(inner, "width"), SvgText.Number(inner, "height"));
        var numbers = path.Attribute("d")!.Value.Split('M', 'L', ' ').Where(word => word.Length > 0).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal([0, height * 21 / 22, width, height / 22], numbers, (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void AHeatMapHasTheColoursOfItsScale()
    {
        var svg = SampleFigures.Matrix(Tensor.Of([0, 1]).Reshape(1, 2)).ToSvg();
        Assert.Contains("fill=\"#440154\"><title>0, 0: 0</title>", svg, StringComparison.Ordinal);
        Assert.Contains("fill=\"#fde725\"><title>1, 0: 1</title>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyCellsAreDrawnTogether()
    {
        var svg = SampleFigures.Matrix(Tensor.Of([0, 1]).Reshape(1, 2).BroadcastTo([200, 2])).ToSvg();
        Assert.DoesNotContain("<title>0, 0: 0</title>", svg, StringComparison.Ordinal);
        Assert.Contains("<image ", svg, StringComparison.Ordinal);
        Assert.InRange(svg.Length, 2000, 20_000);
    }

    [Fact]
    public void WhatIsNotDrawnIsSaid() =>
        Assert.Contains("Not drawn without plotly.js: a trace of type box", SampleFigures.Odd()["box"].ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void TextOfOthersStaysText()
    {
        var svg = SampleFigures.Of(
            [new { type = "scatter", x = new[] { 1, 2 }, y = new[] { 1, 2 }, mode = "lines", name = "</svg><script>alert(1)</script>", line = new { color = "red\"/><script>" } }],
            new { title = SampleFigures.Text("<script>x</script>"), showlegend = true }).ToSvg();
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        XDocument.Parse(svg);
    }

    [Fact]
    public void ManyPointsMakeASmallPicture() =>
        Assert.InRange(SampleFigures.Line(Enumerable.Range(0, 100_000), Enumerable.Range(0, 100_000).Select(i => Math.Sin(i))).ToSvg().Length, 1000, 70_000);

    private static Figure Figure(string name) => SampleFigures.All().GetValueOrDefault(name) ?? SampleFigures.Odd()[name];

    private static XElement Picture(Figure chart) => XDocument.Parse(chart.ToSvg()).Root!;
}
