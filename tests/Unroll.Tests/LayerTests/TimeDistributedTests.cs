using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Any layer, and any model, at each step of a sequence.</summary>
public class TimeDistributedTests
{
    private static readonly Dictionary<string, Func<Layer>> OfSequences = new(StringComparer.Ordinal)
    {
        ["LSTM"] = () => new LSTM(4),
        ["LSTM sequence"] = () => new LSTM(4, returnSequences: true),
        ["LSTM states"] = () => new LSTM(4, returnState: true),
        ["RNN of own cell"] = () => new RNN(new OwnCell(4)),
        ["RNN of stacked cells"] = () => new RNN([new OwnCell(4), new LSTMCell(3)], returnState: true),
        ["Bidirectional"] = () => new Bidirectional(new LSTM(3)),
        ["Bidirectional both"] = () => new Bidirectional(new LSTM(3), mergeMode: null),
        ["TimeDistributed"] = () => new TimeDistributed(new Dense(3)),
        ["own Call"] = () => new OwnCall(3),
        ["own CallAll"] = () => new OwnCallAll(3),
        ["own model"] = () => new OwnModel(),
        ["own model of lists"] = () => new OwnModelOfLists(),
        ["Sequential"] = () => new Sequential([new LSTM(4), new Dense(2)]),
        ["Sequential with a shape"] = () => new Sequential([new LSTM(4, inputShape: [5, 2]), new Dense(2)]),
        ["functional"] = Functional,
        ["functional with two outputs"] = () => Functional(outputs: 2),
        ["Conv1D"] = () => new Conv1D(3, 2),
        ["MaxPooling1D"] = () => new MaxPooling1D(),
        ["Flatten"] = () => new Flatten(),
        ["Reshape"] = () => new Reshape([-1]),
        ["Activation"] = () => new Activation("relu"),
        ["Dropout"] = () => new Dropout(0.5),
        ["Concatenate"] = () => new Concatenate(),
    };

    public static TheoryData<string> Names => [.. OfSequences.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_at_each_step_what_the_layer_gives(string name)
    {
        var x = new RandomState(1).Normal(0, 1, [2, 3, 5, 2]);
        var layer = OfSequences[name]();
        var wrapped = new TimeDistributed(layer);
        var outputs = wrapped.ApplyAll(x);
        for (var step = 0; step < 3; step++)
        {
            var alone = layer.ApplyAll(x[.., step]);
            Assert.Equal(alone.Count, outputs.Count);
            for (var i = 0; i < alone.Count; i++)
                Close.Assert(alone[i], outputs[i][.., step], 1e-6, $"step {step}, output {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tells_the_same_shapes_before_there_are_data(string name)
    {
        var real = new TimeDistributed(OfSequences[name]()).ApplyAll(Tensor.Zeros(2, 3, 5, 2)).Select(output => output.Shape.ToString()[2..]).ToArray();
        Assert.Equal(real, new TimeDistributed(OfSequences[name]()).ApplyAll(new Input([3, 5, 2])).Select(output => output.Shape.ToString()[5..]).ToArray());
        Assert.Equal(real, new TimeDistributed(OfSequences[name]()).ComputeOutputShapes([Shape.Create([null, 3, 5, 2])]).Select(shape => shape.ToString()[5..]).ToArray());
        Assert.Equal(real, new TimeDistributed(OfSequences[name]()).ComputeOutputShapes([Shape.Create([2, 3, 5, 2])]).Select(shape => shape.ToString()[2..]).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ComputeOutputShape_is_that_of_a_call(string name)
    {
        var real = OfSequences[name]().ApplyAll(Tensor.Zeros(2, 5, 2)).Select(output => output.Shape.ToString()[2..]).ToArray();
        Assert.Equal(real, OfSequences[name]().ComputeOutputShapes([Shape.Create([null, 5, 2])]).Select(shape => shape.ToString()[5..]).ToArray());
        if (real.Length == 1)
            Assert.Equal(real[0], OfSequences[name]().ComputeOutputShape([null, 5, 2]).ToString()[5..]);
        else
            Assert.Contains("Use ComputeOutputShapes", Assert.Throws<InvalidOperationException>(() => OfSequences[name]().ComputeOutputShape([null, 5, 2])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("RNN of own cell")]
    [InlineData("Bidirectional")]
    [InlineData("own CallAll")]
    [InlineData("own model of lists")]
    [InlineData("Sequential")]
    [InlineData("functional")]
    public void A_hierarchical_model_trains(string name)
    {
        var random = new RandomState(2);
        Backend.SetRandomSeed(1);
        var model = new Sequential([new TimeDistributed(OfSequences[name](), inputShape: [3, 5, 2]), new TimeDistributed(new Flatten()), new LSTM(6), new Dense(1)]);
        model.Compile("adam", "mse");
        var before = model.GetWeights();
        var losses = model.Fit(random.Normal(0, 1, [8, 3, 5, 2]), random.Normal(0, 1, [8, 1]), epochs: 20, verbose: 0)["loss"];
        Assert.True(losses[^1] < losses[0]);
        Assert.All(before.Zip(model.GetWeights()), pair => Assert.NotEqual(pair.First.ToArray(), pair.Second.ToArray()));
    }

    [Fact]
    public void Several_inputs_have_their_steps_side_by_side()
    {
        Tensor a = new RandomState(1).Normal(0, 1, [2, 3, 4]), b = new RandomState(2).Normal(0, 1, [2, 3, 4]);
        var (sum, difference) = new TimeDistributed(new SumAndDifference()).ApplyAll([a, b]);
        Assert.Equal((a + b).ToArray(), sum.ToArray());
        Assert.Equal((a - b).ToArray(), difference.ToArray());
        var (first, second) = new TimeDistributed(new SumAndDifference()).ApplyAll([new Input([3, 4]), new Input([3, 4])]);
        Assert.Equal("(None, 3, 4) (None, 3, 4)", $"{first.Shape} {second.Shape}");
        Assert.Contains(
            "must have the same batch and time",
            Assert.Throws<ArgumentException>(() => new TimeDistributed(new SumAndDifference()).ApplyAll([a, b[.., ..2]])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void States_of_a_stateful_layer_go_from_step_to_step()
    {
        var x = new RandomState(1).Normal(0, 1, [2, 3, 5, 2]);
        var layer = new LSTM(4, stateful: true);
        var wrapped = new TimeDistributed(layer);
        var output = wrapped.Apply(x);
        layer.ResetStates();
        for (var step = 0; step < 3; step++)
            Close.Assert(layer.Apply(x[.., step]), output[.., step], 0, $"step {step}");
    }

    [Fact]
    public void A_step_must_keep_the_batch_axis()
    {
        var error = Assert.Throws<ArgumentException>(() => new TimeDistributed(new Summing(), name: "each").Apply(Tensor.Zeros(2, 3, 4)));
        Assert.Contains("each: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("the first axis must stay the batch", error.Message, StringComparison.Ordinal);
    }

    private static Model Functional() => Functional(outputs: 1);

    private static Model Functional(int outputs)
    {
        var input = new Input([5, 2]);
        var hidden = new LSTM(3).Apply(input);
        return outputs == 1 ? new Model(input, new Dense(2).Apply(hidden)) : new Model(input, [hidden, new Dense(2).Apply(hidden)]);
    }

    private sealed class Summing : Layer
    {
        protected override Tensor Call(Tensor input, bool training) => input.Sum();
    }
}
