using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>Masks in a file do what they do here: at the end, at the beginning, with gaps, and where no step counts.</summary>
public class MaskTests
{
    private const int Batch = 6;
    private const int Time = 7;
    private const float Nothing = -9;

    private static readonly Dictionary<string, Func<KerasTensor, KerasTensors>> Networks = new(StringComparer.Ordinal)
    {
        ["LSTM"] = x => new LSTM(3).Apply(x),
        ["LSTM with sequences"] = x => new LSTM(3, returnSequences: true).Apply(x),
        ["LSTM with sequences and states"] = x => new LSTM(3, returnSequences: true, returnState: true).ApplyAll(x),
        ["LSTM with zeros for steps that do not count"] = x => new LSTM(3, returnSequences: true, zeroOutputForMask: true, returnState: true).ApplyAll(x),
        ["LSTM with a zero for a last step that does not count"] = x => new LSTM(3, zeroOutputForMask: true).Apply(x),
        ["LSTM backwards"] = x => new LSTM(3, goBackwards: true, returnState: true).ApplyAll(x),
        ["LSTM backwards with sequences"] = x => new LSTM(3, goBackwards: true, returnSequences: true, returnState: true).ApplyAll(x),
        ["LSTM backwards with zeros"] = x => new LSTM(3, goBackwards: true, zeroOutputForMask: true).Apply(x),
        ["GRU with sequences"] = x => new GRU(3, returnSequences: true, returnState: true).ApplyAll(x),
        ["GRU of the older kind"] = x => new GRU(3, resetAfter: false, returnState: true).ApplyAll(x),
        ["SimpleRNN with sequences"] = x => new SimpleRNN(3, activation: "relu", returnSequences: true).Apply(x),
        ["two LSTMs and a Dense"] = x => new Dense(2).Apply(new LSTM(3).Apply(new Dropout(0.3).Apply(new LSTM(4, returnSequences: true).Apply(x)))),
        ["cells on top of each other"] = x => new RNN([new LSTMCell(3), new GRUCell(2)], returnSequences: true, returnState: true).ApplyAll(x),
        ["a loop"] = x => new LSTM(3, activation: "gelu", returnSequences: true, returnState: true).ApplyAll(x),
        ["a loop for the last output"] = x => new LSTM(3, activation: "swish").Apply(x),
        ["a loop backwards"] = x => new GRU(3, activation: "softplus", goBackwards: true, returnSequences: true, returnState: true).ApplyAll(x),
        ["a loop with zeros"] = x => new SimpleRNN(3, activation: "selu", zeroOutputForMask: true, returnSequences: true).Apply(x),
        ["a loop with a zero for the last"] = x => new SimpleRNN(3, activation: "softmax", zeroOutputForMask: true).Apply(x),
        ["both directions"] = x => new Bidirectional(new LSTM(3)).Apply(x),
        ["both directions with sequences"] = x => new Bidirectional(new LSTM(3, returnSequences: true)).Apply(x),
        ["both directions with states"] = x => new Bidirectional(new GRU(3, returnSequences: true, returnState: true), mergeMode: "sum").ApplyAll(x),
        ["both directions from the back"] = x => new Bidirectional(new LSTM(3, returnSequences: true, goBackwards: true), mergeMode: null).ApplyAll(x),
        ["directions that are not alike"] = x =>
            new Bidirectional(new LSTM(3, returnSequences: true), backwardLayer: new GRU(2, goBackwards: true, returnSequences: true)).Apply(x),
        ["the mean of what counts"] = x => new GlobalAveragePooling1D().Apply(new LSTM(3, returnSequences: true).Apply(x)),
        ["attention"] = x => new Attention(useCausalMask: true).Apply(KerasTensors.Create([x, x])),
        ["several heads"] = x => new GlobalAveragePooling1D().Apply(new MultiHeadAttention(2, 3).Apply(KerasTensors.Create([x, x]))),
        ["a sum of two"] = x => new LSTM(3).Apply(new Add().Apply(KerasTensors.Create([x, new Dense(2).Apply(x)]))),
        ["side by side"] = x => new LSTM(3).Apply(new Concatenate().Apply(KerasTensors.Create([x, new Dense(2).Apply(x)]))),
        ["one after the other"] = x => new LSTM(3).Apply(new Concatenate(axis: 1).Apply(KerasTensors.Create([x, new Conv1D(2, 1).Apply(x)]))),
        ["after a layer that loses masks"] = x => new LSTM(3).Apply(new Conv1D(2, 1).Apply(x)),
        ["after an operator, which loses masks"] = x => new LSTM(3).Apply(x * 2),
        ["after both directions"] = x => new LSTM(2).Apply(new Bidirectional(new LSTM(3, returnSequences: true)).Apply(x)),
        ["after both directions, not merged"] = x =>
            new LSTM(2).Apply(new Add().Apply(new Bidirectional(new LSTM(3, returnSequences: true), mergeMode: null).ApplyAll(x))),
        ["after a TimeDistributed"] = x =>
            new GlobalAveragePooling1D().Apply(new LSTM(3, returnSequences: true).Apply(new TimeDistributed(new Dense(3)).Apply(x))),
        ["a layer that is told not to look"] = x => Blind(new LSTM(3, returnSequences: true), x),
        ["in each step of a longer sequence"] = x => new TimeDistributed(new Dense(3)).Apply(x),
    };

    public static TheoryData<string> Names => new(Networks.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_masks_give_the_same_numbers(string name)
    {
        var x = new Input(Shape.Create([null, 2]));
        var model = new Model(x, Networks[name](new Masking(Nothing).Apply(x))).Trained();

        // Of attention and of a mean over no step there is nothing to say: 0/0.
        var first = name is "the mean of what counts" or "several heads" or "after a TimeDistributed" ? 1 : 0;
        Numbers.Same(model, [.. Enumerable.Range(0, 12).Select(seed => (Tensor[])[Sequences(seed, first)])]);
    }

    [Fact]
    public void States_that_come_in_stay_where_no_step_counts()
    {
        var (x, h, c) = (new Input([Time, 2]), new Input([3]), new Input([3]));
        var outputs = new LSTM(3, returnSequences: true, returnState: true).ApplyAll(KerasTensors.Create([new Masking(Nothing).Apply(x), h, c]));
        Numbers.Same(new Model(KerasTensors.Create([x, h, c]), outputs).Trained(), [Sequences(3, 0), Numbers.Of(1, Batch, 3), Numbers.Of(2, Batch, 3)]);
    }

    [Fact]
    public void Both_directions_begin_with_states_that_come_in()
    {
        var x = new Input([Time, 2]);
        Input[] states = [.. Enumerable.Range(0, 4).Select(_ => new Input([3]))];
        var both = new Bidirectional(new LSTM(3, returnSequences: true, returnState: true));
        var outputs = both.ApplyAll(KerasTensors.Create([new Masking(Nothing).Apply(x), .. states]));
        Numbers.Same(
            new Model(KerasTensors.Create([x, .. states]), outputs).Trained(),
            [Sequences(3, 0), .. Enumerable.Range(1, 4).Select(seed => Numbers.Of(seed, Batch, 3))]);
    }

    [Fact]
    public void An_embedding_masks_its_zeros_wherever_they_are()
    {
        var x = new Input(Shape.Create([null]));
        var y = new LSTM(3, returnSequences: true).Apply(new Embedding(9, 4, maskZero: true).Apply(x));
        var tokens = Tensor.Of([3, 0, 5, 8, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5]).Reshape(3, 5);
        Numbers.Same(new Model(x, y).Trained(), [tokens]);
    }

    /// <summary>As a file of Keras says of a layer that was called without the mask that came.</summary>
    private static KerasTensor Blind(LSTM layer, KerasTensor x)
    {
        layer.IgnoresMask = true;
        return new GlobalAveragePooling1D().Apply(layer.Apply(x));
    }

    /// <summary>Sequences with steps left out: some of none, some at the end, some at the beginning, some anywhere.</summary>
    private static Tensor Sequences(int seed, int leastSteps)
    {
        var random = new RandomState(seed + 1);
        var x = random.Uniform(-1, 1, [Batch, Time, 2]).ToArray();
        for (var sample = 0; sample < Batch; sample++)
        {
            var length = (int)random.Uniform(leastSteps, Time + 1);
            for (var step = 0; step < Time; step++)
            {
                var counts = sample switch
                {
                    0 => seed % 3 > 0 || step < leastSteps,
                    1 => step < length,
                    2 => step >= Time - length,
                    _ => random.Uniform(0, 1) < 0.5 || step < leastSteps,
                };
                if (!counts)
                    (x[(sample * Time + step) * 2], x[(sample * Time + step) * 2 + 1]) = (Nothing, Nothing);
            }
        }

        return Tensor.FromSpan(x, [Batch, Time, 2]);
    }
}
