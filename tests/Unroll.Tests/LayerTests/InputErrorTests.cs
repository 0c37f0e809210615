using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.LayerTests;

/// <summary>Inputs, states and weights that do not fit: the messages name the layer, what came and what to do.</summary>
public class InputErrorTests
{
    public InputErrorTests() => Backend.ClearSession();

    [Fact]
    public void An_LSTM_fed_by_one_that_gives_no_sequence()
    {
        var model = new Sequential([new LSTM(64, inputShape: [10, 2])]);
        Refused(
            "lstm_1 expects 3 axes (batch, time, features) but got (None, 64) from lstm. Set returnSequences: true on lstm.",
            () => model.Add(new LSTM(32)));
        Assert.Single(model.Layers);

        Refused(
            "lstm_2 expects 3 axes (batch, time, features) but got (None, 8) from bidirectional. Set returnSequences: true on bidirectional.",
            () => new LSTM(1).Apply(new Bidirectional(new LSTM(4)).Apply(new Input([5, 2]))));
        Refused(
            "conv1d expects 3 axes (batch, time, features) but got (None, 4) from rnn. Set returnSequences: true on rnn.",
            () => new Conv1D(1, 2).Apply(new RNN(new LSTMCell(4)).Apply(new Input([5, 2]))));
    }

    [Fact]
    public void The_same_in_a_Sequential_without_an_input_shape()
    {
        var model = new Sequential([new LSTM(4), new LSTM(2)]);
        Refused(
            "lstm_1 expects 3 axes (batch, time, features) but got (None, 4) from lstm. Set returnSequences: true on lstm.",
            () => model.Predict(Tensor.Zeros(1, 3, 2)));
    }

    [Fact]
    public void The_wrong_number_of_axes()
    {
        Refused(
            "lstm expects 3 axes (batch, time, features) but got (5, 2). Give it one row of features for each time step, for example x.Reshape(batch, time, 1).",
            () => new LSTM(1).Apply(Tensor.Zeros(5, 2)));
        Refused(
            "lstm_1 expects 3 axes (time, batch, features) but got (5,).", () => new LSTM(1, timeMajor: true).Apply(Tensor.Zeros(5)));
        Refused(
            "conv1d expects 3 axes (batch, time, features) but got (1, 2, 3, 4). Wrap the layer in TimeDistributed, or merge two axes with Reshape.",
            () => new Conv1D(1, 2).Apply(Tensor.Zeros(1, 2, 3, 4)));
        Refused("dense expects at least 2 axes (batch, …, features) but got (5,).", () => new Dense(1).Apply(Tensor.Zeros(5)));
        Refused(
            "time_distributed expects at least 3 axes (batch, time, …) but got (None, 4) from dense_2. Give it one row of features for each time step, for example x.Reshape(batch, time, 1).",
            () => new TimeDistributed(new Dense(1)).Apply(new Dense(4).Apply(new Input([3]))));
        Refused("lstm_cell expects 2 axes (batch, features) but got (1, 2, 3).", () => new LSTMCell(1).ApplyAll([Tensor.Zeros(1, 2, 3), Tensor.Zeros(1, 1), Tensor.Zeros(1, 1)]));
    }

    [Fact]
    public void The_wrong_number_of_features()
    {
        var layers = new Layer[] { new LSTM(2), new Dense(2), new Conv1D(2, 1), new Bidirectional(new LSTM(2)), new RNN(new LSTMCell(2)) };
        foreach (var layer in layers)
        {
            layer.Apply(Tensor.Zeros(1, 4, 3));
            Refused(
                $"{layer.Name} expects 3 features on the last axis but got 5: (1, 4, 5). Its weights are made for 3; give it such input, or make a new layer.",
                () => layer.Apply(Tensor.Zeros(1, 4, 5)));
        }
    }

    [Fact]
    public void Windows_longer_than_the_sequence()
    {
        Refused(
            "conv1d: a window of 5 steps does not fit into 3 steps: (1, 3, 2). Use a smaller kernelSize, or padding: \"same\".",
            () => new Conv1D(1, 5).Apply(Tensor.Zeros(1, 3, 2)));
        Refused(
            "max_pooling1d: a window of 4 steps does not fit into 3 steps: (None, 3, 2). Use a smaller poolSize, or padding: \"same\".",
            () => new MaxPooling1D(4).Apply(new Input([3, 2])));
    }

    [Fact]
    public void A_target_shape_of_another_size() => Refused(
        "reshape: a sample of shape (2, 3) has 6 elements; they do not fit (4, -1).",
        () => new Reshape([4, -1]).Apply(Tensor.Zeros(1, 2, 3)));

    [Fact]
    public void Initial_states_of_the_wrong_number_or_shape()
    {
        var x = Tensor.Zeros(2, 3, 1);
        Refused(
            "lstm has 2 states ((batch, 4), (batch, 4)) but initialState holds 1.", () => new LSTM(4).Apply(x, [Tensor.Zeros(2, 4)]));
        Refused(
            "lstm_1: initial state 1 has shape (2, 3) but (2, 4) is expected: (batch, units).",
            () => new LSTM(4).Apply(x, [Tensor.Zeros(2, 4), Tensor.Zeros(2, 3)]));
        Refused(
            "rnn has 4 states ((batch, 4), (batch, 4), (batch, 3), (batch, 3)) but initialState holds 2.",
            () => new RNN([new LSTMCell(4), new LSTMCell(3)]).Apply(x, [Tensor.Zeros(2, 4), Tensor.Zeros(2, 4)]));
        Refused(
            "bidirectional has 4 states, forward ones first, but initialState holds 2.",
            () => new Bidirectional(new LSTM(4)).Apply(x, [Tensor.Zeros(2, 4), Tensor.Zeros(2, 4)]));
        Refused(
            "lstm_cell_2 takes an input and 2 states but got 2 tensors.",
            () => new LSTMCell(4).ApplyAll([Tensor.Zeros(2, 1), Tensor.Zeros(2, 4)]));
    }

    [Fact]
    public void A_sequence_without_a_step() => Refused("lstm got no time step: (2, 0, 3).", () => new LSTM(1).Apply(Tensor.Zeros(2, 0, 3)));

    [Fact]
    public void Weights_of_the_wrong_number_or_shape()
    {
        var layer = new LSTM(2);
        layer.Apply(Tensor.Zeros(1, 1, 3));
        var before = layer.GetWeights();
        Refused(
            "lstm has 3 weights (lstm/kernel (3, 8), lstm/recurrent_kernel (2, 8), lstm/bias (8,)) but SetWeights got 2.",
            () => layer.SetWeights([Tensor.Zeros(3, 8), Tensor.Zeros(2, 8)]));
        Refused(
            "lstm: weight 1, lstm/recurrent_kernel, has shape (2, 8) but SetWeights got (8, 2). Keras' layout is expected: GetWeights() shows it.",
            () => layer.SetWeights([Tensor.Zeros(3, 8), Tensor.Zeros(8, 2), Tensor.Zeros(8)]));
        Assert.Equal(before.SelectMany(weight => weight.ToArray()), layer.GetWeights().SelectMany(weight => weight.ToArray()));
        Refused("lstm/bias has shape (8,) but the new value has shape (4,).", () => layer.Weights[2].Assign(Tensor.Zeros(4)));
    }

    [Fact]
    public void Weights_before_they_are_made()
    {
        Assert.Equal(
            "dense has no weights yet, so CountParams cannot answer. Give the first layer an inputShape, or call it on data once.",
            Assert.Throws<InvalidOperationException>(() => new Dense(1).CountParams()).Message);
        Assert.Equal(
            "dense_1 has no weights yet, so SetWeights cannot answer. Give the first layer an inputShape, or call it on data once.",
            Assert.Throws<InvalidOperationException>(() => new Dense(1).SetWeights([])).Message);
        Assert.Empty(new Dense(1).GetWeights());
    }

    [Fact]
    public void One_result_asked_of_a_layer_with_several()
    {
        Assert.Equal(
            "lstm gives 3 tensors, but Apply returns one. Use ApplyAll: var (output, …) = layer.ApplyAll(x);",
            Assert.Throws<InvalidOperationException>(() => new LSTM(1, returnState: true).Apply(Tensor.Zeros(1, 1, 1))).Message);
        Refused("dense takes one input but got 2.", () => new Dense(1).Apply([Tensor.Zeros(1, 1), Tensor.Zeros(1, 1)]));
    }

    [Fact]
    public void Layers_that_join_inputs()
    {
        Refused("add: shapes (2, 3), (2, 4) cannot be put together: their axes must be equal, or 1.", () => new Add().Apply([Tensor.Zeros(2, 3), Tensor.Zeros(2, 4)]));
        Refused(
            "concatenate: shapes (2, 3), (3, 3) may differ on axis -1 alone.",
            () => new Concatenate().Apply([Tensor.Zeros(2, 3), Tensor.Zeros(3, 3)]));
    }

    [Fact]
    public void A_batch_size_that_is_not_positive() => Assert.Equal(
        "batchSize must be positive but is 0. (Parameter 'batchSize')",
        Assert.Throws<ArgumentOutOfRangeException>(() => new Input([1], batchSize: 0)).Message);

    private static void Refused(string message, Func<object> call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);

    private static void Refused(string message, Action call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
}
