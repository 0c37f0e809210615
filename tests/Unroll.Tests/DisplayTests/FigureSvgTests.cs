using System.Globalization;
using System.Xml.Linq;
using Unroll.Display;

namespace Unroll.Tests.DisplayTests;

public sealed class FigureSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names() => [.. SampleFigures.All().Keys, .. SampleFigures.Odd().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void APictureIsWellFormedAndSaysWhatItIs(string name)
    {
        var picture = Picture(name);
        Assert.Equal("img", picture.Attribute("role")?.Value);
        Assert.Equal(Svg + "title", picture.Elements().First().Name);
        Assert.True(picture.Element(Svg + "title")!.Value.Length > 0);
        Assert.True(picture.Element(Svg + "desc")!.Value.Length > 0);
        Assert.DoesNotContain(picture.Descendants().Attributes(), attribute => attribute.Name == "id");
        Assert.DoesNotContain("NaN", picture.ToString(), StringComparison.Ordinal);
        Assert.Equal(Figure(name).ToSvg(), Figure(name).ToSvg());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoTextMeetsAnotherOrLeavesThePicture(string name)
    {
        var picture = Picture(name);
        var (width, height) = (Number(picture, "width"), Number(picture, "height"));
        var texts = picture.Elements(Svg + "text").Select(text => (text.Value, Box: BoxOf(text))).ToArray();
        foreach (var (text, box) in texts)
            Assert.True(box.X >= -1 && box.Y >= -1 && box.Right <= width + 1 && box.Bottom <= height + 1, $"{text} leaves the picture: {box}");
        for (var i = 0; i < texts.Length; i++)
            for (var j = 0; j < i; j++)
                Assert.False(texts[i].Box.Meets(texts[j].Box), $"{texts[i]} meets {texts[j]}");
    }

    [Fact]
    public void EverySpotOfTheDataIsInThePicture()
    {
        var svg = Chart.Point([1, 2, 3], [1, 4, 9]).ToSvg();
        Assert.Contains("<title>(1, 1)</title>", svg, StringComparison.Ordinal);
        Assert.Contains("<title>(3, 9)</title>", svg, StringComparison.Ordinal);
        Assert.Equal(3, svg.Split("<circle").Length - 1);
    }

    [Fact]
    public void ALineGoesWhereItsNumbersAre()
    {
        // The plot's lower left is the origin: x tight, y with a twentieth of its range below and above.
        var path = Picture(Chart.Line([0, 10], [0, 20])).Descendants(Svg + "path").First(element => element.Attribute("stroke-linejoin") is not null);
        var inner = path.Ancestors(Svg + "svg").First();
        var (width, height) = (Number(inner, "width"), Number(inner, "height"));
        var numbers = path.Attribute("d")!.Value.Split('M', 'L', ' ').Where(word => word.Length > 0).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal([0, height * 21 / 22, width, height / 22], numbers, (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void AHeatMapHasTheColoursOfItsScale()
    {
        var svg = Chart.Heatmap(Tensor.Of([0, 1]).Reshape(1, 2)).ToSvg();
        Assert.Contains("fill=\"#440154\"><title>0, 0: 0</title>", svg, StringComparison.Ordinal);
        Assert.Contains("fill=\"#fde725\"><title>1, 0: 1</title>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotDrawnIsSaid() =>
        Assert.Contains("Not drawn without plotly.js: a trace of type box", SampleFigures.Odd()["box"].ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void TextOfOthersStaysText()
    {
        var chart = Chart.Line([1, 2], [1, 2], Name: "</svg><script>alert(1)</script>", LineColor: Color.fromString("red\"/><script>")).WithTitle("<script>x</script>");
        var svg = chart.WithLegend(true).ToSvg();
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        XDocument.Parse(svg);
    }

    [Fact]
    public void ManyPointsMakeASmallPicture() =>
        Assert.InRange(Chart.Line(Enumerable.Range(0, 100_000), Enumerable.Range(0, 100_000).Select(i => Math.Sin(i))).ToSvg().Length, 1000, 70_000);

    private static GenericChart Figure(string name) => SampleFigures.All().GetValueOrDefault(name) ?? SampleFigures.Odd()[name];

    private static XElement Picture(string name) => Picture(Figure(name));

    private static XElement Picture(GenericChart chart) => XDocument.Parse(chart.ToSvg()).Root!;

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static Box BoxOf(XElement text)
    {
        var size = text.Attribute("font-size") is { } given ? double.Parse(given.Value, CultureInfo.InvariantCulture) : 11;
        var width = TextMetrics.Width(text.Value, size, text.Attribute("font-weight") is not null);
        if (text.Attribute("transform") is { } transform)
        {
            // Along the y axis: turned by a quarter around its middle.
            var place = transform.Value.Split('(', ')')[1].Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            return new Box(place[0] - size * 0.95, place[1] - width / 2, size * 1.2, width);
        }

        var x = Number(text, "x") - text.Attribute("text-anchor")?.Value switch { "middle" => width / 2, "end" => width, _ => 0 };
        return new Box(x, Number(text, "y") - size * 0.9, width, size * 1.1);
    }
}
