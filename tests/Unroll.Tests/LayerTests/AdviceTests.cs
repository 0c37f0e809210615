using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Errors that say what to write.</summary>
public class AdviceTests
{
    public AdviceTests() => Backend.ClearSession();

    [Fact]
    public void A_cell_where_a_layer_is_meant()
    {
        const string Advice = "A cell makes one step; to run it over a sequence, wrap the cell in RNN: new RNN(new LSTMCell(4)).";
        var model = new Sequential();
        model.Add(new Input([7, 3]));
        Assert.Equal(
            $"lstm_cell expects 2 axes (batch, features) and its states, but got (None, 7, 3). {Advice}",
            Assert.Throws<ArgumentException>(() => model.Add(new LSTMCell(4))).Message);
        Assert.EndsWith(Advice, Assert.Throws<ArgumentException>(() => new Sequential([new LSTMCell(4), new Dense(1)]).Predict(Tensor.Zeros(1, 7, 3))).Message, StringComparison.Ordinal);
        Assert.EndsWith(Advice, Assert.Throws<ArgumentException>(() => new LSTMCell(4).Apply(Tensor.Zeros(1, 7, 3))).Message, StringComparison.Ordinal);
        Assert.EndsWith(Advice, Assert.Throws<ArgumentException>(() => new LSTMCell(4).Apply(new Input([3]))).Message, StringComparison.Ordinal);
        Assert.EndsWith(Advice, Assert.Throws<ArgumentException>(() => new TimeDistributed(new LSTMCell(4)).Apply(new Input([7, 3]))).Message, StringComparison.Ordinal);
        Assert.EndsWith("new RNN(new OwnCell(…)).", Assert.Throws<ArgumentException>(() => new OwnCell(4).Apply(new Input([7, 3]))).Message, StringComparison.Ordinal);
        Assert.EndsWith("new RNN([new LSTMCell(4), new LSTMCell(2)]).", Assert.Throws<ArgumentException>(() => new StackedRNNCells([new LSTMCell(4), new LSTMCell(2)]).Apply(new Input([7, 3]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void States_that_were_not_asked_for()
    {
        var x = Tensor.Zeros(2, 5, 2);
        Assert.Equal(
            "lstm gives one tensor; set returnState: true to get its last 2 states too: var (output, h, c) = …. It was taken apart into 2.",
            Message(() =>
            {
                var (output, h) = new LSTM(4, returnSequences: true).ApplyAll(x);
            }));
        Assert.Equal(
            "lstm_1 gives 3 tensors, the output and the last states: var (output, h, c) = …. They were taken apart into 2.",
            Message(() =>
            {
                var (output, h) = new LSTM(4, returnState: true).ApplyAll(x);
            }));
        Assert.Equal(
            "rnn gives one tensor; set returnState: true to get its last state too: var (output, state) = …. It was taken apart into 2.",
            Message(() =>
            {
                var (output, h) = new RNN(new OwnCell(4)).ApplyAll(new Input([5, 2]));
            }));
        Assert.Equal(
            "lstm_2 gives 3 tensors, the output and the last states: var (output, h, c) = …. They were taken apart into 4.",
            Message(() =>
            {
                var (output, h, c, more) = new LSTM(4, returnState: true).ApplyAll(new Input([5, 2]));
            }));
        Assert.Equal(
            "rnn_1 gives 7 tensors, the output and the last states: var all = …, where all[0] is the output and all[1] to all[6] are the states. " +
            "They were taken apart into 2.",
            Message(() =>
            {
                var (output, h) = new RNN([new LSTMCell(1), new LSTMCell(2), new LSTMCell(3)], returnState: true).ApplyAll(new Input([5, 2]));
            }));
        Assert.Equal(
            "dense gives one tensor; it was taken apart into 2.",
            Message(() =>
            {
                var (first, second) = new Dense(4).ApplyAll(x);
            }));
        Assert.Equal(
            "bidirectional gives one tensor; it was taken apart into 3. Set returnState: true on the layer within to get its last states too.",
            Message(() =>
            {
                var (output, h, c) = new Bidirectional(new LSTM(4)).ApplyAll(x);
            }));
    }

    private static string Message(Action call) => Assert.Throws<InvalidOperationException>(call).Message;
}
