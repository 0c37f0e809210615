using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.ModelTests;

public class FunctionalModelTests
{
    public FunctionalModelTests() => Backend.ClearSession();

    [Fact]
    public void Several_inputs_and_outputs()
    {
        Input a = new([3]), b = new([4]);
        var joined = new Concatenate().Apply([new Dense(2).Apply(a), b]);
        var model = new Model([a, b], [joined, new Dense(1).Apply(joined)]);
        var (first, second) = model.PredictAll([Tensor.Zeros(5, 3), Tensor.Ones(5, 4)]);
        Assert.Equal("(5, 6) (5, 1)", $"{first.Shape} {second.Shape}");
        Assert.Equal([0, 0, 1, 1, 1, 1], first[0].ToArray());
        Assert.Equal((2, 2), (model.Inputs.Count, model.Outputs.Count));
        Assert.Equal("model", model.Name);
    }

    [Fact]
    public void Several_outputs_where_one_is_asked_are_refused()
    {
        var input = new Input([3]);
        var model = new Model(input, [new Dense(1).Apply(input), new Dense(1).Apply(input)]);
        Assert.Equal(
            "model gives 2 tensors, but Predict returns one. Use PredictAll: var (first, …) = model.PredictAll(x);",
            Assert.Throws<InvalidOperationException>(() => model.Predict(Tensor.Zeros(1, 3))).Message);
    }

    [Fact]
    public void A_shared_layer_has_one_set_of_weights_and_collects_both_gradients()
    {
        Input a = new([3]), b = new([3]);
        var shared = new Dense(1, kernelInitializer: "ones");
        var model = new Model([a, b], new Add().Apply([shared.Apply(a), shared.Apply(b)]));
        Assert.Equal(4, model.CountParams());
        using var tape = new GradientTape();
        var output = model.Apply([Tensor.Ones(1, 3), 2 * Tensor.Ones(1, 3)]);
        Assert.Equal(9, output.Item());
        Assert.Equal([3, 3, 3], tape.Gradient(output, model.Weights)[0]!.ToArray());
    }

    [Fact]
    public void Nested_models_share_weights_with_the_outer_one()
    {
        var inner = new Input([3]);
        var encoder = new Model(inner, new Dense(2, "tanh").Apply(inner), name: "encoder");
        Input a = new([3]), b = new([3]);
        var model = new Model([a, b], new Concatenate().Apply([encoder.Apply(a), encoder.Apply(b)]));
        Assert.Equal(8, model.CountParams());
        var x = new RandomState(1).Normal(0, 1, [4, 3]);
        var output = model.Predict([x, 2 * x]);
        Close.Assert(Tensor.Concat([encoder.Predict(x), encoder.Predict(2 * x)], axis: 1), output, 0, "output");
        Assert.Same(encoder, model.GetLayer("encoder"));
        Assert.Equal("(None, 2)", encoder.Outputs[0].Shape.ToString());
    }

    [Fact]
    public void A_layer_that_stands_in_a_nested_model_too_counts_and_trains_once()
    {
        var shared = new Dense(3, inputShape: [3], useBias: false, kernelInitializer: "ones");
        var inner = new Sequential([shared]);
        var input = new Input([3]);
        var model = new Model(input, new Add().Apply([inner.Apply(input), shared.Apply(input)]));
        Assert.Equal(9, model.CountParams());
        Assert.Contains("Total params: 9\n", model.Summary(print: _ => { }), StringComparison.Ordinal);

        // The loss is the mean of the outputs: each weight's slope is 2 · x / 3, and one step of rate 1 takes it off once.
        model.Compile(new Training.SGD(1), new Training.Loss("mean", (_, yPred) => yPred));
        model.TrainOnBatch(Tensor.Ones(1, 3), Tensor.Zeros(1, 3));
        Close.Assert(Tensor.Full([3, 3], 1 / 3f), model.GetWeights()[0], 1e-6, "weight");
    }

    [Fact]
    public void A_part_of_a_model_is_a_model()
    {
        var input = new Input([3]);
        var hidden = new Dense(4).Apply(input);
        var whole = new Model(input, new Dense(1).Apply(hidden));
        var part = new Model(input, hidden);
        Assert.Equal(["input_1", "dense"], part.Layers.Select(layer => layer.Name).ToArray());
        whole.Compile("sgd", "mse");
        var before = part.Predict(Tensor.Ones(1, 3)).ToArray();
        whole.Fit(Tensor.Ones(4, 3), Tensor.Ones(4, 1), verbose: 0);
        Assert.NotEqual(before, part.Predict(Tensor.Ones(1, 3)).ToArray());
    }

    [Fact]
    public void States_of_one_layer_begin_another()
    {
        Input source = new([4, 2]), target = new([3, 2]);
        var (_, h, c) = new LSTM(5, returnState: true).ApplyAll(source);
        var decoder = new LSTM(5, returnSequences: true);
        var model = new Model([source, target], decoder.Apply(target, [h, c]));
        Assert.Equal("(7, 3, 5)", model.Predict([Tensor.Zeros(7, 4, 2), Tensor.Zeros(7, 3, 2)]).Shape.ToString());
    }

    [Fact]
    public void Inputs_that_are_missing_or_are_none_are_named()
    {
        Input a = new([3]), b = new([3]);
        var sum = new Add().Apply([a, b]);
        Assert.Equal(
            "model: the output depends on input_2, which is not among the inputs. Add it to inputs.",
            Assert.Throws<ArgumentException>(() => new Model(a, sum)).Message);
        Assert.Equal(
            "model_1: <KerasTensor: shape=(None, 3) dtype=float32 (created by layer 'add')> is not an Input. Begin the model with new Input([…]).",
            Assert.Throws<ArgumentException>(() => new Model(sum, sum)).Message);
        var model = new Model([a, b], sum, name: "m");
        Assert.Equal(
            "m has 2 inputs (input_1, input_2) but got 1.",
            Assert.Throws<ArgumentException>(() => model.Predict(Tensor.Zeros(1, 3))).Message);
    }

    [Fact]
    public void Two_layers_of_one_name_are_refused()
    {
        var input = new Input([3]);
        var output = new Dense(1, name: "a").Apply(new Dense(1, name: "a").Apply(input));
        Assert.Equal(
            "model: two layers have the name a. Names must differ.", Assert.Throws<ArgumentException>(() => new Model(input, output)).Message);
    }

    [Fact]
    public void Layers_stand_in_Keras_order_by_their_distance_from_the_outputs()
    {
        Input a = new([4], name: "a"), b = new([4], name: "b"), unused = new([1], name: "unused");
        var longWay = new Dense(4, name: "long_2").Apply(new Dense(4, name: "long_1").Apply(a));
        var shortWay = new Dense(4, name: "short").Apply(b);
        var model = new Model([a, b, unused], new Dense(1, name: "out").Apply(new Add(name: "sum").Apply([shortWay, longWay])));

        // Distances: a 4, long_1 3, b and long_2 and short: 3, 2, 2 …, sum 1, out 0; the unused input at distance 0 first.
        Assert.Equal(["a", "b", "long_1", "short", "long_2", "sum", "unused", "out"], model.Layers.Select(layer => layer.Name).ToArray());
        Assert.Equal(["long_1/kernel", "short/kernel", "long_2/kernel", "out/kernel"], model.Weights.Select(weight => weight.Name).Where(name => name.EndsWith("kernel", StringComparison.Ordinal)).ToArray());
    }

    [Fact]
    public void An_output_may_be_an_input()
    {
        var input = new Input([3]);
        Assert.Equal([1, 1, 1], new Model(input, input).Predict(Tensor.Ones(1, 3)).ToArray());
    }

    [Fact]
    public void Weights_can_be_taken_over_from_an_equal_model()
    {
        Model first = Make(), second = Make();
        var x = new RandomState(2).Normal(0, 1, [3, 4, 2]);
        second.SetWeights(first.GetWeights());
        Assert.Equal(first.Predict(x).ToArray(), second.Predict(x).ToArray());

        static Model Make()
        {
            var input = new Input([4, 2]);
            return new Model(input, new Dense(1).Apply(new Bidirectional(new LSTM(3)).Apply(input)));
        }
    }
}
