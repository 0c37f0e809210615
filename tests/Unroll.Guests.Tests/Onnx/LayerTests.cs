using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>Options that no golden case has.</summary>
public class LayerTests
{
    private static readonly Dictionary<string, (Func<KerasTensor, KerasTensors> Make, int[] Sample)> Networks = new(StringComparer.Ordinal)
    {
        ["LayerNormalization on another axis"] = (x => new LayerNormalization(axis: 1).Apply(x), [4, 3]),
        ["LayerNormalization far from zero"] = (x => new LayerNormalization().Apply(x + 30), [4, 16]),
        ["LayerNormalization without a center"] = (x => new LayerNormalization(center: false).Apply(x), [4, 3]),
        ["LayerNormalization without scale and center"] = (x => new LayerNormalization(scale: false, center: false).Apply(x), [4, 3]),
        ["BatchNormalization"] = (x => new BatchNormalization(scale: false).Apply(x), [4, 3]),
        ["BatchNormalization on another axis"] = (x => new BatchNormalization(axis: 1).Apply(x), [4, 3]),
        ["Normalization"] = (x => new Normalization(mean: Tensor.Of([1, 2, 3]), variance: Tensor.Of([4, 0, 2])).Apply(x), [4, 3]),
        ["Normalization of everything alike"] = (x => new Normalization(axis: null, mean: Tensor.Of([2]), variance: Tensor.Of([4])).Apply(x), [4, 3]),
        ["Normalization turned round"] = (x => new Normalization(mean: Tensor.Of([1, 2, 3]), variance: Tensor.Of([4, 1, 2]), invert: true).Apply(x), [4, 3]),
        ["Dot of four axes"] = (x => new Dot((3, 2)).Apply(KerasTensors.Create([x, new Permute([1, 3, 2]).Apply(x)])), [2, 4, 3]),
        ["Dot of rows"] = (x => new Dot(1, normalize: true).Apply(KerasTensors.Create([new LSTM(3).Apply(x), new LSTM(3).Apply(x)])), [4, 3]),
        ["Dot of a row and a sequence"] = (x => new Dot((1, 2)).Apply(KerasTensors.Create([new LSTM(3).Apply(x), x])), [4, 3]),
        ["Average of different ranks"] = (x => new Average().Apply(KerasTensors.Create([x, new LSTM(3).Apply(x)])), [4, 3]),
        ["layers in the place of activations"] = (x =>
            new LSTM(3, activation: Of(new ReLU(maxValue: 1))).Apply(new Dense(4, activation: Of(new LeakyReLU(0.1))).Apply(x)), [4, 3]),
        ["a ReLU with everything"] = (x => new ReLU(maxValue: 0.8, negativeSlope: 0.3, threshold: 0.1).Apply(x), [4, 3]),
        ["noise"] = (x => new GaussianNoise(1).Apply(new SpatialDropout1D(0.5).Apply(new Dropout(0.5).Apply(x))), [4, 3]),
        ["MultiHeadAttention of three"] = (x =>
            new MultiHeadAttention(2, 3, valueDim: 4, useBias: false, outputShape: 5, useCausalMask: true, returnAttentionScores: true).ApplyAll(
                KerasTensors.Create([x, new Dense(6).Apply(x), new Dense(2).Apply(x)])), [4, 3]),
        ["Attention with scores"] = (x =>
            new Attention(useScale: true, scoreMode: "concat", returnAttentionScores: true).ApplyAll(KerasTensors.Create([x, x])), [4, 3]),
        ["a GRU without a bias"] = (x => new GRU(3, useBias: false, activation: "softsign", recurrentActivation: "hardSigmoid").Apply(x), [4, 3]),
        ["an older GRU in a loop"] = (x => new GRU(3, resetAfter: false, activation: "swish", useBias: false).Apply(x), [4, 3]),
        ["a GRU in a loop"] = (x => new GRU(3, activation: "gelu", recurrentActivation: "hardSigmoid3", returnState: true).ApplyAll(x), [4, 3]),
        ["cells of several kinds in a loop"] = (x =>
            new RNN([new LSTMCell(3, activation: "gelu"), new GRUCell(2), new SimpleRNNCell(4)], returnSequences: true, returnState: true).ApplyAll(x), [4, 3]),
        ["directions that differ in units"] = (x =>
            new Bidirectional(new LSTM(3, returnState: true), backwardLayer: new LSTM(2, goBackwards: true, returnState: true)).ApplyAll(x), [4, 3]),
        ["directions that differ in functions"] = (x =>
            new Bidirectional(
                new LSTM(3, activation: "relu"),
                backwardLayer: new LSTM(3, goBackwards: true, recurrentActivation: "hardSigmoid", useBias: false)).Apply(x), [4, 3]),
        ["directions with functions that have numbers"] = (x =>
            new Bidirectional(new GRU(3, activation: "elu", recurrentActivation: "hardSigmoid3", returnSequences: true), mergeMode: "mul").Apply(x), [4, 3]),
        ["cells on top of each other both ways"] = (x =>
            new Bidirectional(new RNN([new LSTMCell(3), new LSTMCell(2)], returnSequences: true), mergeMode: "ave").Apply(x), [4, 3]),
        ["a convolutional LSTM both ways"] = (x => new Bidirectional(new ConvLSTM1D(2, 3, padding: "same", returnSequences: true)).Apply(x), [3, 5, 2]),
        ["a model within a model, twice"] = (x => TwiceWithin(x), [4, 3]),
        ["a TimeDistributed Conv1D and Dense"] = (x => new TimeDistributed(new Sequential([new Conv1D(2, 2), new Flatten(), new Dense(3)])).Apply(x), [3, 5, 2]),
        ["a Reshape that finds a length"] = (x => new Reshape([-1, 2]).Apply(new Flatten().Apply(new RepeatVector(3).Apply(new LSTM(4).Apply(x)))), [4, 3]),
    };

    public static TheoryData<string> Names => new(Networks.Keys);

    /// <summary>All of the library's, by the list in the error of a word that is none.</summary>
    public static TheoryData<string> Activations => new(
        Assert.Throws<ArgumentException>(() => ActivationFunction.FromString("none of them")).Message.Split("Known: ")[1].TrimEnd('.').Split(", "));

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_the_same_numbers(string name)
    {
        var (make, sample) = Networks[name];
        var x = new Input(sample);
        var outputs = make(x);
        var model = new Model(x, outputs);
        if (!name.StartsWith("Normalization", StringComparison.Ordinal))
            model.Trained();
        Numbers.Same(model, [Numbers.Of(1, [2, .. sample])], [Numbers.Of(2, [5, .. sample])]);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_is_the_same_function_alone_and_in_recurrent_layers(string activation)
    {
        var x = new Input(Shape.Create([null, 4]));
        var wide = x * 40;

        // From step to step an exponential leaves all bounds.
        var tame = activation is "exponential" ? "tanh" : activation;
        KerasTensor[] outputs =
        [
            new Activation(activation).Apply(x * 3), new Activation(tame).Apply(wide), new Dense(3, activation: activation).Apply(x),
            new LSTM(3, activation: tame, recurrentActivation: "hardSigmoid").Apply(x), new LSTM(3, recurrentActivation: tame).Apply(x),
            new GRU(3, activation: tame).Apply(x), new SimpleRNN(3, activation: tame).Apply(x),
            new Bidirectional(new LSTM(3, activation: "tanh", recurrentActivation: "sigmoid")).Apply(wide),
        ];
        Numbers.Same(new Model(x, outputs).Trained(), [Numbers.Of(1, 3, 5, 4)], [Numbers.Of(2, 2, 3, 4)]);
    }

    /// <summary>As in a file of Keras: <c>activation=LeakyReLU(0.1)</c>.</summary>
    private static ActivationFunction Of(Layer layer) => new(layer.Name, x => layer.Apply(x)) { Layer = layer };

    private static KerasTensor TwiceWithin(KerasTensor x)
    {
        var start = new Input([4, 3]);
        var inner = new Model(start, new LSTM(3, returnSequences: true).Apply(new Dense(3, activation: "relu").Apply(start)));
        return inner.Apply(inner.Apply(x));
    }
}
