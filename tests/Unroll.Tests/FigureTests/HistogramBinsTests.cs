using Unroll.Figures.Plotly;
using Unroll.Figures.Scene;

namespace Unroll.Tests.FigureTests;

/// <summary>Bins as plotly.js 4.1.2 makes them: read from <c>gd.calcdata</c> of the same figure in a browser.</summary>
public sealed class HistogramBinsTests
{
    [Fact]
    public void NumbersFallIntoPlotlysBins()
    {
        var data = Doubles(new RandomState(1).Normal(0, 1, [300]));
        var bins = HistogramBins.Of(data, atMost: null, given: null);
        Assert.Equal(-2.8, bins.Start, 12);
        Assert.Equal(0.2, bins.Size, 12);
        Assert.Equal(
            [1, 1, 1, 2, 2, 5, 3, 12, 13, 12, 23, 12, 29, 22, 28, 24, 25, 19, 21, 11, 9, 5, 7, 6, 5, 0, 2],
            bins.Heights(data, values: null, "count", ""));
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 2, 3, 3, 3, 7 }, -0.5, 2, 4)]
    [InlineData(new double[] { 5, 5, 5 }, 4.5, 1, 1)]
    [InlineData(new double[] { 1, 2 }, 0.5, 1, 2)]
    [InlineData(new double[] { 0.1, 0.2, 0.2, 0.3, 0.5 }, 0, 0.2, 3)]
    [InlineData(new double[] { 0.5, 1.5, 2.5, 3.5, 3.5, 4.5 }, 0, 2, 3)]
    [InlineData(new double[] { 10, 20, 30, 40, 50, 50 }, -0.5, 20, 3)]
    public void BinsBeginWherePlotlysDo(double[] data, double start, double size, int count)
    {
        var bins = HistogramBins.Of(data, atMost: null, given: null);
        Assert.Equal((start, size, count), (Math.Round(bins.Start, 9), Math.Round(bins.Size, 9), bins.Count));
    }

    [Fact]
    public void GivenBinsAreTaken()
    {
        var bins = HistogramBins.Of([0, 1, 2, 9], atMost: null, new Bins(Start: 0, End: 4, Size: 2));
        Assert.Equal([2, 1], bins.Heights([0, 1, 2, 9], values: null, "count", ""));
    }

    [Fact]
    public void TheNumberOfBinsHasALimit() =>
        Assert.Equal(0.5, HistogramBins.Of([.. Enumerable.Range(0, 100).Select(i => i / 40.0 + 0.01)], atMost: 5, given: null).Size, 12);

    [Theory]
    [InlineData("percent", new double[] { 75, 25 })]
    [InlineData("probability", new double[] { 0.75, 0.25 })]
    [InlineData("density", new double[] { 1.5, 0.5 })]
    [InlineData("probability density", new double[] { 0.375, 0.125 })]
    public void HeightsAreScaled(string norm, double[] expected) =>
        Assert.Equal(expected, HistogramBins.Of([0, 0, 1, 2], null, new Bins(Start: 0, End: 4, Size: 2)).Heights([0, 0, 1, 2], null, "count", norm));

    [Fact]
    public void ValuesOfABinAreTakenTogether()
    {
        var bins = HistogramBins.Of([0, 0, 3], null, new Bins(Start: 0, End: 4, Size: 2));
        Assert.Equal([3, 9], bins.Heights([0, 0, 3], [2, 4, 9], "avg", ""));
        Assert.Equal([4, 9], bins.Heights([0, 0, 3], [2, 4, 9], "max", ""));
    }

    private static double[] Doubles(Tensor tensor) => [.. tensor.ToArray().Select(value => (double)value)];
}
