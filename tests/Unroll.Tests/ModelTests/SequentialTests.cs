using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.ModelTests;

public class SequentialTests
{
    public SequentialTests() => Backend.ClearSession();

    [Fact]
    public void Knows_its_shape_from_the_first_layer()
    {
        var model = new Sequential([new LSTM(4, inputShape: [3, 2]), new Dense(1)]);
        Assert.True(model.Built);
        Assert.Equal(112 + 5, model.CountParams());
        Assert.Equal("(None, 3, 2)", model.Inputs[0].Shape.ToString());
        Assert.Equal("(None, 1)", model.Outputs[0].Shape.ToString());
        Assert.Equal("lstm_input", model.Inputs[0].Layer.Name);
        Assert.Equal(["lstm", "dense"], Names(model));
    }

    [Fact]
    public void Knows_its_shape_from_an_Input()
    {
        var model = new Sequential();
        model.Add(new Input([3, 2]));
        model.Add(new LSTM(4));
        Assert.True(model.Built);
        Assert.Equal(["lstm"], Names(model));
        Assert.Equal("(5, 4)", model.Predict(Tensor.Zeros(5, 3, 2)).Shape.ToString());
        Assert.Equal(
            "sequential has its input already. An Input can only be added first.",
            Assert.Throws<InvalidOperationException>(() => model.Add(new Input([3, 2]))).Message);
    }

    [Fact]
    public void Or_finds_its_shape_at_the_first_call()
    {
        var model = new Sequential([new LSTM(4, returnSequences: true), new LSTM(2)]);
        Assert.False(model.Built);
        Assert.Empty(model.Weights);
        var output = model.Predict(Tensor.Zeros(5, 3, 2));
        Assert.Equal("(5, 2)", output.Shape.ToString());
        Assert.True(model.Built);
        Assert.Equal("(None, 3, 2)", model.Inputs[0].Shape.ToString());
        Assert.Equal("(7, 2)", model.Predict(Tensor.Zeros(7, 3, 2)).Shape.ToString());
        model.Add(new Dense(1));
        Assert.Equal("(7, 1)", model.Predict(Tensor.Zeros(7, 3, 2)).Shape.ToString());
    }

    [Fact]
    public void Or_is_built_for_a_shape()
    {
        var model = new Sequential([new LSTM(4)]);
        model.Build([null, 3, 2]);
        Assert.Equal(112, model.CountParams());
    }

    [Fact]
    public void Or_finds_it_in_Fit()
    {
        var model = new Sequential([new Dense(1)]);
        model.Compile("sgd", "mse");
        model.Fit(Tensor.Ones(4, 3), Tensor.Ones(4, 1), verbose: 0);
        Assert.Equal(4, model.CountParams());
    }

    [Fact]
    public void The_input_shape_of_a_later_layer_is_ignored_as_in_Keras()
    {
        var model = new Sequential([new LSTM(64, returnSequences: true, inputShape: [10, 2]), new LSTM(32, inputShape: [1000000, 200000])]);
        Assert.Equal(["(2, 256)", "(64, 256)", "(256,)", "(64, 128)", "(32, 128)", "(128,)"], model.GetWeights().Select(weight => weight.Shape.ToString()).ToArray());
    }

    [Fact]
    public void Pop_takes_the_last_layer_away()
    {
        var model = new Sequential([new Dense(4, inputShape: [2]), new Dense(3)]);
        Assert.Equal("dense_1", model.Pop().Name);
        Assert.Equal(12, model.CountParams());
        Assert.Equal("(1, 4)", model.Predict(Tensor.Zeros(1, 2)).Shape.ToString());
        model.Add(new Dense(1));
        Assert.Equal(17, model.CountParams());

        model.Pop();
        model.Pop();
        Assert.False(model.Built);
        Assert.Equal(
            "sequential has no layers, so Pop cannot work. Add one: model.Add(new Dense(1)).",
            Assert.Throws<InvalidOperationException>(() => model.Pop()).Message);
        model.Add(new Dense(5));
        Assert.Equal("(1, 5)", model.Predict(Tensor.Zeros(1, 7)).Shape.ToString());
    }

    [Fact]
    public void Pop_keeps_an_input_that_was_added_and_forgets_one_that_was_found()
    {
        var model = new Sequential();
        model.Add(new Input([3]));
        model.Add(new Dense(1, inputShape: [5]));
        model.Pop();
        model.Add(new Dense(2));
        Assert.Equal("(None, 3)", model.Inputs[0].Shape.ToString());

        var found = new Sequential([new Dense(1)]);
        found.Predict(Tensor.Zeros(1, 3));
        found.Pop();
        found.Add(new Dense(2));
        Assert.Equal("(1, 2)", found.Predict(Tensor.Zeros(1, 7)).Shape.ToString());
    }

    [Fact]
    public void A_model_without_layers_says_so() => Assert.Equal(
        "sequential has no layers, so a call cannot work. Add one: model.Add(new Dense(1)).",
        Assert.Throws<InvalidOperationException>(() => new Sequential().Predict(Tensor.Zeros(1, 2))).Message);

    [Fact]
    public void Names_are_counted_and_must_differ()
    {
        Assert.Equal("sequential sequential_1 mine", $"{new Sequential().Name} {new Sequential().Name} {new Sequential(name: "mine").Name}");
        var model = new Sequential([new Dense(1, name: "a", inputShape: [1])]);
        Assert.Equal(
            "sequential_2 has a layer a already. Make a new layer, or give it another name.",
            Assert.Throws<ArgumentException>(() => model.Add(new Dense(1, name: "a"))).Message);
        Assert.Single(model.Layers);
    }

    [Fact]
    public void Layers_are_found_by_name_and_place()
    {
        var model = new Sequential([new LSTM(1, inputShape: [2, 1]), new Dense(1, name: "head")]);
        Assert.Same(model.Layers[1], model.GetLayer("head"));
        Assert.Same(model.Layers[0], model.GetLayer(0));
        Assert.Equal(
            "Unknown layer of sequential \"heed\". Did you mean \"head\"? Known: lstm, head.",
            Assert.Throws<ArgumentException>(() => model.GetLayer("heed")).Message);
        Assert.Equal(
            "sequential has 2 layers; there is no layer 2. (Parameter 'index')",
            Assert.Throws<ArgumentOutOfRangeException>(() => model.GetLayer(2)).Message);
    }

    [Fact]
    public void What_needs_the_shape_before_it_is_known_is_refused()
    {
        var model = new Sequential([new Dense(1)]);
        Assert.Equal(
            "sequential has no weights yet, so CountParams cannot answer. Give the first layer an inputShape, or call it on data once.",
            Assert.Throws<InvalidOperationException>(() => model.CountParams()).Message);
        Assert.Equal(
            "sequential does not know its input yet, so it has no Inputs. Give the first layer an inputShape, or call the model on data once.",
            Assert.Throws<InvalidOperationException>(() => model.Inputs).Message);
    }

    [Fact]
    public void Input_of_another_shape_is_refused()
    {
        var model = new Sequential([new LSTM(1, inputShape: [3, 2])]);
        Assert.Equal(
            "sequential: input lstm_input expects shape (None, 3, 2) but got (1, 3, 5).",
            Assert.Throws<ArgumentException>(() => model.Predict(Tensor.Zeros(1, 3, 5))).Message);
        Assert.Equal(
            "sequential: input lstm_input expects shape (None, 3, 2) but got (3, 2). A batch axis is missing: one sample is a batch of 1, x.ExpandDims(0).",
            Assert.Throws<ArgumentException>(() => model.Predict(Tensor.Zeros(3, 2))).Message);
    }

    [Fact]
    public void A_model_is_a_layer_of_another()
    {
        var inner = new Sequential([new Dense(4, inputShape: [3]), new Dense(2)]);
        var model = new Sequential([inner, new Dense(1)]);
        Assert.True(model.Built);
        Assert.Equal("(None, 1)", model.Outputs[0].Shape.ToString());
        var x = new RandomState(1).Normal(0, 1, [5, 3]);
        var output = model.Predict(x);
        Assert.Equal(inner.CountParams() + 3, model.CountParams());
        Close.Assert(model.Layers[1].Apply(inner.Predict(x)), output, 1e-7, "output");
    }

    [Fact]
    public void Applies_to_data_as_a_layer_does()
    {
        var model = new Sequential([new Dropout(0.5f, seed: 1, inputShape: [50])]);
        var x = Tensor.Ones(1, 50);
        Assert.Equal(x.ToArray(), model.Apply(x).ToArray());
        Assert.Equal(x.ToArray(), model.Predict(x).ToArray());
        Assert.NotEqual(x.ToArray(), model.Apply(x, training: true).ToArray());
    }

    private static string[] Names(Sequential model) => [.. model.Layers.Select(layer => layer.Name)];
}
