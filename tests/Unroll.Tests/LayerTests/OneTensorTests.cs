using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Several tensors where one is meant, and states that do not fit, are found where the network is written down.</summary>
public class OneTensorTests
{
    public OneTensorTests() => Backend.ClearSession();

    public static TheoryData<string> Kinds => ["LSTM", "RNN", "Bidirectional", "not merged", "TimeDistributed", "functional", "own"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_of_a_Sequential_gives_one_tensor(string kind)
    {
        // At the front, behind a known shape, and last.
        var front = Assert.Throws<ArgumentException>(() => Sequential(Many(kind, inputShape: [5, 2]), new Dense(1)));
        Assert.Contains("tensors, and each layer of a Sequential must give one", front.Message, StringComparison.Ordinal);
        var model = new Sequential([new Activation("linear", inputShape: [5, 2])]);
        Assert.Contains("must give one", Assert.Throws<ArgumentException>(() => model.Add(Many(kind))).Message, StringComparison.Ordinal);
        Assert.Single(model.Layers);
        Assert.Equal("(1, 5, 2)", model.Predict(Tensor.Zeros(1, 5, 2)).Shape.ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Also_where_the_shape_is_not_known_yet(string kind) => Assert.Contains(
        "must give one",
        Assert.Throws<ArgumentException>(() => Sequential(Many(kind), new Dense(1)).Predict(Tensor.Zeros(1, 5, 2))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_error_names_the_layer_and_what_to_do()
    {
        var error = Assert.Throws<ArgumentException>(() => new Sequential([new LSTM(4, returnState: true, inputShape: [5, 2])]));
        Assert.Equal(
            "sequential: lstm gives 3 tensors, and each layer of a Sequential must give one. Make lstm with returnState: false, or take one: var (output, …) = lstm.ApplyAll(x).",
            error.Message);
    }

    [Fact]
    public void A_layer_of_one_input_refuses_several_when_it_is_placed()
    {
        var all = new LSTM(4, returnState: true).ApplyAll(new Input([5, 2]));
        Assert.Equal(
            "dense takes one input but got 3: lstm gives 3 tensors. Make lstm with returnState: false, or take one: var (output, …) = lstm.ApplyAll(x).",
            Assert.Throws<ArgumentException>(() => new Dense(1).Apply(all)).Message);
        Assert.Throws<ArgumentException>(() => new Flatten().Apply([new Input([2]), new Input([2])]));
        Assert.Throws<ArgumentException>(() => new OwnCall(2).Apply([new Input([2]), new Input([2])]));
        Assert.Throws<ArgumentException>(() => new Dense(1).Apply(new LSTM(4, returnState: true).ApplyAll(Tensor.Zeros(1, 5, 2))));
        Assert.Throws<ArgumentException>(() => new Add().Apply(KerasTensors.Create([])));
    }

    [Fact]
    public void Symbolic_states_of_the_wrong_number()
    {
        var (x, h) = (new Input([5, 2]), new Input([4]));
        Assert.Equal(
            "lstm has 2 states ((batch, 4), (batch, 4)) but initialState holds 1.", Refused(() => new LSTM(4).Apply(x, [h])));
        Assert.Equal(
            "lstm_1 has 2 states ((batch, 4), (batch, 4)) but initialState holds 3.", Refused(() => new LSTM(4).ApplyAll([x, h, h, h])));
        Assert.Contains("rnn has 1 states", Refused(() => new RNN(new OwnCell(4)).Apply(x, [h, h])), StringComparison.Ordinal);
        Assert.Contains("bidirectional has 4 states", Refused(() => new Bidirectional(new LSTM(4)).Apply([x, h, h])), StringComparison.Ordinal);
    }

    [Fact]
    public void Symbolic_states_of_the_wrong_units_or_axes()
    {
        Input x = new([5, 2]), right = new([4]), wrong = new([3]), sequence = new([5, 4]);
        Assert.Equal(
            "lstm: initial state 1 has shape (None, 3) but (None, 4) is expected: (batch, units). Make the layer that gives it with 4 units, or lstm with as many as it has.",
            Refused(() => new LSTM(4).Apply(x, [right, wrong])));
        Assert.Contains("initial state 0 has shape (None, 5, 4)", Refused(() => new LSTM(4).Apply(x, [sequence, right])), StringComparison.Ordinal);
        Assert.Contains("initial state 0 has shape (None, 3)", Refused(() => new RNN(new OwnCell(4)).Apply(x, [wrong])), StringComparison.Ordinal);
        Assert.Contains("backward_lstm", Refused(() => new Bidirectional(new LSTM(4, name: "lstm")).Apply([x, right, right, right, wrong])), StringComparison.Ordinal);
        Assert.Contains("initial state 2", Refused(() => new RNN([new LSTMCell(4), new OwnCell(5)]).Apply(x, [right, right, wrong])), StringComparison.Ordinal);
        var fixedBatch = new Input([4], batchSize: 3);
        Assert.Contains("(3, 4)", Refused(() => new LSTM(4).Apply(new Input([5, 2], batchSize: 2), [fixedBatch, fixedBatch])), StringComparison.Ordinal);
        Assert.Equal("(None, 4)", new LSTM(4).Apply(x, [right, right]).Shape.ToString());
    }

    private static Layer Many(string kind, Shape? inputShape = null) => kind switch
    {
        "LSTM" => new LSTM(4, returnState: true, inputShape: inputShape),
        "RNN" => new RNN(new OwnCell(3), returnState: true, inputShape: inputShape),
        "Bidirectional" => new Bidirectional(new LSTM(3, returnState: true), inputShape: inputShape),
        "not merged" => new Bidirectional(new LSTM(3), mergeMode: null, inputShape: inputShape),
        "TimeDistributed" => new TimeDistributed(new TwoOutputs(null), inputShape: inputShape),
        "functional" => TwoOutputModel(),
        _ => new TwoOutputs(inputShape),
    };

    private static Model TwoOutputModel()
    {
        var input = new Input([5, 2]);
        return new Model(input, [new Dense(1).Apply(input), new Dense(1).Apply(input)]);
    }

    private static Sequential Sequential(params Layer[] layers) => new(layers);

    private static string Refused(Func<object> call) => Assert.Throws<ArgumentException>(call).Message;

    private sealed class TwoOutputs(Shape? inputShape) : Layer(null, inputShape)
    {
        protected override Tensors CallAll(Tensors inputs, bool training) => [inputs[0], 2 * inputs[0]];
    }
}
