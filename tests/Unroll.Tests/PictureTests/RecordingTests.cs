using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.FigureTests;

namespace Unroll.Tests.PictureTests;

public sealed class RecordingTests
{
    private static readonly Tensor X = new RandomState(5).Normal(0, 1, [2, 6, 3]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ARecordingIsWhatTheLayerComputes(bool goBackwards)
    {
        var lstm = new LSTM(4, returnSequences: true, returnState: true, goBackwards: goBackwards, biasInitializer: new Initializers.RandomNormal());
        var recording = lstm.Trace(X);
        var (sequence, h, c) = lstm.ApplyAll(X);
        Near(goBackwards ? sequence.Flip(1) : sequence, recording.H);
        var last = goBackwards ? 0 : 5;
        Near(h, recording.H[.., last]);
        Near(c, recording.C[.., last]);
    }

    /// <summary>JupyterLab and VS Code give the JSON to plotly.js as it is, whose own margins are 100 and 80 pixels.</summary>
    [Fact]
    public void HalfOfTheHeightIsLeftToARowOfPanels()
    {
        var layout = JsonNode.Parse(new LSTM(4).Trace(X).Plot(parts: ["forget"]).ToJson())!["layout"]!;
        var margins = layout["margin"]!["t"]!.GetValue<int>() + layout["margin"]!["b"]!.GetValue<int>();
        Assert.InRange(margins, 1, layout["height"]!.GetValue<int>() / 2);
    }

    [Fact]
    public void TheEquationsHold()
    {
        var lstm = new LSTM(4, returnSequences: true);
        Tensor h0 = new RandomState(6).Normal(0, 1, [2, 4]), c0 = new RandomState(7).Normal(0, 1, [2, 4]);
        var recording = lstm.Trace(X, [h0, c0]);
        Near(lstm.Apply(X, [h0, c0]), recording.H);
        var weights = lstm.GetWeights();
        for (var t = 0; t < 6; t++)
        {
            var (h, c) = t == 0 ? (h0, c0) : (recording.H[.., t - 1], recording.C[.., t - 1]);
            var (i, f, g, o) = (X[.., t].MatMul(weights[0]) + h.MatMul(weights[1]) + weights[2]).Split(4, axis: 1);
            Near(i.Sigmoid(), recording.Input[.., t]);
            Near(f.Sigmoid(), recording.Forget[.., t]);
            Near(g.Tanh(), recording.Candidate[.., t]);
            Near(o.Sigmoid(), recording["output"][.., t]);
            Near(f.Sigmoid() * c + i.Sigmoid() * g.Tanh(), recording.C[.., t]);
            Near(o.Sigmoid() * recording.C[.., t].Tanh(), recording.H[.., t]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheEquationsOfAGruHold(bool resetAfter)
    {
        var gru = new GRU(4, returnSequences: true, resetAfter: resetAfter, biasInitializer: new Initializers.RandomNormal());
        var h0 = new RandomState(6).Normal(0, 1, [2, 4]);
        var recording = gru.Trace(X, h0);
        Near(gru.Apply(X, h0), recording.H);
        Assert.Equal(["update", "reset", "candidate", "h"], recording.Cells[0].Names, StringComparer.Ordinal);
        for (var t = 0; t < 6; t++)
        {
            var before = t == 0 ? h0 : recording.H[.., t - 1];
            var (z, g) = (recording.Update[.., t], recording.Candidate[.., t]);
            Near(z * before + (1 - z) * g, recording.H[.., t]);
        }
    }

    [Fact]
    public void ThroughAMaskedStepTheStateStays()
    {
        var mask = Tensor.Of([[1.0, 1, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1]]);
        var recording = new GRU(3).Trace(X.WithMask(mask));
        Near(recording.H[0, 1], recording.H[0, 2]);
        Assert.NotEqual(recording.H[1, 1].ToArray(), recording.H[1, 2].ToArray());
    }

    [Fact]
    public void NewLayersAreDrawn()
    {
        var gru = new GRU(3, inputShape: [6, 3], returnSequences: true, name: "gru");
        var model = new Sequential(
            [gru, new Bidirectional(new GRU(2, returnSequences: true)), new SimpleRNN(3), new RepeatVector(2), new LayerNormalization()]);
        Assert.Contains("GRU · 3 units", model.Plot().ToString(), StringComparison.Ordinal);
        var weights = gru.PlotWeights().ToString()!;
        Assert.Contains("reset", weights, StringComparison.Ordinal);
        Assert.Contains("update gate z", gru.Trace(X).Plot().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void CellsOfAStackAreSeenOneByOne()
    {
        var rnn = new RNN([new LSTMCell(4, name: "low"), new LSTMCell(2, name: "high")], returnSequences: true, timeMajor: true);
        var input = X.Transpose(1, 0, 2);
        var recording = rnn.Trace(input);
        Near(rnn.Apply(input).Transpose(1, 0, 2), recording.Cells[1].H);
        Assert.Equal(["low", "high"], recording.Cells.Select(cell => cell.Name), StringComparer.Ordinal);
        Assert.Equal("(2, 6, 4)", recording.Cells[0].Forget.Shape.ToString());
        Assert.Contains("Choose one", Assert.Throws<InvalidOperationException>(() => recording.H).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BothDirectionsStandInTheOrderOfTheInput()
    {
        var both = new Bidirectional(new LSTM(3, returnSequences: true, name: "l"));
        var states = Enumerable.Range(0, 4).Select(i => new RandomState((uint)i).Normal(0, 1, [2, 3])).ToArray();
        var recording = both.Trace(X, states);
        Near(both.Apply(X, states), Tensor.Concat([recording.Cells[0].H, recording.Cells[1].H], axis: -1));
        Assert.Equal(["forward_l", "backward_l"], recording.Cells.Select(cell => cell.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void ACellOfOnesOwnShowsItsStates()
    {
        var rnn = new RNN(new Sums(), returnSequences: true);
        var recording = rnn.Trace(X);
        Assert.Equal(["doubled", "state"], recording.Cells[0].Names, StringComparer.Ordinal);
        Near(rnn.Apply(X), recording["state"]);
        Near(rnn.Apply(X) * 2, recording["doubled"]);
        Assert.Throws<ArgumentException>(() => recording.Forget);
    }

    [Fact]
    public void KeptStatesAreBegunWithAndStay()
    {
        var lstm = new LSTM(2, stateful: true, returnSequences: true);
        lstm.EnsureBuilt([X.Shape], from: null);
        lstm.Apply(X);
        var kept = lstm.States![0].Copy();
        var recording = lstm.Trace(X);
        Near(kept, lstm.States[0]);
        Near(lstm.Apply(X), recording.H);
    }

    [Fact]
    public void WhatDoesNotFitIsSaid()
    {
        var lstm = new LSTM(2);
        Assert.Throws<ArgumentException>(() => lstm.Trace(Tensor.Zeros(2, 3)));
        Assert.Throws<ArgumentException>(() => lstm.Trace(X, [Tensor.Zeros(2, 2)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => lstm.Trace(X).Plot(sample: 2));
    }

    [Fact]
    public void HeatMapsHaveOneScale()
    {
        var chart = new LSTM(40).Trace(X).Plot(sample: 1, maxUnits: 8);
        var traces = chart.Data.Series.Cast<Heatmap>().ToArray();
        Assert.Equal(6, traces.Length);
        Assert.Single(traces.Select(one => (one.zmin, one.zmax)).Distinct());
        Assert.Equal(traces[0].zmin, -traces[0].zmax);
        Assert.Equal(8, traces[0].Array("z")!.Count);
        Assert.Contains("sample 1, units 1 to 8 of 40", chart.Data.Layout.Title!, StringComparison.Ordinal);
        Assert.Equal(["xy", "x2y2", "x3y3", "x4y4", "x5y5", "x6y6"], traces.Select(one => one.xaxis + one.yaxis), StringComparer.Ordinal);
        Assert.Equal("""{"rows":3,"columns":2,"pattern":"independent","xgap":0.2,"ygap":0.3}""", chart.Data.Layout["grid"]!.ToJsonString());
        Assert.Equal([0.222222, 0.777778], chart.Data.Layout.Annotations.Take(2).Select(annotation => annotation.x!.Value));
        Assert.Equal("unit", chart.Data.Layout.Axis("y3").Title);
        var svg = SvgText.Check(chart.ToSvg());
        Assert.Contains("forget gate f", svg.Value, StringComparison.Ordinal);
        SvgText.Check(new Bidirectional(new LSTM(3, name: "l")).Trace(X).Plot().ToSvg());
    }

    [Fact]
    public void WeightsAreSplitByGate()
    {
        var lstm = new LSTM(2, name: "lstm_w");
        Assert.Throws<InvalidOperationException>(() => lstm.PlotWeights());
        lstm.Apply(X);
        lstm.SetWeights([Tensor.ZerosLike(lstm.GetWeights()[0]), Tensor.ZerosLike(lstm.GetWeights()[1]), Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8])]);
        var chart = lstm.PlotWeights();
        Assert.Equal(12, chart.Data.Series.Count);
        Assert.Equal("[[3,4]]", chart.Data.Series[9]["z"]!.ToJsonString());
        Assert.Equal("bias · forget", chart.Data.Layout.Annotations[9].text);
        SvgText.Check(chart.ToSvg());
        var convolution = new Conv1D(2, 3);
        convolution.Apply(X);
        Assert.Equal(2, convolution.PlotWeights().Data.Series.Count);
        Assert.Throws<InvalidOperationException>(() =>
        {
            var flatten = new Flatten();
            flatten.Apply(X);
            flatten.PlotWeights();
        });
    }

    private static void Near(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (a, b) = (expected.ToArray(), actual.ToArray());
        for (var i = 0; i < a.Length; i++)
            Assert.True(MathF.Abs(a[i] - b[i]) < 2e-6f, $"{a[i]} and {b[i]} at {i}");
    }

    private sealed class Sums : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [3];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
        {
            var sum = states[0] + input;
            return (sum, sum);
        }

        protected internal override IReadOnlyList<(string Name, Tensor Value)> Record(Tensor input, Tensors states, Tensor output, Tensors next) =>
            [("doubled", output * 2), .. base.Record(input, states, output, next)];
    }
}
