using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>A stateful layer keeps its states outside of the file: they come in with a call, and go out with it.</summary>
public class StateTests
{
    [Fact]
    public void A_stateful_model_goes_on_where_the_last_call_ended()
    {
        var x = new Input(Shape.Create([null, 2]), batchSize: 3, name: "x");
        var y = new GRU(2, stateful: true, name: "gru").Apply(new LSTM(4, stateful: true, returnSequences: true, name: "lstm").Apply(x));
        var model = new Model(x, y).Trained();
        using var program = new OnnxProgram(model);
        Assert.Equal(["x", "lstm_h_in", "lstm_c_in", "gru_h_in"], program.InputNames);
        Assert.Equal(["gru", "lstm_h_out", "lstm_c_out", "gru_h_out"], program.OutputNames);
        Assert.Equal("3, 4", program.AxesOfInput("lstm_c_in"));
        Assert.Equal("3, 2", program.AxesOfOutput("gru_h_out"));
        Follows(model, program, 1, [Tensor.Zeros(3, 4), Tensor.Zeros(3, 4), Tensor.Zeros(3, 2)], [3, 5, 2], [3, 1, 2], [3, 7, 2]);
    }

    [Fact]
    public void Both_directions_keep_their_states()
    {
        var x = new Input([4, 2], batchSize: 2);
        var model = new Model(x, new Bidirectional(new LSTM(3, stateful: true, name: "lstm")).Apply(x)).Trained();
        using var program = new OnnxProgram(model);
        Assert.Equal(["forward_lstm_h_in", "forward_lstm_c_in", "backward_lstm_h_in", "backward_lstm_c_in"], program.InputNames.Skip(1));
        Follows(model, program, 1, [.. Enumerable.Range(0, 4).Select(_ => Tensor.Zeros(2, 3))], [2, 4, 2], [2, 4, 2], [2, 4, 2]);
    }

    [Fact]
    public void Masked_steps_and_loops_keep_states_too()
    {
        var x = new Input([4, 2], batchSize: 2);
        var masked = new Masking(-9).Apply(x);
        KerasTensor[] outputs = [new LSTM(3, stateful: true).Apply(masked), new LSTM(3, activation: "gelu", stateful: true).Apply(masked)];
        var model = new Model(x, outputs).Trained();
        using var program = new OnnxProgram(model);
        var states = Enumerable.Range(0, 4).Select(_ => Tensor.Zeros(2, 3)).ToArray();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var data = Numbers.Of(seed, 2, 4, 2).ToArray();
            data.AsSpan(8 - 2 * seed, 2 * seed).Fill(-9);
            var input = Tensor.FromSpan(data, [2, 4, 2]);
            var found = program.Run([input, .. states]);
            Close.Assert([.. model.ApplyAll([input])], found[..2], 1e-5, "output");
            states = found[2..];
        }
    }

    [Fact]
    public void A_layer_that_is_called_twice_hands_its_states_from_call_to_call()
    {
        var (x, y) = (new Input([4, 2], batchSize: 2), new Input([4, 2], batchSize: 2));
        var shared = new SimpleRNN(3, stateful: true, name: "rnn");
        var model = new Model(KerasTensors.Create([x, y]), KerasTensors.Create([shared.Apply(x), shared.Apply(y)])).Trained();
        using var program = new OnnxProgram(model);
        Assert.Equal(["rnn_h_in"], program.InputNames.Skip(2));
        Follows(model, program, 2, [Tensor.Zeros(2, 3)], [2, 4, 2], [2, 4, 2]);
    }

    private static void Follows(Model model, OnnxProgram program, int inputs, Tensor[] states, params int[][] shapes)
    {
        foreach (var (call, shape) in shapes.Index())
        {
            Tensor[] given = [.. Enumerable.Range(0, inputs).Select(i => Numbers.Of(10 * call + i, shape))];
            Tensor[] expected = [.. model.ApplyAll(given)];
            var found = program.Run([.. given, .. states]);
            Close.Assert(expected, found[..expected.Length], 1e-5, FormattableString.Invariant($"output of call {call}"));
            states = found[expected.Length..];
        }
    }
}
