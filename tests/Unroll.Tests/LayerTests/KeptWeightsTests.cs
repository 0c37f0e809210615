using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.LayerTests;

/// <summary>Layers keep their weights packed from call to call; whatever changes a weight is seen by the next call.</summary>
public class KeptWeightsTests
{
    private static readonly Tensor X = new RandomState(3).Normal(0, 1, [2, 5, 3]);

    public static TheoryData<string> Kinds => ["lstm", "gru", "rnn"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_change_of_any_weight_is_seen(string kind)
    {
        var layer = Layer(kind);
        for (var i = 0; i < layer.Weights.Count; i++)
        {
            CheckTwice(layer);
            var weight = layer.Weights[i];
            weight.Assign(weight.Value * 1.5f + 0.1f);
            CheckTwice(layer);
        }

        layer.SetWeights([.. layer.GetWeights().Select(weight => weight * 0.5f)]);
        CheckTwice(layer);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_write_through_a_span_is_seen_whenever_it_comes(string kind)
    {
        var layer = Layer(kind);
        CheckTwice(layer);
        var span = layer.Weights[1].Value.Span;
        for (var again = 0; again < 3; again++)
        {
            span[again] += 1;
            CheckTwice(layer);
        }
    }

    [Fact]
    public void A_step_of_training_is_seen()
    {
        var model = new Sequential([new LSTM(40, inputShape: [5, 3]), new Dense(1)]);
        model.Compile(optimizer: "adam", loss: "mse");
        var y = Tensor.Zeros(2, 1);
        var layer = (LSTM)model.Layers[0];
        for (var step = 0; step < 3; step++)
        {
            CheckTwice(layer);
            model.TrainOnBatch(X, y);
            CheckTwice(layer);
        }
    }

    [Fact]
    public void A_stream_step_by_step_gives_what_the_sequence_gives()
    {
        Backend.SetRandomSeed(4);
        var stream = new Sequential([
            new LSTM(40, returnSequences: true, stateful: true), new GRU(20, returnSequences: true, stateful: true), new SimpleRNN(30, stateful: true)]);
        stream.Build([2, 1, 3]);
        var whole = new Sequential([new LSTM(40, returnSequences: true), new GRU(20, returnSequences: true), new SimpleRNN(30, returnSequences: true)]);
        whole.Build([null, null, 3]);
        whole.SetWeights(stream.GetWeights());
        for (var again = 0; again < 2; again++)
        {
            var expected = whole.Predict(X);
            for (var step = 0; step < 5; step++)
            {
                var output = stream.Predict(X[.., step..(step + 1)], batchSize: 2);
                Assert.Equal(expected[.., step].ToArray(), output.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
            }

            stream.ResetStates();
        }
    }

    [Fact]
    public void States_and_outputs_of_a_stream_that_somebody_has_stay_as_they_are()
    {
        var layer = new LSTM(40, stateful: true);
        layer.Apply(X);
        var (states, output) = (layer.States!, layer.Apply(X));
        var (h, c, y) = (states[0].ToArray(), states[1].ToArray(), output.ToArray());
        for (var step = 0; step < 4; step++)
            layer.Apply(X);
        Assert.Equal(h, states[0].ToArray());
        Assert.Equal(c, states[1].ToArray());
        Assert.Equal(y, output.ToArray());
        layer.ResetStates(states);
        Assert.Equal(y, layer.Apply(X).ToArray());
    }

    private static FusedRNN Layer(string kind)
    {
        Backend.SetRandomSeed(2);
        FusedRNN layer = kind switch
        {
            "lstm" => new LSTM(40, returnSequences: true),
            "gru" => new GRU(40, returnSequences: true),
            _ => new SimpleRNN(40, returnSequences: true),
        };
        layer.Apply(X);
        return layer;
    }

    /// <summary>The layer, called three times, against its cell, which keeps nothing.</summary>
    private static void CheckTwice(FusedRNN layer)
    {
        var expected = new RNN(layer.Cell).Apply(X).ToArray();
        for (var call = 0; call < 3; call++)
        {
            var output = layer.Apply(X);
            var last = layer.ReturnSequences ? output[.., -1] : output;
            Assert.Equal(expected, last.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }
}
