using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>A weight cannot be made for an axis of unknown length: the layer and the fix are named.</summary>
public class UnknownAxisTests
{
    public UnknownAxisTests() => Backend.ClearSession();

    public static TheoryData<string> Kinds => ["Dense", "LSTM", "RNN", "stack", "Conv1D", "Bidirectional", "own cell", "own layer", "own model", "Sequential", "TimeDistributed"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_features(string kind)
    {
        var layer = Make(kind);
        var error = Assert.Throws<ArgumentException>(() => layer.Apply(new Input(kind == "TimeDistributed" ? [3, 5, null] : [5, null])));
        Assert.Contains(kind is "Sequential" ? "lstm" : kind is "TimeDistributed" ? "dense" : layer.Name, error.Message, StringComparison.Ordinal);
        Assert.Contains("None)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Give ", error.Message, StringComparison.Ordinal);
        Assert.Empty(layer.Weights);

        // Nothing was made of lengths that were only tried.
        var x = Tensor.Ones(kind == "TimeDistributed" ? [2, 3, 5, 7] : [2, 5, 7]);
        layer.Apply(x);
        Assert.NotEmpty(layer.Weights);
    }

    [Fact]
    public void The_message_says_what_to_give()
    {
        Assert.Equal(
            "lstm makes its weights for the length of the last axis, the features, but got (None, 5, None). " +
            "Give that axis a length: begin the model with new Input([…, features]) and a number for features.",
            Assert.Throws<ArgumentException>(() => new LSTM(8).Apply(new Input([5, null]))).Message);
        var flat = new Flatten().Apply(new LSTM(5, returnSequences: true).Apply(new Input([null, 4])));
        Assert.Equal(
            "dense makes its weights for the length of the last axis, the features, but got (None, None) from flatten. " +
            "Give that axis a length: where the model begins, give a number to each axis that flatten makes it of.",
            Assert.Throws<ArgumentException>(() => new Dense(8).Apply(flat)).Message);
    }

    [Fact]
    public void Of_time_nothing_is_made()
    {
        foreach (var kind in Kinds.Select(row => row.Data).Where(kind => kind is not "TimeDistributed"))
            Assert.False(Make(kind).Apply(new Input([null, 2])).Shape.IsKnown);
    }

    [Fact]
    public void Weights_of_an_unknown_shape_are_named() => Assert.Equal(
        "made: weight w has shape (None, 2), and an axis without a length cannot be made. Give that axis a length where the model begins, in Input or inputShape.",
        Assert.Throws<ArgumentException>(() => new MakesUnknown().Apply(Tensor.Ones(1, 1))).Message);

    private static Layer Make(string kind) => kind switch
    {
        "Dense" => new Dense(3),
        "LSTM" => new LSTM(3),
        "RNN" => new RNN(new LSTMCell(3)),
        "stack" => new RNN([new LSTMCell(3), new LSTMCell(2)]),
        "Conv1D" => new Conv1D(3, 2),
        "Bidirectional" => new Bidirectional(new LSTM(3)),
        "own cell" => new RNN(new OwnCell(3)),
        "own layer" => new OwnCall(3),
        "own model" => new OwnModel(),
        "Sequential" => new Sequential([new LSTM(3), new Dense(1)]),
        _ => new TimeDistributed(new Dense(3)),
    };

    private sealed class MakesUnknown() : Layer("made")
    {
        protected override void Build(Shape inputShape) => AddWeight("w", [null, 2], "ones");

        protected override Tensor Call(Tensor input, bool training) => input;
    }
}
