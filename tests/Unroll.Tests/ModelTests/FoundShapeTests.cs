using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.ModelTests;

/// <summary>A Sequential that found its shape at the first call takes others, as far as its layers do; as in tf.keras 2.</summary>
public class FoundShapeTests
{
    public FoundShapeTests() => Backend.ClearSession();

    [Fact]
    public void Another_time_length()
    {
        var model = new Sequential([new LSTM(4), new Dense(1)]);
        model.Predict(Tensor.Ones(2, 5, 3));
        Assert.Equal("(None, 5, 3)", model.Inputs[0].Shape.ToString());
        var weights = model.GetWeights();
        Assert.Equal("(2, 1)", model.Predict(Tensor.Ones(2, 7, 3)).Shape.ToString());
        Assert.Equal("(None, None, 3)", model.Inputs[0].Shape.ToString());
        Assert.Equal("(4, 1)", model.Predict(Tensor.Ones(4, 2, 3)).Shape.ToString());
        Assert.Equal(weights.Select(weight => weight.ToArray()), model.GetWeights().Select(weight => weight.ToArray()));
        Assert.Contains("(None, 4)", model.Summary(print: _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public void In_training_too_and_within_other_models()
    {
        var model = new Sequential([new Sequential([new LSTM(4, returnSequences: true)]), new LSTM(3), new Dense(1)]);
        model.Compile("adam", "mse");
        model.Fit(Tensor.Ones(4, 5, 2), Tensor.Ones(4, 1), verbose: 0);
        model.Fit(Tensor.Ones(6, 8, 2), Tensor.Ones(6, 1), verbose: 0, validationData: (Tensor.Ones(2, 3, 2), Tensor.Ones(2, 1)));
        model.TrainOnBatch(Tensor.Ones(1, 1, 2), Tensor.Ones(1, 1));
        Assert.Equal(2, model.Evaluate(Tensor.Ones(2, 9, 2), Tensor.Ones(2, 1), verbose: 0).Length + 1);
        var each = new TimeDistributed(new Sequential([new LSTM(4)]));
        Assert.Equal("(2, 3, 4)", each.Apply(Tensor.Ones(2, 3, 5, 2)).Shape.ToString());
        Assert.Equal("(2, 4, 4)", each.Apply(Tensor.Ones(2, 4, 6, 2)).Shape.ToString());
    }

    [Fact]
    public void Features_must_still_match()
    {
        var model = new Sequential([new LSTM(4), new Dense(1)]);
        model.Predict(Tensor.Ones(2, 5, 3));
        Assert.Equal(
            "lstm expects 3 features on the last axis but got 4: (2, 7, 4). Its weights are made for 3; give it such input, or make a new layer.",
            Assert.Throws<ArgumentException>(() => model.Predict(Tensor.Ones(2, 7, 4))).Message);
        Assert.Contains("lstm expects 3 axes", Assert.Throws<ArgumentException>(() => model.Predict(Tensor.Ones(2, 3))).Message, StringComparison.Ordinal);
        Assert.Equal("(2, 1)", model.Predict(Tensor.Ones(2, 7, 3)).Shape.ToString());

        var flat = new Sequential([new Flatten(), new Dense(1)]);
        flat.Predict(Tensor.Ones(2, 5, 3));
        Assert.Contains("dense_1 expects 15 features on the last axis but got 21", Assert.Throws<ArgumentException>(() => flat.Predict(Tensor.Ones(2, 7, 3))).Message, StringComparison.Ordinal);
        Assert.Equal("(2, 1)", flat.Predict(Tensor.Ones(2, 3, 5)).Shape.ToString());
    }

    [Fact]
    public void Another_number_of_axes_where_the_layers_take_it()
    {
        var model = new Sequential([new Dense(2), new Dense(1)]);
        Assert.Equal("(2, 5, 1)", model.Predict(Tensor.Ones(2, 5, 3)).Shape.ToString());
        Assert.Equal("(2, 1)", model.Predict(Tensor.Ones(2, 3)).Shape.ToString());
        Assert.Equal("(2, 5, 1)", model.Predict(Tensor.Ones(2, 5, 3)).Shape.ToString());
    }

    [Fact]
    public void A_shape_that_was_given_binds()
    {
        var built = new Sequential([new LSTM(4)]);
        built.Build([null, 5, 3]);
        Assert.Contains("expects shape (None, 5, 3)", Assert.Throws<ArgumentException>(() => built.Predict(Tensor.Ones(2, 7, 3))).Message, StringComparison.Ordinal);
        var given = new Sequential([new LSTM(4, inputShape: [5, 3])]);
        Assert.Contains("expects shape (None, 5, 3)", Assert.Throws<ArgumentException>(() => given.Predict(Tensor.Ones(2, 7, 3))).Message, StringComparison.Ordinal);
        var free = new Sequential([new LSTM(4, inputShape: [null, 3])]);
        Assert.Equal("(2, 4)", free.Predict(Tensor.Ones(2, 7, 3)).Shape.ToString());
    }
}
