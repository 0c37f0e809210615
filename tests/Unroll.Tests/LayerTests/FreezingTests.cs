using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>What is frozen, or stands in something frozen, is not trained; as in Keras.</summary>
public class FreezingTests
{
    private static readonly Tensor X = new RandomState(1).Normal(0, 1, [8, 4, 2]);
    private static readonly Tensor Y = new RandomState(2).Normal(0, 1, [8, 1]);

    public static TheoryData<string> Ways => ["before it knows its shape", "before layers are added", "after", "around an inner model", "own model", "functional"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Nothing_in_a_frozen_model_is_trained(string way)
    {
        Model model;
        switch (way)
        {
            case "before it knows its shape":
                model = new Sequential([new LSTM(3), new Dense(1)]) { Trainable = false };
                break;
            case "before layers are added":
                var early = new Sequential { Trainable = false };
                early.Add(new LSTM(3, inputShape: [4, 2]));
                early.Add(new Dense(1));
                model = early;
                break;
            case "after":
                model = new Sequential([new LSTM(3, inputShape: [4, 2]), new Dense(1)]);
                model.Trainable = false;
                break;
            case "around an inner model":
                model = new Sequential([new Sequential([new LSTM(3), new Dense(1)])]) { Trainable = false };
                break;
            case "own model":
                model = new OwnModel { Trainable = false };
                break;
            default:
                var input = new Input([4, 2]);
                model = new Model(input, new Dense(1).Apply(new Bidirectional(new LSTM(3)).Apply(input))) { Trainable = false };
                break;
        }

        model.Compile("adam", "mse");
        model.Predict(X);
        var before = model.GetWeights();
        model.Fit(X, Y, verbose: 0);
        Assert.Empty(model.TrainableWeights);
        Assert.Equal(model.Weights.Count, model.NonTrainableWeights.Count);
        Close.Assert(before, model.GetWeights(), 0, "weight");
        Assert.Contains("Trainable params: 0\n", model.Summary(print: _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_part_of_a_model_stays_as_it_was()
    {
        var frozen = new Sequential([new LSTM(3)]) { Trainable = false };
        var model = new Sequential([frozen, new Dense(1)]);
        model.Compile("adam", "mse");
        model.Fit(X, Y, verbose: 0);
        Assert.Equal(["dense", "dense"], [.. model.TrainableWeights.Select(weight => weight.Name.Split('_')[0].Split('/')[0])]);
        Assert.Equal(3, model.NonTrainableWeights.Count);
    }

    public static TheoryData<string> Copies => ["Bidirectional", "RNN", "frozen cell", "frozen cell of a stack", "own cell", "TimeDistributed"];

    [Theory]
    [MemberData(nameof(Copies))]
    public void Copies_of_what_is_frozen_are_frozen(string kind)
    {
        var layer = kind switch
        {
            "Bidirectional" => new Bidirectional(new LSTM(3) { Trainable = false }),
            "RNN" => new Bidirectional(new RNN(new LSTMCell(3)) { Trainable = false }),
            "frozen cell" => new Bidirectional(new RNN(new LSTMCell(3) { Trainable = false })),
            "frozen cell of a stack" => new Bidirectional(new RNN([new LSTMCell(3) { Trainable = false }, new LSTMCell(3) { Trainable = false }])),
            "own cell" => new Bidirectional(new RNN(new OwnCell(3, copies: true) { Trainable = false })),
            _ => (Layer)new TimeDistributed(new Dense(3) { Trainable = false }),
        };
        layer.Apply(X);
        Assert.NotEmpty(layer.Weights);
        Assert.Empty(layer.TrainableWeights);
    }

    [Fact]
    public void The_cell_of_a_copied_LSTM_alone()
    {
        var layer = new LSTM(3);
        layer.Cell.Trainable = false;
        var both = new Bidirectional(layer);
        both.Apply(X);
        Assert.Empty(both.TrainableWeights);
    }

    [Fact]
    public void A_backward_layer_that_is_given_keeps_its_own()
    {
        var both = new Bidirectional(new LSTM(3) { Trainable = false }, backwardLayer: new LSTM(3, goBackwards: true));
        both.Apply(X);
        Assert.All(both.TrainableWeights, weight => Assert.StartsWith("lstm", weight.Name, StringComparison.Ordinal));
        Assert.Equal(3, both.TrainableWeights.Count);
    }

    [Fact]
    public void Setting_a_parent_sets_all_within_as_in_Keras()
    {
        var (first, second) = (new Dense(2, inputShape: [3]), new Dense(1));
        var model = new Sequential([first, second]);
        second.Trainable = false;
        Assert.Equal(2, model.TrainableWeights.Count);
        model.Trainable = false;
        Assert.False(first.Trainable);
        model.Trainable = true;
        Assert.True(second.Trainable);
        Assert.Equal(4, model.TrainableWeights.Count);
    }

    [Fact]
    public void A_layer_added_to_a_frozen_model_is_trained_once_the_model_is()
    {
        var model = new Sequential([new Dense(2, inputShape: [3])]) { Trainable = false };
        var late = new Dense(1);
        model.Add(late);
        Assert.Empty(model.TrainableWeights);
        Assert.Equal(2, late.TrainableWeights.Count);
        model.Trainable = true;
        Assert.Equal(4, model.TrainableWeights.Count);
    }

    [Fact]
    public void A_layer_in_a_frozen_model_and_beside_it_counts_as_where_it_is_not_frozen()
    {
        var shared = new Dense(2, inputShape: [2]);
        var inner = new Sequential { Trainable = false };
        inner.Add(shared);
        var input = new Input([2]);
        var model = new Model(input, new Add().Apply([inner.Apply(input), shared.Apply(input)]));
        Assert.Equal(2, model.TrainableWeights.Count);
    }

    [Fact]
    public void A_frozen_weight_alone_is_left_alone()
    {
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        model.Weights[1].Trainable = false;
        Assert.Equal(model.Weights[0], Assert.Single(model.TrainableWeights));
    }
}
