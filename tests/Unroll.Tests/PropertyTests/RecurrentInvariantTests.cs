using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.PropertyTests;

/// <summary>What must hold between recurrent layers whatever the numbers are.</summary>
public class RecurrentInvariantTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 8));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Stacked_cells_equal_stacked_LSTMs(int seed)
    {
        var random = new RandomState(seed);
        var x = random.Normal(0, 1, [2, 5, 3]);
        var stacked = new RNN(new StackedRNNCells([new LSTMCell(4), new LSTMCell(2), new LSTMCell(3)]), returnSequences: true, returnState: true);
        LSTM[] layers = [.. new[] { 4, 2, 3 }.Select(units => new LSTM(units, returnSequences: true, returnState: true))];
        var output = x;
        var states = new List<Tensor>();
        foreach (var layer in layers)
        {
            (output, var h, var c) = layer.ApplyAll(output);
            states.AddRange([h, c]);
        }

        stacked.ApplyAll(x);
        stacked.SetWeights([.. layers.SelectMany(layer => layer.GetWeights())]);
        Close.Assert([output, .. states], stacked.ApplyAll(x), Tolerance, "output");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_samples_does_not_matter(int seed)
    {
        var random = new RandomState(seed);
        var x = random.Normal(0, 1, [5, 4, 3]);
        var order = random.Permutation(5);
        var mixed = Tensor.Stack([.. order.Select(place => x[place])]);
        Layer[] layers =
        [
            new LSTM(7, returnSequences: true), new RNN(new LSTMCell(3)), new Bidirectional(new LSTM(2)), new Conv1D(4, 2), new TimeDistributed(new Dense(2)),
        ];
        foreach (var layer in layers)
        {
            var output = layer.Apply(x);
            Close.Assert(Tensor.Stack([.. order.Select(place => output[place])]), layer.Apply(mixed), Tolerance, layer.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Last_row_of_the_sequence_is_the_plain_output_is_h(int seed)
    {
        var x = new RandomState(seed).Normal(0, 1, [2, 6, 3]);
        var plain = Seeded(() => new LSTM(5));
        var sequence = Seeded(() => new LSTM(5, returnSequences: true));
        var states = Seeded(() => new LSTM(5, returnSequences: true, returnState: true));

        var output = plain.Apply(x);
        var (all, h, _) = states.ApplyAll(x);
        Assert.Equal(output.ToArray(), h.ToArray());
        Assert.Equal(output.ToArray(), all[.., ^1].ToArray());
        Assert.Equal(output.ToArray(), sequence.Apply(x)[.., ^1].ToArray());

        LSTM Seeded(Func<LSTM> make)
        {
            Backend.SetRandomSeed(seed);
            var layer = make();
            layer.EnsureBuilt([x.Shape], from: null);
            return layer;
        }
    }

    [Theory]
    [InlineData("concat")]
    [InlineData("sum")]
    [InlineData("mul")]
    [InlineData("ave")]
    public void Bidirectional_equals_two_layers_merged_by_hand(string mergeMode)
    {
        var x = new RandomState(1).Normal(0, 1, [2, 5, 3]);
        var both = new Bidirectional(new LSTM(4, returnSequences: true), mergeMode);
        var output = both.Apply(x);
        var forward = new RNN(new LSTMCell(4), returnSequences: true);
        var backward = new RNN(new LSTMCell(4), returnSequences: true, goBackwards: true);
        foreach (var (layer, weights) in new[] { (forward, both.ForwardLayer), (backward, both.BackwardLayer) })
        {
            layer.Apply(x);
            layer.SetWeights(weights.GetWeights());
        }

        var (f, b) = (forward.Apply(x), backward.Apply(x).Flip(1));
        var merged = mergeMode switch
        {
            "concat" => Tensor.Concat([f, b], axis: -1),
            "sum" => f + b,
            "mul" => f * b,
            _ => (f + b) / 2,
        };
        Close.Assert(merged, output, Tolerance, mergeMode);
    }

    [Fact]
    public void TimeDistributed_equals_a_loop_over_steps()
    {
        var x = new RandomState(1).Normal(0, 1, [3, 4, 5, 2]);
        Layer[] layers = [new Dense(3, "relu"), new LSTM(2), new Conv1D(2, 3, padding: "same"), new MaxPooling1D(2), new Flatten()];
        foreach (var layer in layers)
        {
            var together = new TimeDistributed(layer).Apply(x);
            var apart = Tensor.Stack([.. x.Unstack(axis: 1).Select(step => layer.Apply(step))], axis: 1);
            Close.Assert(apart, together, Tolerance, layer.Name);
        }
    }

    [Fact]
    public void Two_calls_of_a_stateful_layer_equal_one_long_call()
    {
        var x = new RandomState(2).Normal(0, 1, [2, 8, 3]);
        RNN[] layers =
        [
            new LSTM(4, returnSequences: true, stateful: true),
            new RNN([new LSTMCell(3), new LSTMCell(4)], returnSequences: true, stateful: true),
        ];
        foreach (var layer in layers)
        {
            var first = layer.Apply(x[.., ..5]);
            var second = layer.Apply(x[.., 5..]);
            layer.ResetStates();
            Close.Assert(layer.Apply(x), Tensor.Concat([first, second], axis: 1), Tolerance, layer.Name);
        }
    }

    [Fact]
    public void Going_backwards_equals_going_forwards_over_the_turned_sequence()
    {
        var x = new RandomState(3).Normal(0, 1, [2, 5, 3]);
        var backwards = new LSTM(4, returnSequences: true, goBackwards: true);
        var output = backwards.Apply(x);
        var forwards = new LSTM(4, returnSequences: true);
        forwards.Apply(x);
        forwards.SetWeights(backwards.GetWeights());
        Assert.Equal(forwards.Apply(x.Flip(1)).ToArray(), output.ToArray());
    }

    [Fact]
    public void Time_first_equals_batch_first_transposed()
    {
        var x = new RandomState(4).Normal(0, 1, [2, 5, 3]);
        var timeFirst = new LSTM(4, returnSequences: true, timeMajor: true);
        var output = timeFirst.Apply(x.Transpose(1, 0, 2));
        var batchFirst = new LSTM(4, returnSequences: true);
        batchFirst.Apply(x);
        batchFirst.SetWeights(timeFirst.GetWeights());
        Close.Assert(batchFirst.Apply(x).Transpose(1, 0, 2), output, Tolerance, "output");
    }

    [Fact]
    public void A_batch_of_nothing_gives_nothing()
    {
        var output = new LSTM(4, returnSequences: true).Apply(Tensor.Zeros(0, 5, 3));
        Assert.Equal("(0, 5, 4)", output.Shape.ToString());
    }

    [Fact]
    public void NaN_stays_in_its_sample()
    {
        var x = Tensor.Ones(3, 4, 2);
        x.Span[8] = float.NaN;
        var output = new LSTM(5).Apply(x);
        Assert.All(output[1].ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.All(output[0].ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(output[2].ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Infinite_inputs_saturate_the_gates()
    {
        var layer = new LSTM(1, kernelInitializer: "ones", recurrentInitializer: "ones", returnSequences: true);
        var output = layer.Apply(Tensor.Of([[[float.PositiveInfinity], [float.NegativeInfinity], [1e30]]]));
        Close.Assert(Tensor.Of([[[MathF.Tanh(1)], [0], [MathF.Tanh(1)]]]), output, Tolerance, "output");
    }

    [Fact]
    public void A_thousand_steps_stay_finite_forwards_and_backwards()
    {
        var x = new RandomState(5).Normal(0, 1, [1, 1000, 2]);
        using var tape = new GradientTape();
        tape.Watch(x);
        var gradient = tape.Gradient(new LSTM(4).Apply(x).Sum(), x)!;
        Assert.All(gradient.ToArray(), value => Assert.True(float.IsFinite(value)));
    }
}
