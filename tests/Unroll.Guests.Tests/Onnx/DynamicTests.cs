using Unroll.Guests.Tests.Support;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>A file takes batches of every size and, from a model whose time is not known, sequences of every length.</summary>
public class DynamicTests
{
    private static readonly string[] Files = ["layers.json", "family.json", "others.json", "published.json", "attention.json", "convlstm.json"];

    private static readonly string[] Types =
    [
        "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "TimeDistributed", "Conv1D", "MaxPooling1D",
        "AveragePooling1D", "GlobalAveragePooling1D", "GlobalMaxPooling1D", "UpSampling1D", "ZeroPadding1D", "Cropping1D",
        "LeakyReLU", "ReLU", "ELU", "Softmax", "Rescaling", "AveragePooling2D", "ZeroPadding2D", "UpSampling2D",
        "GlobalAveragePooling2D", "GlobalMaxPooling2D", "MaxPooling2D", "Conv2D", "DepthwiseConv1D",
        "SeparableConv1D", "LayerNormalization",
        "BatchNormalization", "Dense", "Activation", "ConvLSTM1D", "ConvLSTM2D", "Masking", "Permute",
    ];

    /// <summary>The cases of layers that take sequences of every length, as one input.</summary>
    public static TheoryData<string, string> Names => new(Files.SelectMany(file => Goldens.Cases(file)
        .Where(golden => GoldenLayer.IsInference(golden) && TakesEveryLength(golden.GetProperty("layer").GetProperty("class").GetString()!))
        .Where(golden => golden.TryGetProperty("inputs", out var inputs) && inputs.GetArrayLength() == 1 && inputs[0].GetProperty("shape").GetArrayLength() > 2)
        .Where(golden => !IsBound(golden.GetProperty("layer").ToString()))
        .Select(golden => (file, golden.GetProperty("name").GetString()!))));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_takes_other_batches_and_longer_sequences(string file, string name)
    {
        var golden = new GoldenLayer(Goldens.Case(file, name), knowsTime: false);
        var input = golden.Calls[0][0];
        var states = golden.Calls[0][1..];
        var longer = Numbers.Of(7, [input.Shape[0] + 3, input.Shape[1] + 4, .. input.Shape.Skip(2).Select(axis => axis!.Value)]);
        Tensor[] widened = [.. states.Select((state, i) => Numbers.Of(20 + i, [state.Shape[0] + 3, .. state.Shape.Skip(1).Select(axis => axis!.Value)]))];
        Numbers.Same(golden.Model, [input, .. states], [longer, .. widened]);
    }

    [Fact]
    public void Most_layers_of_sequences_are_among_them() => Assert.True(Names.Count > 300);

    [Fact]
    public void Every_axis_of_a_picture_may_be_open()
    {
        var x = new Input(Shape.Create([null, null, 2]));
        var y = new MaxPooling2D(2, padding: "same").Apply(new Conv2D(3, 3, strides: 2, padding: "same", activation: "relu").Apply(x));
        Numbers.Same(new Model(x, y).Trained(), [Numbers.Of(1, 2, 9, 8, 2)], [Numbers.Of(2, 1, 12, 7, 2)]);
    }

    [Fact]
    public void A_window_that_strides_over_an_open_length_is_padded_by_the_rule_of_same()
    {
        var x = new Input(Shape.Create([null, 2]));
        KerasTensor[] ys =
        [
            new Conv1D(3, 4, strides: 3, padding: "same").Apply(x), new AveragePooling1D(3, 2, "same").Apply(x), new MaxPooling1D(2, 3, "same").Apply(x),
            new Conv1D(2, 3, padding: "causal", dilationRate: 2).Apply(x), new UpSampling1D(3).Apply(x), new Cropping1D((1, 0)).Apply(x),
        ];
        Numbers.Same(new Model(x, ys).Trained(), [.. Enumerable.Range(5, 6).Select(length => (Tensor[])[Numbers.Of(length, 2, length, 2)])]);
    }

    [Fact]
    public void Steps_of_open_shapes_come_back_in_their_places()
    {
        var x = new Input(Shape.Create([null, null, 3]));
        var inner = new Sequential([new LSTM(4, returnSequences: true, inputShape: Shape.Create([null, 3])), new GlobalMaxPooling1D()]);
        var y = new LSTM(2).Apply(new TimeDistributed(inner).Apply(x));
        Numbers.Same(new Model(x, y).Trained(), [Numbers.Of(1, 2, 3, 4, 3)], [Numbers.Of(2, 3, 5, 2, 3)]);
    }

    private static bool TakesEveryLength(string type) => Types.Contains(type, StringComparer.Ordinal);

    /// <summary>A layer that takes one length alone.</summary>
    private static bool IsBound(string layer) =>
        new[] { "axis\":1", "time_major\":true", "stateful\":true" }.Any(option => layer.Contains(option, StringComparison.Ordinal));
}
