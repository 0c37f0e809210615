using Unroll.Layers;

namespace Unroll.Tests.LayerTests;

/// <summary>What all layers share: names, weights, shapes, freezing.</summary>
public class LayerBasicsTests
{
    public LayerBasicsTests() => Backend.ClearSession();

    [Fact]
    public void Automatic_names_count_by_type()
    {
        Assert.Equal("lstm lstm_1 dense max_pooling1d conv1d", $"{new LSTM(1).Name} {new LSTM(1).Name} {new Dense(1).Name} {new MaxPooling1D().Name} {new Conv1D(1, 1).Name}");
        Assert.Equal("time_distributed bidirectional rnn lstm_cell_1", $"{new TimeDistributed(new Flatten()).Name} {new Bidirectional(new LSTM(1)).Name} {new RNN(new LSTMCell(1)).Name} {new LSTMCell(1).Name}");
        Assert.Equal("input_1 input_2", $"{new Input([1]).Layer.Name} {new Input([1]).Layer.Name}");
        Assert.Equal("mine", new LSTM(1, name: "mine").Name);
        Backend.ClearSession();
        Assert.Equal("lstm input_1", $"{new LSTM(1).Name} {new Input([1]).Layer.Name}");
    }

    [Fact]
    public void Weights_are_named_after_their_layer()
    {
        var layer = new Bidirectional(new LSTM(2));
        layer.Apply(Tensor.Zeros(1, 1, 3));
        Assert.Equal(
            [
                "forward_lstm/kernel (3, 8)", "forward_lstm/recurrent_kernel (2, 8)", "forward_lstm/bias (8,)",
                "backward_lstm/kernel (3, 8)", "backward_lstm/recurrent_kernel (2, 8)", "backward_lstm/bias (8,)",
            ],
            layer.Weights.Select(weight => $"{weight.Name} {weight.Shape}").ToArray());
        Assert.Equal("<Variable x shape=(2,) dtype=float32>\n[1. 2.]", new Variable(Tensor.Of([1, 2]), "x").ToString());
    }

    [Fact]
    public void Counts_of_parameters()
    {
        Assert.Equal(17152, Count(new LSTM(64), 10, 2));
        Assert.Equal(12416, Count(new LSTM(32), 10, 64));
        Assert.Equal(16896, Count(new LSTM(64, useBias: false), 10, 2));
        Assert.Equal(2 * 12416, Count(new Bidirectional(new LSTM(32)), 10, 64));
        Assert.Equal(14, Count(new Conv1D(2, 2), 9, 3));
        Assert.Equal(0, Count(new Flatten(), 9, 3));

        static int Count(Layer layer, int time, int features)
        {
            layer.Apply(new Input([time, features]));
            return layer.CountParams();
        }
    }

    [Fact]
    public void GetWeights_gives_copies()
    {
        var layer = new Dense(1, kernelInitializer: "ones");
        layer.Apply(Tensor.Zeros(1, 1));
        layer.GetWeights()[0].Span[0] = 9;
        Assert.Equal(1, layer.GetWeights()[0].Item());
    }

    [Fact]
    public void A_symbolic_call_tells_the_shapes_of_a_call_on_data()
    {
        var layers = new (Func<Layer> Make, int[] Shape)[]
        {
            (() => new LSTM(4), [5, 2]), (() => new LSTM(4, returnSequences: true, returnState: true), [5, 2]),
            (() => new RNN([new LSTMCell(2), new LSTMCell(3)], returnState: true), [5, 2]),
            (() => new Bidirectional(new LSTM(3, returnSequences: true, returnState: true)), [5, 2]),
            (() => new Bidirectional(new LSTM(3), mergeMode: null), [5, 2]), (() => new Bidirectional(new LSTM(3), mergeMode: "sum"), [5, 2]),
            (() => new TimeDistributed(new Conv1D(3, 2)), [4, 5, 2]), (() => new Conv1D(3, 2, strides: 2), [7, 2]),
            (() => new Conv1D(3, 2, strides: 3, padding: "same"), [7, 2]), (() => new Conv1D(3, 4, padding: "causal"), [2, 2]),
            (() => new MaxPooling1D(3, padding: "same"), [7, 2]), (() => new Flatten(), [3, 2, 2]), (() => new Reshape([-1, 2]), [3, 4]),
            (() => new Dense(2), [3, 4, 5]), (() => new Dropout(0.5f), [3]), (() => new Activation("softmax"), [3, 4]),
        };
        foreach (var (make, shape) in layers)
        {
            var symbolic = make().ApplyAll(new Input(shape));
            var real = make().ApplyAll(Tensor.Zeros([7, .. shape]));
            Assert.Equal(real.Select(output => output.Shape.ToString()[2..]).ToArray(), symbolic.Select(output => output.Shape.ToString()[5..]).ToArray());
            Assert.All(symbolic, output => Assert.Null(((IReadOnlyList<int?>)output.Shape)[0]));
        }
    }

    [Fact]
    public void Unknown_lengths_of_time_stay_unknown()
    {
        var input = new Input([null, 2]);
        Assert.Equal("(None, None, 4)", new LSTM(4, returnSequences: true).Apply(input).Shape.ToString());
        Assert.Equal("(None, 4)", new LSTM(4).Apply(input).Shape.ToString());
        Assert.Equal("(None, None, 3)", new Conv1D(3, 2).Apply(input).Shape.ToString());
        Assert.Equal("(None, None, 2)", new MaxPooling1D().Apply(input).Shape.ToString());
        Assert.Equal("(None, None, 5)", new TimeDistributed(new Dense(5)).Apply(input).Shape.ToString());
        Assert.Equal("(None, None)", new Flatten().Apply(input).Shape.ToString());
    }

    [Fact]
    public void Symbolic_tensors_print_as_in_Keras()
    {
        var input = new Input([9, 3]);
        Assert.Equal("<KerasTensor: shape=(None, 9, 3) dtype=float32 (created by layer 'input_1')>", input.ToString());
        var (output, h, c) = new LSTM(5, returnState: true).ApplyAll(input);
        Assert.Equal("<KerasTensor: shape=(None, 5) dtype=float32 (created by layer 'lstm')>", h.ToString());
        Assert.Equal((output.Layer, output.Shape), (c.Layer, c.Shape));
    }

    [Fact]
    public void Freezing_reaches_the_layers_within_and_spares_weights_that_never_train()
    {
        var layer = new Bidirectional(new LSTM(2));
        layer.Apply(Tensor.Zeros(1, 1, 1));
        layer.Trainable = false;
        Assert.Empty(layer.TrainableWeights);
        Assert.Equal(6, layer.NonTrainableWeights.Count);
        Assert.False(layer.ForwardLayer.Trainable);
        layer.Trainable = true;
        Assert.Equal(6, layer.TrainableWeights.Count);

        var counting = new Counting();
        counting.Apply(Tensor.Zeros(1, 1));
        Assert.Equal(["counting/weight"], Names(counting.TrainableWeights));
        counting.Trainable = false;
        counting.Trainable = true;
        Assert.Equal(["counting/weight"], Names(counting.TrainableWeights));
        Assert.Equal(["counting/count"], Names(counting.NonTrainableWeights));

        static string[] Names(IEnumerable<Variable> weights) => [.. weights.Select(weight => weight.Name)];
    }

    [Fact]
    public void Frozen_before_its_weights_are_made()
    {
        var layer = new LSTM(2) { Trainable = false };
        layer.Apply(Tensor.Zeros(1, 1, 1));
        Assert.Empty(layer.TrainableWeights);
    }

    [Fact]
    public void Backward_layer_of_its_own()
    {
        var layer = new Bidirectional(new LSTM(3), backwardLayer: new LSTM(5, goBackwards: true));
        Assert.Equal("(2, 8)", layer.Apply(Tensor.Zeros(2, 4, 1)).Shape.ToString());
    }

    private sealed class Counting : Layer
    {
        protected override void Build(Shape inputShape)
        {
            AddWeight("weight", [1], "ones");
            AddWeight("count", [1], "zeros", trainable: false);
        }

        protected override Tensor Call(Tensor input, bool training) => input;
    }
}
