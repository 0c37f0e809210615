using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Both directions of any recurrent layer.</summary>
public class BidirectionalTests
{
    public BidirectionalTests() => Backend.ClearSession();

    [Fact]
    public void A_cell_of_ones_own_with_both_layers_given()
    {
        RNN forward = new(new OwnCell(4), returnSequences: true), backward = new(new OwnCell(4), returnSequences: true, goBackwards: true);
        var layer = new Bidirectional(forward, backwardLayer: backward);
        Assert.Equal("(None, 5, 8)", layer.Apply(new Input([5, 2])).Shape.ToString());
        Assert.Same(forward, layer.ForwardLayer);
        Assert.Same(backward, layer.BackwardLayer);
        var x = new RandomState(1).Normal(0, 1, [3, 5, 2]);
        Close.Assert(Tensor.Concat([forward.Apply(x), backward.Apply(x).Flip(1)], axis: -1), layer.Apply(x), 0, "output");
    }

    [Fact]
    public void A_cell_of_ones_own_that_can_be_copied()
    {
        var layer = new Bidirectional(new RNN(new OwnCell(4, copies: true), returnSequences: true));
        Assert.Equal("(None, 5, 8)", layer.Apply(new Input([5, 2])).Shape.ToString());
        Assert.Equal(("forward_rnn", "backward_rnn"), (layer.ForwardLayer.Name, layer.BackwardLayer.Name));
        Assert.Equal(4, layer.Weights.Count);
        Assert.NotSame(layer.ForwardLayer.Cell, layer.BackwardLayer.Cell);
        var stacked = new Bidirectional(new RNN([new OwnCell(4, copies: true), new LSTMCell(3)]));
        Assert.Equal("(None, 6)", stacked.Apply(new Input([5, 2])).Shape.ToString());
    }

    [Fact]
    public void One_that_cannot_says_what_to_give()
    {
        const string Message = "cannot be copied for the other direction. Give Bidirectional a backwardLayer of its own.";
        Assert.EndsWith(Message, Assert.Throws<NotSupportedException>(() => new Bidirectional(new RNN(new OwnCell(4)))).Message, StringComparison.Ordinal);
        Assert.EndsWith(Message, Assert.Throws<NotSupportedException>(() => new Bidirectional(new RNN([new LSTMCell(3), new OwnCell(4)]))).Message, StringComparison.Ordinal);
        Assert.Equal($"A OwnRnn {Message}", Assert.Throws<NotSupportedException>(() => new Bidirectional(new OwnRnn())).Message);
    }

    [Fact]
    public void Trains_in_a_model()
    {
        Backend.SetRandomSeed(1);
        var random = new RandomState(2);
        var model = new Sequential([new Bidirectional(new RNN(new OwnCell(4)), backwardLayer: new RNN(new OwnCell(4), goBackwards: true), inputShape: [5, 2]), new Dense(1)]);
        model.Compile("adam", "mse");
        var losses = model.Fit(random.Normal(0, 1, [16, 5, 2]), random.Normal(0, 1, [16, 1]), epochs: 20, verbose: 0)["loss"];
        Assert.True(losses[^1] < losses[0]);
    }

    [Fact]
    public void Cells_with_states_of_different_number_share_the_initial_ones_out()
    {
        var layer = new Bidirectional(new RNN(new OwnCell(4), returnState: true), backwardLayer: new LSTM(3, returnState: true, goBackwards: true));
        var x = Tensor.Ones(2, 5, 2);
        Tensor own = Tensor.Ones(2, 4), h = Tensor.Ones(2, 3), c = -Tensor.Ones(2, 3);
        var outputs = layer.ApplyAll(x, [own, h, c]);
        Assert.Equal(["(2, 7)", "(2, 4)", "(2, 3)", "(2, 3)"], [.. outputs.Select(output => output.Shape.ToString())]);
        Close.Assert(layer.BackwardLayer.ApplyAll(x, [h, c])[2], outputs[3], 0, "c");
        var symbolic = layer.ApplyAll([new Input([5, 2]), new Input([4]), new Input([3]), new Input([3])]);
        Assert.Equal(["(None, 7)", "(None, 4)", "(None, 3)", "(None, 3)"], [.. symbolic.Select(output => output.Shape.ToString())]);
    }

    [Fact]
    public void Outputs_of_different_size_are_joined_or_refused()
    {
        Assert.Equal("(None, 7)", new Bidirectional(new LSTM(4), backwardLayer: new LSTM(3, goBackwards: true)).Apply(new Input([5, 2])).Shape.ToString());
        Assert.Contains(
            "mergeMode \"sum\" needs outputs of one size",
            Assert.Throws<ArgumentException>(() => new Bidirectional(new LSTM(4), mergeMode: "sum", backwardLayer: new LSTM(3, goBackwards: true))).Message,
            StringComparison.Ordinal);
    }

    private sealed class OwnRnn() : RNN(new LSTMCell(3));
}
