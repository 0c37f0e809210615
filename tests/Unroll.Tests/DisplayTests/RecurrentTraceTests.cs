using Unroll.Display;
using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.DisplayTests;

public sealed class RecurrentTraceTests
{
    private static readonly Tensor X = new RandomState(5).Normal(0, 1, [2, 6, 3]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATraceIsWhatTheLayerComputes(bool goBackwards)
    {
        var lstm = new LSTM(4, returnSequences: true, returnState: true, goBackwards: goBackwards, biasInitializer: new Initializers.RandomNormal());
        var trace = lstm.Trace(X);
        var (sequence, h, c) = lstm.ApplyAll(X);
        Near(goBackwards ? sequence.Flip(1) : sequence, trace.H);
        var last = goBackwards ? 0 : 5;
        Near(h, trace.H[.., last]);
        Near(c, trace.C[.., last]);
    }

    [Fact]
    public void TheEquationsHold()
    {
        var lstm = new LSTM(4, returnSequences: true);
        Tensor h0 = new RandomState(6).Normal(0, 1, [2, 4]), c0 = new RandomState(7).Normal(0, 1, [2, 4]);
        var trace = lstm.Trace(X, [h0, c0]);
        Near(lstm.Apply(X, [h0, c0]), trace.H);
        var weights = lstm.GetWeights();
        for (var t = 0; t < 6; t++)
        {
            var (h, c) = t == 0 ? (h0, c0) : (trace.H[.., t - 1], trace.C[.., t - 1]);
            var (i, f, g, o) = (X[.., t].MatMul(weights[0]) + h.MatMul(weights[1]) + weights[2]).Split(4, axis: 1);
            Near(i.Sigmoid(), trace.Input[.., t]);
            Near(f.Sigmoid(), trace.Forget[.., t]);
            Near(g.Tanh(), trace.Candidate[.., t]);
            Near(o.Sigmoid(), trace["output"][.., t]);
            Near(f.Sigmoid() * c + i.Sigmoid() * g.Tanh(), trace.C[.., t]);
            Near(o.Sigmoid() * trace.C[.., t].Tanh(), trace.H[.., t]);
        }
    }

    [Fact]
    public void CellsOfAStackAreSeenOneByOne()
    {
        var rnn = new RNN([new LSTMCell(4, name: "low"), new LSTMCell(2, name: "high")], returnSequences: true, timeMajor: true);
        var input = X.Transpose(1, 0, 2);
        var trace = rnn.Trace(input);
        Near(rnn.Apply(input).Transpose(1, 0, 2), trace.Cells[1].H);
        Assert.Equal(["low", "high"], trace.Cells.Select(cell => cell.Name), StringComparer.Ordinal);
        Assert.Equal("(2, 6, 4)", trace.Cells[0].Forget.Shape.ToString());
        Assert.Contains("Choose one", Assert.Throws<InvalidOperationException>(() => trace.H).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BothDirectionsStandInTheOrderOfTheInput()
    {
        var both = new Bidirectional(new LSTM(3, returnSequences: true, name: "l"));
        var states = Enumerable.Range(0, 4).Select(i => new RandomState((uint)i).Normal(0, 1, [2, 3])).ToArray();
        var trace = both.Trace(X, states);
        Near(both.Apply(X, states), Tensor.Concat([trace.Cells[0].H, trace.Cells[1].H], axis: -1));
        Assert.Equal(["forward_l", "backward_l"], trace.Cells.Select(cell => cell.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void ACellOfOnesOwnShowsItsStates()
    {
        var rnn = new RNN(new Sums(), returnSequences: true);
        var trace = rnn.Trace(X);
        Assert.Equal(["doubled", "state"], trace.Cells[0].Names, StringComparer.Ordinal);
        Near(rnn.Apply(X), trace["state"]);
        Near(rnn.Apply(X) * 2, trace["doubled"]);
        Assert.Throws<ArgumentException>(() => trace.Forget);
    }

    [Fact]
    public void KeptStatesAreBegunWithAndStay()
    {
        var lstm = new LSTM(2, stateful: true, returnSequences: true);
        lstm.EnsureBuilt([X.Shape], from: null);
        lstm.Apply(X);
        var kept = lstm.States![0].Copy();
        var trace = lstm.Trace(X);
        Near(kept, lstm.States[0]);
        Near(lstm.Apply(X), trace.H);
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
        var traces = chart.GetTraces().Cast<Heatmap>().ToArray();
        Assert.Equal(6, traces.Length);
        Assert.Single(traces.Select(one => (one.zmin, one.zmax)).Distinct());
        Assert.Equal(traces[0].zmin, -traces[0].zmax);
        Assert.Equal(8, traces[0].z!.Cast<object>().Count());
        Assert.Contains("sample 1, units 1 to 8 of 40", chart.GetLayout().title!.text!, StringComparison.Ordinal);
        var svg = SvgText.Check(chart.ToSvg());
        Assert.Contains("forget gate f", svg.Value, StringComparison.Ordinal);
        SvgText.Check(new Bidirectional(new LSTM(3, name: "l")).Trace(X).Plot().ToSvg());
    }

    [Fact]
    public void WeightsAreSplitByGate()
    {
        var lstm = new LSTM(2, name: "lstm_w");
        Assert.Throws<InvalidOperationException>(lstm.PlotWeights);
        lstm.Apply(X);
        lstm.SetWeights([Tensor.ZerosLike(lstm.GetWeights()[0]), Tensor.ZerosLike(lstm.GetWeights()[1]), Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8])]);
        var chart = lstm.PlotWeights();
        Assert.Equal(12, chart.GetTraces().Length);
        Assert.Equal("[[3,4]]", chart.GetTraces()[9]["z"]!.ToJsonString());
        Assert.Equal("bias · forget", chart.GetLayout().annotations[9].text);
        SvgText.Check(chart.ToSvg());
        var convolution = new Conv1D(2, 3);
        convolution.Apply(X);
        Assert.Equal(2, convolution.PlotWeights().GetTraces().Length);
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
        for (var i = 0; i < a.Length; i++) Assert.True(MathF.Abs(a[i] - b[i]) < 2e-6f, $"{a[i]} and {b[i]} at {i}");
    }

    private sealed class Sums : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [3];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
        {
            var sum = states[0] + input;
            return (sum, sum);
        }

        protected internal override IReadOnlyList<(string Name, Tensor Value)> Look(Tensor input, Tensors states, Tensor output, Tensors next) =>
            [("doubled", output * 2), .. base.Look(input, states, output, next)];
    }
}
