using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.PropertyTests;

/// <summary>Finite differences of every weight, the inputs and the initial states of every layer and activation.</summary>
public class LayerDerivativeTests
{
    private static readonly string[] Activations =
    [
        "linear", "tanh", "sigmoid", "hardSigmoid", "hardSigmoid3", "relu", "softmax", "elu", "selu", "softplus", "softsign", "exponential",
        "gelu", "swish", "silu", "leakyRelu", "relu6", "mish", "hardSilu", "hardSwish", "logSoftmax", "celu", "logSigmoid", "tanhShrink", "sparsePlus",
    ];

    private static readonly Dictionary<string, (Func<Layer> Make, int[][] Inputs)> Cases = new(StringComparer.Ordinal)
    {
        ["Dense"] = (() => new Dense(3), [[2, 4]]),
        ["Dense, rank 4, no bias"] = (() => new Dense(2, useBias: false), [[2, 2, 1, 3]]),
        ["LSTM"] = (() => new LSTM(3), [[2, 4, 2]]),
        ["LSTM with states, all outputs"] =
            (() => new LSTM(3, returnSequences: true, returnState: true), [[2, 3, 2], [2, 3], [2, 3]]),
        ["LSTM backwards, time first, with states"] =
            (() => new LSTM(2, goBackwards: true, timeMajor: true, returnSequences: true, returnState: true), [[3, 2, 2], [2, 2], [2, 2]]),
        ["LSTM, no bias"] = (() => new LSTM(2, useBias: false, returnSequences: true), [[2, 3, 3]]),
        ["LSTM, relu and hardSigmoid"] =
            (() => new LSTM(2, activation: "relu", recurrentActivation: "hardSigmoid", returnState: true), [[2, 3, 2], [2, 2], [2, 2]]),
        ["LSTM, softsign and elu"] = (() => new LSTM(2, activation: "softsign", recurrentActivation: "elu"), [[1, 3, 2], [1, 2], [1, 2]]),
        ["LSTMCell"] = (() => new LSTMCell(3), [[2, 2], [2, 3], [2, 3]]),
        ["RNN of LSTMCell with states"] =
            (() => new RNN(new LSTMCell(2), returnSequences: true, returnState: true), [[2, 3, 2], [2, 2], [2, 2]]),
        ["RNN of two cells with states"] =
            (() => new RNN([new LSTMCell(2), new LSTMCell(3)], returnState: true), [[2, 3, 2], [2, 2], [2, 2], [2, 3], [2, 3]]),
        ["RNN of two cells, backwards, time first"] = (
            () => new RNN([new LSTMCell(2), new LSTMCell(1)], returnSequences: true, goBackwards: true, timeMajor: true),
            [[3, 2, 2]]),
        ["StackedRNNCells, one step"] =
            (() => new StackedRNNCells([new LSTMCell(2), new LSTMCell(1)]), [[2, 3], [2, 2], [2, 2], [2, 1], [2, 1]]),
        ["GRU"] = (() => new GRU(3), [[2, 4, 2]]),
        ["GRU with states, all outputs"] = (() => new GRU(3, returnSequences: true, returnState: true), [[2, 3, 2], [2, 3]]),
        ["GRU, no bias"] = (() => new GRU(2, useBias: false, returnSequences: true), [[2, 3, 3]]),
        ["GRU, reset before"] = (() => new GRU(3, resetAfter: false, returnSequences: true, returnState: true), [[2, 3, 2], [2, 3]]),
        ["GRU backwards, time first, softsign"] =
            (() => new GRU(2, activation: "softsign", goBackwards: true, timeMajor: true, returnSequences: true), [[3, 2, 2], [2, 2]]),
        ["GRUCell"] = (() => new GRUCell(3), [[2, 2], [2, 3]]),
        ["SimpleRNN"] = (() => new SimpleRNN(3), [[2, 4, 2]]),
        ["SimpleRNN with states, all outputs"] = (() => new SimpleRNN(3, returnSequences: true, returnState: true), [[2, 3, 2], [2, 3]]),
        ["SimpleRNN, no bias, linear"] = (() => new SimpleRNN(2, activation: "linear", useBias: false, returnSequences: true), [[2, 3, 3]]),
        ["SimpleRNNCell"] = (() => new SimpleRNNCell(3), [[2, 2], [2, 3]]),
        ["RNN of three kinds of cells"] = (
            () => new RNN([new LSTMCell(2), new GRUCell(3), new SimpleRNNCell(2)], returnState: true),
            [[2, 3, 2], [2, 2], [2, 2], [2, 3], [2, 2]]),
        ["Bidirectional GRU"] = (() => new Bidirectional(new GRU(2, returnSequences: true)), [[2, 3, 2]]),
        ["Bidirectional concat with states"] = (
            () => new Bidirectional(new LSTM(2, returnSequences: true, returnState: true)),
            [[2, 3, 2], [2, 2], [2, 2], [2, 2], [2, 2]]),
        ["Bidirectional sum"] = (() => new Bidirectional(new LSTM(2), mergeMode: "sum"), [[2, 3, 2]]),
        ["Bidirectional mul"] = (() => new Bidirectional(new LSTM(2), mergeMode: "mul"), [[2, 3, 2]]),
        ["Bidirectional ave"] = (() => new Bidirectional(new LSTM(2), mergeMode: "ave"), [[2, 3, 2]]),
        ["Bidirectional unmerged"] = (() => new Bidirectional(new LSTM(2, returnSequences: true), mergeMode: null), [[2, 3, 2]]),
        ["TimeDistributed Dense"] = (() => new TimeDistributed(new Dense(2, activation: "tanh")), [[2, 3, 2]]),
        ["TimeDistributed LSTM"] = (() => new TimeDistributed(new LSTM(2)), [[2, 2, 3, 2]]),
        ["TimeDistributed Conv1D"] = (() => new TimeDistributed(new Conv1D(2, 2)), [[1, 2, 4, 2]]),
        ["Conv1D valid, strides"] = (() => new Conv1D(2, 3, strides: 2), [[2, 6, 2]]),
        ["Conv1D same, dilation"] = (() => new Conv1D(2, 3, padding: "same", dilationRate: 2, activation: "sigmoid"), [[2, 5, 2]]),
        ["Conv1D causal, no bias"] = (() => new Conv1D(3, 2, padding: "causal", useBias: false), [[2, 4, 1]]),
        ["MaxPooling1D valid"] = (() => new MaxPooling1D(2), [[2, 5, 2]]),
        ["MaxPooling1D same, overlapping"] = (() => new MaxPooling1D(3, strides: 1, padding: "same"), [[2, 5, 2]]),
        ["AveragePooling1D same, overlapping"] = (() => new AveragePooling1D(3, strides: 2, padding: "same"), [[2, 5, 2]]),
        ["LayerNormalization"] = (() => new LayerNormalization(), [[2, 3, 4]]),
        ["Dot, normalize"] = (() => new Dot((2, 1), normalize: true), [[2, 3, 4], [2, 4, 2]]),
        ["Lambda"] = (() => new Lambda(x => x.Tanh() * 2), [[2, 3]]),
        ["Attention"] = (() => new Attention(useScale: true, returnAttentionScores: true), [[2, 3, 2], [2, 4, 2]]),
        ["Attention concat"] = (() => new Attention(useScale: true, scoreMode: "concat"), [[2, 3, 2], [2, 4, 3], [2, 4, 2]]),
        ["AdditiveAttention"] = (() => new AdditiveAttention(), [[2, 3, 2], [2, 4, 2]]),
        ["MultiHeadAttention"] = (() => new MultiHeadAttention(2, 3, useCausalMask: true), [[2, 3, 2], [2, 3, 2]]),
        ["Conv2D same, strides"] = (() => new Conv2D(2, (2, 3), strides: (1, 2), padding: "same", activation: "tanh"), [[2, 3, 4, 2]]),
        ["ConvLSTM1D"] = (() => new ConvLSTM1D(2, 2), [[2, 3, 4, 2]]),
        ["ConvLSTM1D same, backwards, with states"] = (
            () => new ConvLSTM1D(2, 3, padding: "same", goBackwards: true, returnSequences: true, returnState: true),
            [[2, 2, 3, 1], [2, 3, 2], [2, 3, 2]]),
        ["ConvLSTM2D"] = (() => new ConvLSTM2D(2, (1, 2), returnSequences: true), [[1, 2, 3, 3, 1]]),
        ["ConvLSTM2D strides, with states"] = (
            () => new ConvLSTM2D(1, 2, strides: (1, 2), useBias: false, recurrentActivation: "softsign", returnState: true),
            [[2, 2, 3, 4, 1], [2, 2, 2, 1], [2, 2, 2, 1]]),
        ["ConvLSTM2DCell"] = (() => new ConvLSTM2DCell(2, 2, dilationRate: 2), [[2, 3, 4, 1], [2, 1, 2, 2], [2, 1, 2, 2]]),
        ["RNN of two ConvLSTM1DCells"] = (
            () => new RNN([new ConvLSTM1DCell(2, 2), new ConvLSTM1DCell(1, 2)], returnState: true, timeMajor: true), [[2, 2, 4, 1]]),
        ["MaxPooling2D"] = (() => new MaxPooling2D(2, strides: 1), [[2, 3, 3, 2]]),
        ["DepthwiseConv1D same, strides"] = (() => new DepthwiseConv1D(3, strides: 2, padding: "same", depthMultiplier: 2), [[2, 5, 2]]),
        ["SeparableConv1D causal, dilation"] =
            (() => new SeparableConv1D(3, 2, padding: "causal", dilationRate: 2, depthMultiplier: 2, activation: "tanh"), [[2, 4, 2]]),
        ["AveragePooling2D same, overlapping"] = (() => new AveragePooling2D((2, 3), strides: 1, padding: "same"), [[2, 3, 3, 2]]),
        ["GlobalMaxPooling2D"] = (() => new GlobalMaxPooling2D(), [[2, 3, 3, 2]]),
        ["GlobalAveragePooling2D"] = (() => new GlobalAveragePooling2D(keepdims: true), [[2, 3, 2, 2]]),
        ["ZeroPadding2D"] = (() => new ZeroPadding2D(((0, 1), (2, 0))), [[2, 2, 3, 2]]),
        ["UpSampling2D"] = (() => new UpSampling2D((3, 2)), [[2, 2, 2, 2]]),
        ["ReLU"] = (() => new ReLU(1.5, 0.25, 0.5), [[3, 4]]),
        ["LeakyReLU"] = (() => new LeakyReLU(), [[3, 4]]),
        ["ELU"] = (() => new ELU(0.5), [[3, 4]]),
        ["PReLU"] = (() => new PReLU(sharedAxes: [1]), [[2, 4, 3]]),
        ["Softmax"] = (() => new Softmax(1), [[2, 4, 3]]),
        ["Rescaling"] = (() => new Rescaling(2.5, -1), [[2, 3]]),
        ["TimeDistributed Conv2D"] = (() => new TimeDistributed(new Conv2D(2, 2)), [[1, 2, 3, 3, 2]]),
        ["Flatten"] = (() => new Flatten(), [[2, 2, 3]]),
        ["Reshape"] = (() => new Reshape([3, -1]), [[2, 6]]),
        ["Add"] = (() => new Add(), [[2, 3], [2, 3], [2, 3]]),
        ["Concatenate"] = (() => new Concatenate(axis: 1), [[2, 1, 2], [2, 3, 2]]),
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    public static TheoryData<string> ActivationNames => new(Activations);

    [Theory]
    [MemberData(nameof(Names))]
    public void Layer(string name)
    {
        var (make, inputs) = Cases[name];
        Check(make(), inputs, seed: 17);
    }

    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void Activation_on_a_Dense_layer(string activation) => Check(new Dense(3, activation), [[3, 2]], seed: 5);

    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void Activation_as_a_layer(string activation) => Check(new Activation(activation), [[4, 3]], seed: 23);

    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void Activation_of_the_gates(string activation) =>
        Check(new LSTM(2, recurrentActivation: activation, returnState: true), [[2, 2, 2]], seed: 3, scale: 0.2);

    [Fact]
    public void Dropout_with_its_mask_held()
    {
        // The layer draws a new mask at each call, so a new layer with one seed makes each call.
        var random = new RandomState(8);
        var x = random.Normal(0, 1, [3, 4]);
        FiniteDifferences.Check(() => new Dropout(0.4f, seed: 1).Apply(x, training: true), [("x", x)], random);
    }

    [Fact]
    public void GaussianDropout_with_its_noise_held()
    {
        var random = new RandomState(11);
        var x = random.Normal(0, 1, [3, 4]);
        FiniteDifferences.Check(() => new GaussianDropout(0.4, seed: 1).Apply(x, training: true), [("x", x)], random);
    }

    [Fact]
    public void LSTM_in_training_with_both_dropouts()
    {
        var random = new RandomState(9);
        var x = random.Normal(0, 1, [2, 3, 2]);
        var layer = new LSTM(2, dropout: 0.3f, recurrentDropout: 0.3f, returnSequences: true);
        layer.Apply(x);
        FiniteDifferences.Check(
            () =>
            {
                Backend.SetRandomSeed(4);
                return layer.Apply(x, training: true);
            },
            [("x", x), .. layer.Weights.Select(weight => (weight.Name, weight.Value))],
            random);
    }

    [Fact]
    public void ConvLSTM2D_in_training_with_both_dropouts()
    {
        var random = new RandomState(10);
        var x = random.Normal(0, 1, [2, 3, 3, 3, 2]);
        var layer = new ConvLSTM2D(2, 2, dropout: 0.3, recurrentDropout: 0.3, returnSequences: true);
        layer.Apply(x);
        FiniteDifferences.Check(
            () =>
            {
                Backend.SetRandomSeed(4);
                return layer.Apply(x, training: true);
            },
            [("x", x), .. layer.Weights.Select(weight => (weight.Name, weight.Value))],
            random);
    }

    [Fact]
    public void BatchNormalization_in_training()
    {
        var random = new RandomState(3);
        var x = random.Normal(0, 1, [3, 2, 2]);
        var layer = new BatchNormalization();
        layer.Apply(x);
        layer.Weights[0].Assign(random.Normal(0, 1, [2]));
        FiniteDifferences.Check(
            () => layer.Apply(x, training: true),
            [("x", x), .. layer.TrainableWeights.Select(weight => (weight.Name, weight.Value))],
            random);
    }

    [Fact]
    public void Embedding()
    {
        var layer = new Embedding(5, 3);
        var ids = Tensor.Of([[1.0, 4, 1], [0, 2, 4]]);
        layer.Apply(ids);
        FiniteDifferences.Check(() => layer.Apply(ids), [("embeddings", layer.Weights[0].Value)], new RandomState(2));
    }

    private static void Check(Layer layer, int[][] shapes, long seed, double scale = 0.5)
    {
        var random = new RandomState(seed);
        Tensor[] inputs = [.. shapes.Select(shape => random.Normal(0, 1, shape))];
        layer.ApplyAll(inputs);
        foreach (var weight in layer.Weights)
            weight.Assign(random.Normal(0, scale, weight.Shape));
        FiniteDifferences.Check(
            () => layer.ApplyAll(inputs),
            [
                .. inputs.Select((input, i) => ($"input {i}", input)),
                .. layer.Weights.Select(weight => (weight.Name, weight.Value)),
            ],
            random);
    }
}
