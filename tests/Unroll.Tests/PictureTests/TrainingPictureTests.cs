using Unroll.Figures;
using Unroll.Figures.Plotly;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.FigureTests;
using Unroll.Training;

namespace Unroll.Tests.PictureTests;

public sealed class TrainingPictureTests
{
    [Fact]
    public void AHistoryDrawsItsLosses()
    {
        var history = new History();
        history.Add(0, new Dictionary<string, float>(StringComparer.Ordinal) { ["loss"] = 3, ["val_loss"] = 4 });
        history.Add(1, new Dictionary<string, float>(StringComparer.Ordinal) { ["loss"] = 1, ["val_loss"] = 2 });
        var traces = history.Plot().Data.Series;
        Assert.Equal(["loss", "val_loss"], traces.Select(trace => trace.name!), StringComparer.Ordinal);
        Assert.Equal("[1,2]", traces[0]["x"]!.ToJsonString());
        Assert.Equal("[4,2]", traces[1]["y"]!.ToJsonString());
        Assert.Equal("dash", traces[1].At("line", "dash")!.GetValue<string>());
        SvgText.Check(history.Plot().ToSvg());
    }

    [Fact]
    public void AHistoryKeepsTheDigitsThatAPictureShows()
    {
        var history = new History();
        history.Add(0, new Dictionary<string, float>(StringComparer.Ordinal) { ["loss"] = 0.3554996f });
        history.Add(1, new Dictionary<string, float>(StringComparer.Ordinal) { ["loss"] = 0.0001944f });
        Assert.Equal("[0.3555,0.0002]", history.Plot().Data.Series[0]["y"]!.ToJsonString());
    }

    [Fact]
    public void ARecordingDrawsThePartsAskedForInThatOrder()
    {
        var recording = new LSTM(2).Trace(Tensor.Ones(1, 3, 1));
        var figure = recording.Plot(parts: ["output", "forget"]);
        Assert.Equal(2, figure.Data.Series.Count);
        Assert.Equal(["output gate o", "forget gate f"], figure.Data.Layout["annotations"]!.AsArray().Select(one => (string)one!["text"]!), StringComparer.Ordinal);
        Assert.Contains("forget", Assert.Throws<ArgumentException>(() => recording.Plot(parts: ["forgets"])).Message, StringComparison.Ordinal);
        Assert.Contains("candidate", Assert.Throws<ArgumentException>(() => recording.Plot(parts: [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageOfAHeatMapIsSmallerThanThePictureWithNumbers()
    {
        var figure = new LSTM(3).Trace(Tensor.Ones(1, 12, 1)).Plot();
        var image = Convert.FromBase64String(figure.ToHtml().Split("base64,")[1].Split('"')[0]);
        Assert.Contains("<title>1, 1: ", figure.ToSvg(), StringComparison.Ordinal);
        Assert.InRange(image.Length, 1, figure.ToSvg().Length / 2);
    }

    [Fact]
    public void MetricsHaveAPlotOfTheirOwn()
    {
        var history = new History();
        history.Add(0, new Dictionary<string, float>(StringComparer.Ordinal) { ["loss"] = 3, ["mae"] = 9 });
        var traces = history.Plot().Data.Series;
        Assert.Equal(["xy", "xy2"], traces.Select(trace => trace.xaxis + trace.yaxis), StringComparer.Ordinal);
        SvgText.Check(history.Plot().ToSvg());
    }

    [Fact]
    public void TheCurveIsShownOnceAndThenReplaced()
    {
        var clock = new Clock();
        var (shown, updates) = (new List<Figure>(), new List<Figure>());
        var curve = new LossCurve(
            chart =>
            {
                shown.Add(chart);
                return updates.Add;
            },
            clock);
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        model.Compile("sgd", "mse");
        model.Fit(Tensor.Ones(4, 2), Tensor.Ones(4, 1), epochs: 3, verbose: 0, callbacks: [curve, new Ticks(clock)]);
        Assert.Single(shown);
        Assert.Equal([2, 3], updates.Select(Epochs));

        // A second training has a display of its own.
        model.Fit(Tensor.Ones(4, 2), Tensor.Ones(4, 1), epochs: 1, verbose: 0, callbacks: [curve]);
        Assert.Equal([1, 1], shown.Select(Epochs));
        Assert.Equal(2, updates.Count);
    }

    [Fact]
    public void EpochsThatFollowFastAreShownTogether()
    {
        var updates = new List<Figure>();
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        model.Compile("sgd", "mse");
        model.Fit(Tensor.Ones(4, 2), Tensor.Ones(4, 1), epochs: 50, verbose: 0, callbacks: [new LossCurve(_ => updates.Add, new Clock())]);
        Assert.Equal([50], updates.Select(Epochs));
    }

    private static int Epochs(Figure chart) => ((Scatter)chart.Data.Series[0]).Array("x")!.Count;

    /// <summary>A second goes by with each epoch.</summary>
    private sealed class Ticks(Clock clock) : Callback
    {
        public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs) => clock.Now += TimeSpan.TicksPerSecond;
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
