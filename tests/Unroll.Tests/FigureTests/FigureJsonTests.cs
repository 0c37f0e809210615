using Unroll.Figures;
using Unroll.Figures.Plotly;

namespace Unroll.Tests.FigureTests;

public sealed class FigureJsonTests
{
    [Fact]
    public void WhatIsNotReadIsKept()
    {
        const string json = """{"data":[{"type":"violin","y":[1,2],"meanline":{"visible":true}},{"x":[1],"unheard":"of"}],"layout":{"title":"old","polar":{}},"config":{"scrollZoom":true},"frames":[]}""";
        var figure = Figure.FromJson(json);
        Assert.Equal(json, figure.ToJson());
        Assert.IsType<OtherSeries>(figure.Data.Series[0]);
        Assert.IsType<Scatter>(figure.Data.Series[1]);
        Assert.Equal("old", figure.Data.Layout.Title);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryFigureComesBackFromItsJson(string name)
    {
        var json = SampleFigures.All()[name].ToJson();
        var back = Figure.FromJson(json);
        Assert.Equal(json, back.ToJson());
        Assert.Equal(SampleFigures.All()[name].ToSvg(), back.ToSvg());
    }

    public static TheoryData<string> Names() => [.. SampleFigures.All().Keys];

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"data":{}}""")]
    [InlineData("""{"data":[1]}""")]
    [InlineData("""{"layout":[]}""")]
    public void WhatIsNotAFigureIsRefused(string json) => Assert.Throws<ArgumentException>(() => Figure.FromJson(json));
}
