using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.LayerTests;

/// <summary>Sizes that no tensor can have are refused by name, never by an overflow.</summary>
public class SizeTests
{
    public SizeTests() => Backend.ClearSession();

    [Theory]
    [InlineData(1 << 29)]
    [InlineData(1 << 30)]
    [InlineData(int.MaxValue)]
    public void Units_of_an_LSTM(int units)
    {
        foreach (var make in new Func<object>[]
        {
            () => new LSTM(units, name: "big"), () => new LSTMCell(units, name: "big"), () => new Bidirectional(new LSTM(units, name: "big")),
            () => new RNN(new LSTMCell(units, name: "big")),
        })
        {
            Assert.Equal(
                $"big: units is {units}, but the weights have 4 · units columns, {4L * units}, and 2147483647 is the most. Use at most 536870911 units.",
                Assert.Throws<ArgumentException>(make).Message);
        }
    }

    [Fact]
    public void Weights_name_layer_weight_and_shape()
    {
        Refused("lstm: weight recurrent_kernel of shape (40000, 160000) would hold 6400000000 numbers", () => new LSTM(40000).Apply(Tensor.Zeros(1, 2, 3)));
        Refused("dense: weight kernel of shape (3, 2147483647) would hold 6442450941 numbers", () => new Dense(int.MaxValue).Apply(Tensor.Zeros(1, 3)));
        Refused("dense_1: weight kernel of shape (100000, 100000) would hold", () => new Dense(100000).Apply(new Input([100000])));
        Refused("conv1d: weight kernel of shape (65536, 65536, 4) would hold", () => new Conv1D(4, 65536).Apply(new Input([70000, 65536])));
        Refused("lstm_cell: weight recurrent_kernel", () => new RNN(new LSTMCell(40000)).Apply(new Input([2, 3])));
        Refused("forward_lstm_1: weight recurrent_kernel", () => new Bidirectional(new LSTM(40000)).Apply(new Input([2, 3])));
        Refused("dense_2: weight kernel", () => new Sequential([new Flatten(inputShape: [40000, 40000]), new Dense(2)]));
        Refused("own_weight: weight huge of shape (2147483647, 2147483647, 2147483647) would hold", () => new OwnWeight().Apply(Tensor.Zeros(1, 1)));
    }

    [Fact]
    public void Axes_that_lengths_make()
    {
        Refused("flatten: (100000, 100000) laid out in one axis would have the length 10000000000", () => new Flatten().Apply(new Input([100000, 100000])));
        Refused("reshape: axis 1 of its output would have the length 10000000000", () => new Reshape([-1]).Apply(new Input([100000, 100000])));
        Refused("reshape_1: a sample of shape (2, 3) has 6 elements; they do not fit (65536, 65536)", () => new Reshape([65536, 65536]).Apply(Tensor.Zeros(1, 2, 3)));
        Refused("reshape_2: a sample of shape (2, 3) has 6 elements", () => new Reshape([int.MaxValue, int.MaxValue, int.MaxValue, -1]).Apply(Tensor.Zeros(1, 2, 3)));
        Refused("concatenate: axis -1 of the output would have the length 4000000000", () => new Concatenate().Apply([new Input([2_000_000_000]), new Input([2_000_000_000])]));
        Refused("bidirectional: the last axis, both outputs side by side, would have the length 3000000000", () => new Bidirectional(new RNN(new Wide()), backwardLayer: new RNN(new Wide(), goBackwards: true)).Apply(new Input([2, 3])));
        Refused("conv1d: 2147483646 zeros around 2147483647 steps", () => new Conv1D(1, 2, dilationRate: 2147483646, padding: "causal").Apply(Tensor.Zeros(1, int.MaxValue, 0)));
    }

    [Fact]
    public void Windows_longer_than_any_sequence()
    {
        Refused("conv1d: a window of 4611686011984936963 steps does not fit into 3 steps", () => new Conv1D(1, int.MaxValue, dilationRate: int.MaxValue).ComputeOutputShape([null, 3, 2]));
        Refused("max_pooling1d: a window of 2147483647 steps does not fit into 3 steps", () => new MaxPooling1D(int.MaxValue).Apply(Tensor.Zeros(1, 3, 2)));
        Assert.Equal("(None, 1, 2)", new MaxPooling1D(2, strides: int.MaxValue).Apply(new Input([3, 2])).Shape.ToString());
        Assert.Equal("(1, 1, 2)", new Conv1D(2, 2, strides: int.MaxValue, padding: "same").Apply(Tensor.Zeros(1, 3, 2)).Shape.ToString());
    }

    [Fact]
    public void Results_that_no_tensor_can_hold()
    {
        const string TooLarge = "Shape (100000, 100000) has 10000000000 elements; a tensor holds 2147483591 at most. Use smaller batches, or a smaller layer.";
        Refused($"dense cannot work on (100000, 1): {TooLarge}", () => new Dense(100000).Apply(Tensor.Zeros(100000, 1)));
        Refused($"dense_1 cannot work on (100000, 1): {TooLarge}", () => new Sequential([new Dense(100000)]).Predict(Tensor.Zeros(100000, 1), batchSize: 100000));
        Refused("lstm cannot work on (1000, 10000, 1): Shape (1000, 10000, 300) has", () => new LSTM(300, returnSequences: true, recurrentInitializer: "zeros").Apply(Tensor.Zeros(1000, 10000, 1)));
        Refused("own_call: the shape of its output is found by a call on zeros, and 20000000000 of them", () => new Support.OwnCall(1).Apply(new Input([100000, 100000])));
    }

    [Fact]
    public void Memory_that_a_gradient_takes()
    {
        // The weights and the data are small, but not the gates of every step.
        var layer = new LSTM(600, kernelInitializer: "zeros", recurrentInitializer: "zeros", name: "wide");
        var x = Tensor.Zeros(1000, 1000, 1);
        using var tape = new GradientTape();
        Refused("wide: the gates of every step, kept for the gradient, would be 2400000000 numbers", () => layer.Apply(x));
    }

    [Fact]
    public void Tensors_themselves()
    {
        const string Message = "Shape (100000, 100000) has 10000000000 elements; a tensor holds 2147483591 at most.";
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => Tensor.Zeros(100000, 100000)).Message);
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => Tensor.Ones(100000, 1) + Tensor.Ones(1, 100000)).Message);
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => Tensor.Ones(100000, 1).MatMul(Tensor.Ones(1, 100000))).Message);
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => Tensor.Eye(100000)).Message);
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => Tensor.Ones(1, 1).BroadcastTo(100000, 100000)).Message);
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => Tensor.Zeros(0, 100000, 100000).Sum(0)).Message);
        Assert.Equal(Message, Assert.Throws<OverflowException>(() => new RandomState(1).Normal(0, 1, [100000, 100000])).Message);
        Assert.Contains("more than 9223372036854775806 elements", Assert.Throws<OverflowException>(() => Tensor.Zeros(int.MaxValue, int.MaxValue, int.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Equal(0, Shape.Create([int.MaxValue, int.MaxValue, int.MaxValue, 0]).Size);
        Assert.Throws<ArgumentException>(() => Tensor.Ones(6).Reshape(65536, 65536, -1));
        Assert.Throws<ArgumentException>(() => Tensor.Ones(6).Reshape(65536, 65536));
        Assert.Throws<ArgumentException>(() => Tensor.Arange(0, 1e12));
        Assert.Throws<ArgumentException>(() => Tensor.Ones(6).Split([int.MaxValue, int.MaxValue, 8]));
    }

    private static void Refused(string message, Func<object> call)
    {
        var error = Assert.Throws<ArgumentException>(call);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private sealed class OwnWeight : Layer
    {
        protected override void Build(Shape inputShape) => AddWeight("huge", [int.MaxValue, int.MaxValue, int.MaxValue], "ones");

        protected override Tensor Call(Tensor input, bool training) => input;
    }

    /// <summary>A cell without weights, wider than half of what an axis can be.</summary>
    private sealed class Wide : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [1_500_000_000];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training) => (input, states);
    }
}
