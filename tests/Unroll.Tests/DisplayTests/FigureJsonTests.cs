using System.Text.Json.Nodes;
using Unroll.Display;

namespace Unroll.Tests.DisplayTests;

public sealed class FigureJsonTests
{
    [Fact]
    public void AFigureIsPlotlysJson()
    {
        var chart = Chart.Line([0, 1], [0.5f, float.NaN], Name: "loss", LineDash: StyleParam.DrawingStyle.Dash)
            .WithTitle("Training").WithXAxisStyle("epoch").WithSize(300, 200);
        Assert.Equal(
            """{"data":[{"type":"scatter","x":[0,1],"y":[0.5,null],"mode":"lines","name":"loss","line":{"dash":"dash"}}],"layout":{"colorway":["#0072B2","#D55E00","#009E73","#CC79A7","#E69F00","#56B4E9","#8C8C8C"],"title":{"text":"Training"},"xaxis":{"title":{"text":"epoch"}},"width":300,"height":200}}""",
            chart.ToJson());
    }

    [Fact]
    public void WhatHasNoPropertyIsKept()
    {
        const string json = """{"data":[{"type":"violin","y":[1,2],"meanline":{"visible":true}},{"x":[1],"unheard":"of"}],"layout":{"title":"old","polar":{}},"config":{"scrollZoom":true},"frames":[]}""";
        var chart = GenericChart.FromJson(json);
        Assert.Equal(json, chart.ToJson());
        Assert.IsType<OtherTrace>(chart.GetTraces()[0]);
        Assert.IsType<Scatter>(chart.GetTraces()[1]);
        Assert.Equal("old", chart.GetLayout().title?.text);
        Assert.Contains("\"config\":{\"scrollZoom\":true}", chart.WithTitle("new").ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryFigureComesBackFromItsJson(string name)
    {
        var json = SampleFigures.All()[name].ToJson();
        var back = GenericChart.FromJson(json);
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
    public void WhatIsNoFigureIsRefused(string json) => Assert.Throws<ArgumentException>(() => GenericChart.FromJson(json));

    [Fact]
    public void PropertiesAreViewsOfTheJson()
    {
        var trace = new Scatter { y = new[] { 1, 2 }, marker = new Marker { size = 4 } };
        trace.marker!.color = "red";
        trace["hovertemplate"] = "%{y}";
        Assert.Equal("""{"type":"scatter","y":[1,2],"marker":{"size":4,"color":"red"},"hovertemplate":"%{y}"}""", trace.ToJson());
        Assert.Equal([1.0, 2.0], trace.y!.Cast<object>());
        trace.marker = null;
        Assert.False(trace.ToJson().Contains("marker", StringComparison.Ordinal));
    }

    [Fact]
    public void ArgumentsBecomePlotlysWords()
    {
        var trace = Chart.Scatter<int, int, string>(
            [1], [2], StyleParam.Mode.Lines_Markers, Text: "t", TextPosition: StyleParam.TextPosition.TopLeft, MarkerColor: Color.fromRGB(1, 2, 3),
            MarkerSymbol: StyleParam.MarkerSymbol.TriangleUp, Fill: StyleParam.Fill.ToZero_y, Orientation: StyleParam.Orientation.Horizontal, UseWebGL: true).GetTraces()[0];
        Assert.Equal(
            """{"type":"scattergl","x":[1],"y":[2],"mode":"lines+markers","text":"t","textposition":"top left","orientation":"h","fill":"tozeroy","marker":{"color":"rgb(1,2,3)","symbol":"triangle-up"}}""",
            trace.ToJson());
        var histogram = Chart.Histogram<double, double, string>(Y: new[] { 1.0 }, HistNorm: StyleParam.HistNorm.ProbabilityDensity).GetTraces()[0];
        Assert.Equal("""{"type":"histogram","y":[1],"histnorm":"probability density"}""", histogram.ToJson());
        var columns = Chart.Column<int, string, string>([1], Keys: new[] { "a" }, MarkerPatternShape: StyleParam.PatternShape.DiagonalAscending).GetTraces()[0];
        Assert.Equal("""{"type":"bar","orientation":"v","x":["a"],"y":[1],"marker":{"pattern":{"shape":"/"}}}""", columns.ToJson());
    }

    [Fact]
    public void WithoutDefaultsThereAreNone() =>
        Assert.Equal("{}", Chart.Line<int, int, string>([1], [2], UseDefaults: false).GetLayout().ToJson());

    [Fact]
    public void AnArgumentThatPlotlyHasNotIsRefused()
    {
        Assert.Throws<NotSupportedException>(() => Chart.Line<int, int, string>([1], [2], LineColorScale: StyleParam.Colorscale.Viridis));
        Assert.Throws<NotSupportedException>(() => Chart.Heatmap<int, int, int, string>([[1]], UseWebGL: true));
        Assert.Throws<NotSupportedException>(() => new Scatter { x = new object[] { new() } });
    }

    [Fact]
    public void ChangesLeaveTheOldFigureAlone()
    {
        var chart = Chart.Line([1], [2]);
        var before = chart.ToJson();
        chart.WithTitle("t").WithTraceInfo(Name: "n").WithLine(new Line { width = 4 });
        Assert.Equal(before, chart.ToJson());
        Assert.Equal("""{"width":4}""", chart.WithLine(new Line { width = 4 }).GetTraces()[0]["line"]!.ToJsonString());
    }

    [Fact]
    public void AGridGivesEachFigureItsAxes()
    {
        var line = Chart.Line([1], [2]).WithXAxisStyle("x").WithYAxisStyle("y");
        var own = Chart.Grid([line, line, line], 2, 2, SubPlotTitles: new[] { "a", "b", "c" });
        Assert.Equal(["x", "x2", "x3"], own.GetTraces().Select(trace => trace.xaxis!), StringComparer.Ordinal);
        Assert.Equal("x", ((JsonObject)own.GetLayout()["xaxis3"]!)["title"]!["text"]!.GetValue<string>());
        Assert.Equal("""{"rows":2,"columns":2,"pattern":"independent","xgap":0.2,"ygap":0.3}""", own.GetLayout().grid!.ToJson());
        Assert.Equal([0.222222, 0.777778, 0.222222], own.GetLayout().annotations.Select(annotation => annotation.x!.Value));
        var shared = Chart.Grid([line, line, line, line], 2, 2, Pattern: StyleParam.LayoutGridPattern.Coupled);
        Assert.Equal(["xy", "x2y", "xy2", "x2y2"], shared.GetTraces().Select(trace => trace.xaxis + trace.yaxis), StringComparer.Ordinal);
        Assert.Throws<ArgumentException>(() => Chart.Grid([line, line], 1, 1));
    }

    [Fact]
    public void AMatrixStandsAsItIsPrinted()
    {
        var chart = Chart.Heatmap(Tensor.Of([1, 2, 3, 4]).Reshape(2, 2));
        Assert.Equal("""{"type":"heatmap","z":[[1,2],[3,4]],"colorscale":"Viridis"}""", chart.GetTraces()[0].ToJson());
        Assert.Equal("reversed", chart.GetLayout().yaxis!.autorange);
        Assert.Throws<ArgumentException>(() => Chart.Heatmap(Tensor.Zeros(2)));
    }

    [Fact]
    public void OnlyWhatHasAScaleTakesOne()
    {
        Assert.Throws<InvalidOperationException>(() => Chart.Line([1], [2]).WithColorscale(StyleParam.Colorscale.Viridis));
        var custom = StyleParam.Colorscale.NewCustom([Tuple.Create(0.0, Color.fromHex("#000000")), Tuple.Create(1.0, Color.fromHex("#ffffff"))]);
        Assert.Equal("""[[0,"#000000"],[1,"#ffffff"]]""", Chart.Heatmap(Tensor.Zeros(1, 1)).WithColorscale(custom).GetTraces()[0]["colorscale"]!.ToJsonString());
    }
}
