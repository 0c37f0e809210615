using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

public class StatefulTests
{
    public StatefulTests() => Backend.ClearSession();

    [Fact]
    public void States_are_kept_between_calls_and_forgotten_by_a_reset()
    {
        var layer = new LSTM(2, stateful: true, returnState: true);
        var x = Tensor.Ones(3, 4, 1);
        Assert.Null(layer.States);
        var (first, h, c) = layer.ApplyAll(x);
        Close.Assert([h, c], [.. layer.States!], 0, "state");
        var second = layer.ApplyAll(x)[0];
        Assert.NotEqual(first.ToArray(), second.ToArray());
        layer.ResetStates();
        Assert.Null(layer.States);
        Assert.Equal(first.ToArray(), layer.ApplyAll(x)[0].ToArray());
    }

    [Fact]
    public void A_layer_that_is_not_stateful_begins_with_zeros_each_time()
    {
        var layer = new LSTM(2);
        var x = Tensor.Ones(3, 4, 1);
        Assert.Equal(layer.Apply(x).ToArray(), layer.Apply(x).ToArray());
        Assert.Equal(layer.Apply(x).ToArray(), layer.Apply(x, [Tensor.Zeros(3, 2), Tensor.Zeros(3, 2)]).ToArray());
        Assert.Equal(
            "lstm keeps no states. Make it with stateful: true.", Assert.Throws<InvalidOperationException>(() => layer.ResetStates()).Message);
    }

    [Fact]
    public void States_can_be_set()
    {
        var x = Tensor.Ones(2, 3, 1);
        Tensor h = Tensor.Full([2, 2], 0.3f), c = Tensor.Full([2, 2], -0.2f);
        var layer = new LSTM(2, stateful: true);
        layer.Apply(x);
        layer.ResetStates([h, c]);
        h.Span.Fill(9);
        var plain = new LSTM(2);
        plain.Apply(x);
        plain.SetWeights(layer.GetWeights());
        Assert.Equal(plain.Apply(x, [Tensor.Full([2, 2], 0.3f), c]).ToArray(), layer.Apply(x).ToArray());
        Assert.Equal(
            "lstm has 2 states ((batch, 2), (batch, 2)) but initialState holds 1.",
            Assert.Throws<ArgumentException>(() => layer.ResetStates([c])).Message);
        Assert.Equal(
            "lstm has 2 states ((batch, 2), (batch, 2)) but initialState holds 0.",
            Assert.Throws<ArgumentException>(() => layer.ResetStates([])).Message);
    }

    [Fact]
    public void Another_batch_size_is_refused()
    {
        var layer = new LSTM(2, stateful: true);
        layer.Apply(Tensor.Zeros(3, 4, 1));
        Assert.Equal(
            "lstm is stateful and keeps states for a batch of 3 but got a batch of 2: (2, 4, 1). Use batches of one size, or call ResetStates() first.",
            Assert.Throws<ArgumentException>(() => layer.Apply(Tensor.Zeros(2, 4, 1))).Message);
        layer.ResetStates();
        layer.Apply(Tensor.Zeros(2, 4, 1));
    }

    [Fact]
    public void In_a_model_the_batch_size_must_be_known() => Assert.Equal(
        "lstm is stateful and must know the batch size. Begin the model with new Input([…], batchSize: …).",
        Assert.Throws<ArgumentException>(() => new LSTM(2, stateful: true).Apply(new Input([4, 1]))).Message);

    [Fact]
    public void Batches_of_a_model_go_on_where_the_last_one_ended()
    {
        var model = new Sequential();
        model.Add(new Input([4, 1], batchSize: 2));
        model.Add(new Bidirectional(new LSTM(2, stateful: true, returnSequences: true)));
        model.Add(new LSTM(3, stateful: true));
        var x = new RandomState(1).Normal(0, 1, [4, 4, 1]);
        var both = model.Predict(x, batchSize: 2);
        model.ResetStates();
        var first = model.Predict(x[..2], batchSize: 2);
        var second = model.Predict(x[2..], batchSize: 2);
        Close.Assert(both, Tensor.Concat([first, second]), 0, "output");
        var third = model.Predict(x[2..], batchSize: 2);
        Assert.NotEqual(second.ToArray(), third.ToArray());
    }

    [Fact]
    public void ResetStates_of_a_model_reaches_nested_ones()
    {
        var inner = new Sequential();
        inner.Add(new Input([4, 1], batchSize: 2));
        inner.Add(new LSTM(2, stateful: true));
        var input = new Input([4, 1], batchSize: 2);
        var model = new Model(input, inner.Apply(input));
        var x = Tensor.Ones(2, 4, 1);
        var first = model.Predict(x);
        Assert.NotEqual(first.ToArray(), model.Predict(x).ToArray());
        model.ResetStates();
        Assert.Equal(first.ToArray(), model.Predict(x).ToArray());
    }

    [Fact]
    public void A_state_is_a_constant_to_the_next_calls_gradients()
    {
        var layer = new LSTM(2, stateful: true);
        var x = Tensor.Ones(1, 3, 1);
        using var tape = new GradientTape();
        tape.Watch(x);
        layer.Apply(x);
        var later = Tensor.Ones(1, 3, 1);
        Assert.Null(tape.Gradient(layer.Apply(later), x));
    }
}
