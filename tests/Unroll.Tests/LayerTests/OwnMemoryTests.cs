using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.LayerTests;

/// <summary>A result shares its memory with nothing: writing into it changes no input, no other result and no state.</summary>
public class OwnMemoryTests
{
    private static readonly Dictionary<string, Func<Layer>> Layers = new(StringComparer.Ordinal)
    {
        ["Dropout"] = () => new Dropout(0.5),
        ["linear Activation"] = () => new Activation("linear"),
        ["own identity activation"] = () => new Activation(new ActivationFunction("same", x => x)),
        ["Reshape"] = () => new Reshape([3, 2]),
        ["Flatten"] = () => new Flatten(),
        ["Concatenate"] = () => new Concatenate(),
        ["Add"] = () => new Add(),
        ["own identity"] = () => new Same(),
        ["own identity twice"] = () => new SameTwice(),
        ["Sequential"] = () => new Sequential([new Dropout(0.5)]),
        ["TimeDistributed"] = () => new TimeDistributed(new Dropout(0.5)),
        ["functional"] = () =>
        {
            var input = new Input([3, 2]);
            return new Model(input, [input, input, new Dropout(0.5).Apply(input)]);
        },
        ["own model"] = () => new SameModel(),
        ["LSTM"] = () => new LSTM(3, returnState: true),
        ["LSTM sequence"] = () => new LSTM(3, returnSequences: true, returnState: true),
        ["RNN"] = () => new RNN(new LSTMCell(3), returnState: true),
        ["RNN of an identity"] = () => new RNN(new SameCell(), returnState: true, returnSequences: true),
        ["stack"] = () => new RNN([new LSTMCell(3), new SameCell(3)], returnState: true),
        ["Bidirectional"] = () => new Bidirectional(new LSTM(3, returnState: true), mergeMode: null),
        ["Conv1D"] = () => new Conv1D(2, 1),
        ["MaxPooling1D"] = () => new MaxPooling1D(1),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_a_layer(string name)
    {
        foreach (var time in new[] { 1, 3 })
        {
            if (time == 1 && name is "Reshape" or "functional")
                continue;
            var x = new RandomState(1).Normal(0, 1, [2, time, 2]);
            var layer = Layers[name]();
            Alone(() => layer.ApplyAll(x), x);
            Alone(() => layer.ApplyAll(x, training: false), x);
            if (layer.ApplyAll(x).Count == 1)
                Alone(() => layer.Apply(x), x);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_Predict(string name)
    {
        var x = new RandomState(1).Normal(0, 1, [2, 3, 2]);
        var model = Layers[name]() is Model made ? made : WithInput(Layers[name]());
        Alone(() => model.PredictAll(x), x);
        if (model.PredictAll(x).Count == 1)
            Alone(() => model.Predict(x), x);
    }

    [Fact]
    public void Of_initial_states_that_are_handed_through()
    {
        Tensor x = Tensor.Ones(2, 3, 2), state = Tensor.Ones(2, 2);
        var layer = new RNN(new KeepingCell(), returnState: true);
        var outputs = layer.ApplyAll(x, [state]);
        outputs[0].Span.Fill(9);
        outputs[1].Span.Fill(8);
        Assert.All(state.ToArray(), value => Assert.Equal(1, value));
        Assert.All(outputs[0].ToArray(), value => Assert.Equal(9, value));
    }

    [Fact]
    public void Of_states_that_a_layer_keeps_or_is_given()
    {
        var layer = new LSTM(3, stateful: true, returnState: true);
        var (output, h, c) = layer.ApplyAll(Tensor.Ones(2, 3, 2));
        var kept = layer.States!.Select(state => state.ToArray()).ToArray();
        output.Span.Fill(9);
        h.Span.Fill(9);
        c.Span.Fill(9);
        Assert.Equal(kept, layer.States!.Select(state => state.ToArray()).ToArray());
        Tensor mine = Tensor.Ones(2, 3);
        layer.States = [mine, mine];
        layer.ResetStates([mine, mine]);
        layer.States = [mine, mine];
        mine.Span.Fill(5);
        Assert.All(layer.States, state => Assert.All(state.ToArray(), value => Assert.Equal(1, value)));
    }

    [Fact]
    public void Of_gradients()
    {
        Tensor a = Tensor.Ones(3), b = Tensor.Ones(3);
        using var tape = new GradientTape();
        tape.Watch(a);
        tape.Watch(b);
        var gradients = tape.Gradient((a + b).Sum(), [a, b, a]);
        gradients[0]!.Span.Fill(9);
        Assert.Equal([1, 1, 1], gradients[1]!.ToArray());
        Assert.Equal([1, 1, 1], gradients[2]!.ToArray());
    }

    [Fact]
    public void Of_operations_that_change_nothing()
    {
        var x = Tensor.Ones(2, 3);
        foreach (var same in new[]
        {
            x.BroadcastTo(2, 3), x.Reshape(2, 3), x[..], x.Clip(-9, 9), x.Transpose(0, 1), x.MoveAxis(0, 0), x.StopGradient(), x.Copy(),
            Tensor.Concat([x]), x.Split(1)[0], ActivationFunction.Linear.Apply(x), new Variable(x, "w").Value, x.Flip(0).Flip(0),
        })
        {
            same.Span.Fill(9);
            Assert.Equal([1, 1, 1, 1, 1, 1], x.ToArray());
        }
    }

    [Fact]
    public void And_gradients_go_through_what_was_copied()
    {
        var x = Tensor.Ones(2, 3);
        using var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        Assert.Equal([1, 1, 1, 1, 1, 1], tape.Gradient(new Dropout(0.5).Apply(x), x)!.ToArray());
        Assert.Equal([2, 2, 2, 2, 2, 2], tape.Gradient(new SameTwice().ApplyAll(x).Aggregate((a, b) => a + b), x)!.ToArray());
    }

    /// <summary>Fills each result in turn and looks whether anything else changed.</summary>
    private static void Alone(Func<Tensors> call, Tensor input)
    {
        for (var i = 0; i < call().Count; i++)
        {
            var outputs = call();
            var before = outputs.Select(output => output.ToArray()).ToArray();
            var x = input.ToArray();
            outputs[i].Span.Fill(99);
            Assert.Equal(x, input.ToArray());
            for (var k = 0; k < outputs.Count; k++)
                if (k != i)
                    Assert.Equal(before[k], outputs[k].ToArray());
        }
    }

    private static Model WithInput(Layer layer)
    {
        var input = new Input([3, 2]);
        return new Model(input, layer.ApplyAll(input));
    }

    private sealed class Same : Layer
    {
        protected override Tensor Call(Tensor input, bool training) => input;
    }

    private sealed class SameTwice : Layer
    {
        protected override Tensors CallAll(Tensors inputs, bool training) => [inputs[0], inputs[0]];
    }

    private sealed class SameModel : Model
    {
        protected override Tensor Call(Tensor input, bool training) => input;
    }

    private sealed class SameCell(int units = 2) : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [units];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training) => (input, input);
    }

    private sealed class KeepingCell : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [2];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training) => (states[0], states);
    }
}
