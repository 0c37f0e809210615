using System.Globalization;
using System.Xml.Linq;
using Unroll.Figures.Scene;
using Unroll.Figures.Svg;

namespace Unroll.Tests.FigureTests;

/// <summary>Looks at the texts of a picture with the widths that the picture was made with.</summary>
internal static class SvgText
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Fails where the picture is not well-formed, does not say what it is, or a text meets another or leaves it.</summary>
    public static XElement Check(string svg)
    {
        var picture = XDocument.Parse(svg).Root!;
        Assert.Equal("img", picture.Attribute("role")?.Value);
        Assert.Equal(Svg + "title", picture.Elements().First().Name);
        Assert.True(picture.Element(Svg + "title")!.Value.Length > 0);
        Assert.True(picture.Element(Svg + "desc")!.Value.Length > 0);
        Assert.DoesNotContain(picture.Descendants().Attributes(), attribute => attribute.Name == "id");
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        var (width, height) = (Number(picture, "width"), Number(picture, "height"));
        var texts = picture.Descendants(Svg + "text").Where(text => text.Ancestors(Svg + "svg").Count() == 1).Select(text => (text.Value, Box: BoxOf(text))).ToArray();
        foreach (var (text, box) in texts)
            Assert.True(box.X >= -1 && box.Y >= -1 && box.Right <= width + 1 && box.Bottom <= height + 1, $"{text} leaves the picture: {box}");
        for (var i = 0; i < texts.Length; i++)
            for (var j = 0; j < i; j++)
                Assert.False(texts[i].Box.Meets(texts[j].Box), $"{texts[i]} meets {texts[j]}");
        return picture;
    }

    public static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static Box BoxOf(XElement text)
    {
        var (left, top) = (0.0, 0.0);
        foreach (var group in text.Ancestors(Svg + "g"))
        {
            if (group.Attribute("transform") is not { } moved)
                continue;
            var by = Numbers(moved.Value);
            (left, top) = (left + by[0], top + by[1]);
        }

        var size = text.Attribute("font-size") is { } given ? double.Parse(given.Value, CultureInfo.InvariantCulture) : 11;
        var width = TextMetrics.Width(text.Value, size, text.Attribute("font-weight") is not null);
        if (text.Attribute("transform") is { } transform)
        {
            // Along the y axis: turned by a quarter around its middle.
            var place = Numbers(transform.Value);
            return new Box(place[0] - size * 0.95, place[1] - width / 2, size * 1.2, width);
        }

        var x = left + Number(text, "x") - text.Attribute("text-anchor")?.Value switch { "middle" => width / 2, "end" => width, _ => 0 };
        return new Box(x, top + Number(text, "y") - size * 0.9, width, size * 1.1);
    }

    private static double[] Numbers(string transform) =>
        [.. transform.Split('(', ')')[1].Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
