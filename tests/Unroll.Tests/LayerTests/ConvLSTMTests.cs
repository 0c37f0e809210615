using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.LayerTests;

/// <summary>Shapes, states, errors and advice of convolutional LSTMs; their numbers are held by the goldens.</summary>
[Collection(nameof(OneByOne))]
public class ConvLSTMTests
{
    private static readonly Tensor Film = new RandomState(1).Normal(0, 1, [2, 3, 4, 5, 1]);

    public ConvLSTMTests() => Backend.ClearSession();

    [Fact]
    public void Shapes_are_known_before_there_are_weights()
    {
        var layer = new ConvLSTM2D(6, 3, strides: 2, returnSequences: true, returnState: true);
        Assert.Equal(
            [Shape.Create([null, null, 4, 3, 6]), Shape.Create([null, 4, 3, 6]), Shape.Create([null, 4, 3, 6])],
            layer.ComputeOutputShapes([Shape.Create([null, null, 9, 7, 2])]));
        Assert.Equal(Shape.Create([8, 5, 2]), new ConvLSTM1D(2, 3, padding: "same").ComputeOutputShape(Shape.Create([8, null, 5, 1])));
        Assert.Equal(Shape.Create([null, 3, 4, 2]), new ConvLSTM2D(2, 2).Apply(new Input(Shape.Create([null, 4, 5, 1]))).Shape);
        Assert.Equal(Shape.Create([null, null, 2]), new ConvLSTM1DCell(2, 2).StateShapes[1].Prepend(null));
    }

    [Fact]
    public void Weights_have_the_names_and_layout_of_Keras_and_begin_with_a_forget_gate_that_remembers()
    {
        var layer = new ConvLSTM2D(2, (3, 1), padding: "same");
        layer.Apply(Film);
        Assert.Equal("conv_lstm2d/kernel conv_lstm2d/recurrent_kernel conv_lstm2d/bias", string.Join(' ', layer.Weights.Select(weight => weight.Name)));
        Assert.Equal([Shape.Create([3, 1, 1, 8]), Shape.Create([3, 1, 2, 8]), Shape.Create([8])], layer.Weights.Select(weight => weight.Shape));
        Assert.Equal([0f, 0, 1, 1, 0, 0, 0, 0], layer.Weights[2].Value.ToArray());
        var plain = new ConvLSTM1D(1, 1, unitForgetBias: false);
        plain.Apply(Tensor.Zeros(1, 1, 1, 1));
        Assert.Equal([0f, 0, 0, 0], plain.Weights[2].Value.ToArray());
        Assert.Same(ActivationFunction.Sigmoid, ((ConvLSTMCell)layer.Cell).RecurrentActivation);
    }

    [Fact]
    public void RNN_of_the_cell_and_one_step_after_the_other_give_the_same()
    {
        var layer = new ConvLSTM2D(2, 2, returnState: true);
        var rnn = new RNN(new ConvLSTM2DCell(2, 2), returnState: true);
        var expected = layer.ApplyAll(Film);
        rnn.ApplyAll(Film);
        rnn.SetWeights(layer.GetWeights());
        Close.Assert([.. expected], rnn.ApplyAll(Film), 1e-6, "RNN");

        var states = layer.Cell.GetInitialState(2);
        foreach (var picture in Film.Unstack(1))
            states = new Tensors([.. layer.Cell.ApplyAll([picture, .. states]).Skip(1)]);
        Close.Assert([expected[1], expected[2]], states, 1e-6, "cell");
    }

    [Fact]
    public void A_stack_of_cells_is_a_stack_of_layers()
    {
        var stack = new RNN([new ConvLSTM1DCell(3, 2), new ConvLSTM1DCell(2, 2)], returnSequences: true);
        var x = new RandomState(2).Normal(0, 1, [2, 4, 5, 1]);
        var model = new Sequential([new ConvLSTM1D(3, 2, returnSequences: true), new ConvLSTM1D(2, 2, returnSequences: true)]);
        model.Predict(x);
        var y = stack.Apply(x);
        Assert.Equal(stack.ComputeOutputShape(x.Shape), y.Shape);
        stack.SetWeights(model.GetWeights());
        Close.Assert([model.Predict(x)], [stack.Apply(x)], 1e-6, "output");
    }

    [Fact]
    public void Dropout_acts_in_training_alone_and_each_gate_has_a_mask_of_its_own()
    {
        var layer = new ConvLSTM1D(1, 1, dropout: 0.5, recurrentActivation: "linear", activation: "linear", useBias: false, returnSequences: true);
        var x = Tensor.Ones(40, 2, 1, 1);
        Assert.Equal(layer.Apply(x).ToArray(), layer.Apply(x).ToArray());
        layer.Weights[0].Assign(Tensor.Ones(1, 1, 4));
        layer.Weights[1].Assign(Tensor.Zeros(1, 1, 4));

        // Through linear gates the first h is i · g · o, each 0 or 2; through one mask it would be 0 in half of the samples.
        var h = layer.Apply(x, training: true).Unstack(1)[0].ToArray();
        Assert.All(h, value => Assert.Contains(value, new[] { 0f, 8f }));
        Assert.InRange(h.Count(value => value > 0), 1, 14);
    }

    [Fact]
    public void Trace_keeps_gates_and_states_number_by_number()
    {
        var layer = new ConvLSTM2D(2, 2, returnSequences: true);
        var trace = layer.Trace(Film);
        Assert.Equal(Shape.Create([2, 3, 24]), trace["forget"].Shape);
        Assert.Equal(layer.Apply(Film).ToArray(), trace["h"].ToArray());
    }

    [Fact]
    public void A_film_is_learned_from_and_the_model_can_be_shown()
    {
        Backend.SetRandomSeed(3);
        var model = new Sequential(
        [
            new ConvLSTM2D(3, 3, padding: "same", returnSequences: true, inputShape: [3, 4, 5, 1]), new ConvLSTM2D(2, 2), new Flatten(), new Dense(1),
        ]);
        model.Compile(new Adam(0.02), "mse");
        var (x, y) = (new RandomState(4).Normal(0, 1, [16, 3, 4, 5, 1]), new RandomState(5).Normal(0, 1, [16, 1]));
        var losses = model.Fit(x, y, epochs: 30, verbose: 0)["loss"];
        Assert.True(losses[^1] < 0.5 * losses[0], $"{losses[0]} to {losses[^1]}");
        var (printed, _) = Captured.Output(() => model.Summary());
        Assert.Contains("conv_lstm2d_1 (ConvLSTM2D)", printed, StringComparison.Ordinal);
        Assert.Contains("(None, 3, 4, 2)", printed, StringComparison.Ordinal);
        Assert.Contains("ConvLSTM2D · 3 filters", model.Plot().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_teach()
    {
        Refused("c: kernelSize must be positive whole numbers but is (0, 2).", () => _ = new ConvLSTM2D(1, (0, 2), name: "c"));
        Refused("c: strides must be a positive whole number but is 0.", () => _ = new ConvLSTM1D(1, 2, strides: 0, name: "c"));
        Refused("c: padding must be \"valid\" or \"same\", not \"causal\".", () => _ = new ConvLSTM1D(1, 2, padding: "causal", name: "c"));
        Refused("c: dropout must be at least 0 and below 1 but is 1.", () => _ = new ConvLSTM2D(1, 2, dropout: 1, name: "c"));
        Refused(
            "c expects 5 axes (batch, time, rows, columns, channels) but got (2, 3, 4, 5) from b. Set returnSequences: true on b.",
            () => new ConvLSTM2D(1, 1, name: "c").Apply(new ConvLSTM2D(5, 1, name: "b").Apply(new Input([9, 3, 4, 1], batchSize: 2))));
        Refused(
            "c makes its states for the size of its input, but got (None, None, 5, 1) at a step. Give its rows, columns, channels lengths " +
            "where the model begins: new Input([…, rows, columns, channels]).",
            () => new ConvLSTM2D(1, 1, name: "c").Apply(new Input(Shape.Create([3, null, 5, 1]))));
        Refused(
            "c: a window of (5, 5) does not fit into 4 rows and 5 columns: (2, 4, 5, 1). Use a smaller kernelSize, or padding: \"same\".",
            () => new ConvLSTM2D(1, 5, name: "c").Apply(Film));
        var built = new ConvLSTM2D(1, 1, name: "c");
        built.Apply(Film);
        Refused(
            "c expects rows, columns, channels of (4, 5, 1) but got (2, 3, 6, 5, 1). Its states are made for that size; give it such input, " +
            "or make a new layer.",
            () => built.Apply(Tensor.Zeros(2, 3, 6, 5, 1)));
        Refused(
            "c: initial state 1 has shape (2, 4, 1) but (2, 4, 5, 1) is expected: the batch first.",
            () => built.Apply(Film, [Tensor.Zeros(2, 4, 5, 1), Tensor.Zeros(2, 4, 1)]));
        Refused("c has 2 states ((batch, 4, 5, 1), (batch, 4, 5, 1)) but initialState holds 1.", () => built.Apply(Film, [Tensor.Zeros(2, 4, 5, 1)]));
        Refused(
            "d has 2 states ((batch, …, …, 1), (batch, …, …, 1)) but initialState holds 1.",
            () => new ConvLSTM2D(1, 1, name: "d").Apply(Film, [Tensor.Zeros(2, 4, 5, 1)]));
        Refused(
            "e expects 4 axes (batch, rows, columns, channels) and its states, but got (2, 3, 4, 5, 1). A cell makes one step; to run it over a " +
            "sequence, wrap the cell in RNN: new RNN(new ConvLSTM2DCell(1, (1, 1))).",
            () => new ConvLSTM2DCell(1, 1, name: "e").Apply(Film));
        Assert.Throws<InvalidOperationException>(() => new ConvLSTM2DCell(1, 1).GetInitialState(2));
        Assert.Throws<NotSupportedException>(() => _ = new ConvLSTM2D(1, 2, strides: 2, dilationRate: 2));
        Assert.Throws<NotSupportedException>(() => _ = new ConvLSTM1D(1, 2, strides: 2, dilationRate: 2));
    }

    private static void Refused(string message, Action action) => Assert.Equal(message, Assert.Throws<ArgumentException>(action).Message);
}
