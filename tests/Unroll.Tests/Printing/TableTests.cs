using System.Text.Json.Nodes;
using System.Xml.Linq;
using Unroll.Figures.Svg;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.Printing;

public sealed class TableTests
{
    [Theory]
    [InlineData(new[] { 2, 9, 3 }, "batch 2, time 9, features 3")]
    [InlineData(new[] { 1, 4 }, "1 row, 4 columns")]
    [InlineData(new[] { 1 }, "1 number")]
    [InlineData(new int[0], "one number")]
    [InlineData(new[] { 2, 0 }, "no numbers")]
    [InlineData(new[] { 2, 3, 4, 5 }, "4 axes, 120 numbers")]
    public void AShapeIsSaidInWords(int[] shape, string words)
    {
        Assert.Equal(words, TensorTable.InWords(shape));
        Assert.Contains($"</code> {words}</div>", TensorTable.Write(Tensor.Zeros(shape)), StringComparison.Ordinal);
    }

    [Fact]
    public void EachElementOfTheBatchHasAPage()
    {
        var html = Read(Tensor.Of([1, -2, 3, 4, 5, 6, 7, 8]).Reshape(2, 2, 2));
        var pages = html.Elements("details").ToArray();
        Assert.Equal(["[0]", "[1]"], pages.Select(page => page.Element("summary")!.Value), StringComparer.Ordinal);
        Assert.Equal([true, false], pages.Select(page => page.Attribute("open") is not null));
        Assert.Equal(["time ↓ features →", "0", "1", "0", "1", "-2", "1", "3", "4"], pages[0].Descendants().Where(cell => cell.Name == "th" || cell.Name == "td").Select(cell => cell.Value), StringComparer.Ordinal);
    }

    [Fact]
    public void ColoursGoFromFarBelowZeroToFarAbove()
    {
        var cells = Read(Tensor.Of([-1, -0.3, 0, 0.3, 1, float.NaN])).Descendants("td").ToArray();
        Assert.Equal(["v0", "v2", "v5", "v8", "v10", "n"], cells.Select(cell => cell.Attribute("class")!.Value), StringComparer.Ordinal);
        Assert.Equal("nan", cells[^1].Value);
    }

    [Fact]
    public void ANumberHasOneColourInAllTables()
    {
        var alone = Read(Tensor.Of([-0.2903])).Descendants("td").Single();
        var beside = Read(Tensor.Of([0.0848, -0.2903, 0.9])).Descendants("td").ElementAt(1);
        Assert.Equal(alone.ToString(), beside.ToString());
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1)]
    [InlineData(1e6)]
    public void NumbersOfAnySizeHaveColours(double size) => Assert.Equal(
        ["v0", "v10"], Read(Tensor.Of([-size, size])).Descendants("td").Select(cell => cell.Attribute("class")!.Value), StringComparer.Ordinal);

    [Fact]
    public void TheColoursAreThoseOfPictures()
    {
        var scale = new JsonArray([.. Palette.Diverging.Select(stop => (JsonNode)new JsonArray(stop.At, stop.Color))]);
        var ramp = ColorRamp.Of(scale, reversed: false)!;
        var style = Read(Tensor.Ones(1)).Element("style")!.Value;
        for (var level = 0; level <= 10; level++)
            Assert.Contains($".v{level}{{background:{ramp.At(0.22 + 0.056 * level)}}}", style, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1f, 20f }, "1,20")]
    [InlineData(new[] { 0.5f, -1.23456f }, "0.5000,-1.2346")]
    [InlineData(new[] { 0.5e7f, 0.25f }, "5.0000e+06,2.5000e-01")]
    [InlineData(new[] { 1e-4f, 2e-5f }, "1.0000e-04,2.0000e-05")]
    public void AllNumbersHaveAsManyDigits(float[] numbers, string expected) =>
        Assert.Equal(expected, string.Join(',', Read(Tensor.Of([.. numbers.Select(number => (double)number)])).Descendants("td").Select(cell => cell.Value)));

    [Fact]
    public void ALargeTensorShowsItsEdges()
    {
        var html = Read(Tensor.Ones(40, 30, 20));
        Assert.Equal(6, html.Elements("details").Count());
        Assert.Contains("⋯ 34 more, not shown", html.Value, StringComparison.Ordinal);
        Assert.Equal(6 * 36, html.Descendants("td").Count());
        Assert.InRange(TensorTable.Write(Tensor.Ones(1000, 1000)).Length, 500, 5000);
    }

    [Fact]
    public void AMatrixThatFillsThePageIsFolded()
    {
        Assert.Empty(Read(Tensor.Ones(10, 10)).Elements("details"));
        var folded = Assert.Single(Read(Tensor.Ones(30, 30)).Elements("details"));
        Assert.Null(folded.Attribute("open"));
        Assert.Equal(900, folded.Descendants("td").Count());
    }

    [Fact]
    public void ASummaryIsATable()
    {
        var model = new Sequential([new LSTM(8, inputShape: [9, 3], name: "lstm<1>"), new Dense(1, name: "dense")], name: "m");
        var html = XElement.Parse(SummaryHtml.Write(model));
        Assert.Equal(
            [["Layer (type)", "Output Shape", "Param #"], ["lstm<1> (LSTM)", "(None, 8)", "384"], ["dense (Dense)", "(None, 1)", "9"], ["Total params: 393"], ["Trainable params: 393"], ["Non-trainable params: 0"]],
            html.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray()));
    }

    [Fact]
    public void ASummaryOfBranchesSaysWhatEachLayerReads()
    {
        var x = new Input([3], name: "x");
        var model = new Model(x, new Add(name: "sum").Apply([new Dense(2, name: "a").Apply(x), new Dense(2, name: "b").Apply(x)]));
        Assert.Contains("<td>['a[0][0]', 'b[0][0]']</td>", SummaryHtml.Write(model), StringComparison.Ordinal);
    }

    private static XElement Read(Tensor tensor) => XElement.Parse(TensorTable.Write(tensor).Replace("<details open>", "<details open=\"\">", StringComparison.Ordinal));
}
