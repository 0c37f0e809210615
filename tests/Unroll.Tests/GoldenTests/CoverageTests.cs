using System.Text.Json;
using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.GoldenTests;

/// <summary>That the golden files go on covering every layer and option which they were made to cover.</summary>
public class CoverageTests
{
    private static readonly string[] Activations =
    [
        "linear", "tanh", "sigmoid", "hardSigmoid", "hardSigmoid3", "relu", "softmax", "elu", "selu", "softplus", "softsign", "exponential",
        "gelu", "swish", "silu", "leakyRelu", "relu6", "mish", "hardSilu", "hardSwish", "logSoftmax", "celu", "logSigmoid", "tanhShrink", "sparsePlus",
    ];

    /// <summary>
    /// What a layer computes with. Dropout is random, initializers and names say nothing about values: they have tests of
    /// their own.
    /// </summary>
    private static readonly Dictionary<string, string[]> Options = new(StringComparer.Ordinal)
    {
        [nameof(Dense)] = ["units", "activation", "useBias=false"],
        [nameof(Activation)] = ["activation"],
        [nameof(LSTM)] =
        [
            "units", "activation", "recurrentActivation", "useBias=false", "returnSequences=true", "returnState=true", "goBackwards=true",
            "stateful=true", "timeMajor=true", "zeroOutputForMask=true",
        ],
        [nameof(GRU)] =
        [
            "units", "activation", "recurrentActivation", "useBias=false", "returnSequences=true", "returnState=true", "goBackwards=true",
            "resetAfter=false", "zeroOutputForMask=true",
        ],
        [nameof(SimpleRNN)] =
        [
            "units", "activation", "useBias=false", "returnSequences=true", "returnState=true", "goBackwards=true", "zeroOutputForMask=true",
        ],
        [nameof(GRUCell)] = ["units", "useBias=false", "resetAfter=false"],
        [nameof(SimpleRNNCell)] = ["units", "useBias=false"],
        [nameof(Masking)] = ["maskValue"],
        [nameof(Embedding)] = ["inputDim", "outputDim", "maskZero=true"],
        [nameof(LSTMCell)] = ["units", "activation", "recurrentActivation", "useBias=false"],
        [nameof(RNN)] = ["cell", "cells", "returnSequences=true", "returnState=true", "goBackwards=true", "timeMajor=true"],
        [nameof(StackedRNNCells)] = ["cells"],
        [nameof(Bidirectional)] = ["layer", "mergeMode=concat", "mergeMode=sum", "mergeMode=mul", "mergeMode=ave", "mergeMode=null"],
        [nameof(TimeDistributed)] = ["layer"],
        [nameof(Conv1D)] =
        [
            "filters", "kernelSize", "activation", "useBias=false", "padding=valid", "padding=same", "padding=causal", "strides=2",
            "strides=3", "dilationRate=2", "dilationRate=3",
        ],
        [nameof(MaxPooling1D)] = ["poolSize", "strides=null", "strides=1", "strides=2", "strides=3", "padding=valid", "padding=same"],
        [nameof(Attention)] = ["useScale=true", "scoreMode=concat", "useCausalMask=true", "returnAttentionScores=true"],
        [nameof(AdditiveAttention)] = ["useScale=false", "useCausalMask=true", "returnAttentionScores=true"],
        [nameof(MultiHeadAttention)] =
        [
            "numHeads", "keyDim", "valueDim", "useBias=false", "outputShape", "useCausalMask=true", "returnAttentionScores=true",
        ],
        [nameof(Conv2D)] =
        [
            "filters", "kernelSize=2", "strides=2", "padding=valid", "padding=same", "dilationRate", "activation", "useBias=false",
        ],
        [nameof(ConvLSTM1D)] =
        [
            "filters", "kernelSize=2", "strides=2", "padding=same", "dilationRate=2", "activation", "recurrentActivation", "useBias=false",
            "returnSequences=true", "returnState=true", "goBackwards=true", "stateful=true", "zeroOutputForMask=true",
        ],
        [nameof(ConvLSTM1DCell)] = ["filters", "kernelSize", "strides=2", "padding=same", "activation", "useBias=false"],
        [nameof(ConvLSTM2D)] =
        [
            "filters", "kernelSize=2", "strides=2", "padding=same", "dilationRate=2", "activation", "recurrentActivation", "useBias=false",
            "returnSequences=true", "returnState=true", "goBackwards=true", "stateful=true", "zeroOutputForMask=true",
        ],
        [nameof(ConvLSTM2DCell)] = ["filters", "kernelSize", "strides=2", "padding=same", "activation", "useBias=false"],
        [nameof(MaxPooling2D)] = ["poolSize=2", "strides=null", "strides=2", "padding=valid", "padding=same"],
        [nameof(DepthwiseConv1D)] =
        [
            "kernelSize", "strides=2", "padding=valid", "padding=same", "dilationRate=2", "depthMultiplier=2", "activation", "useBias=false",
        ],
        [nameof(SeparableConv1D)] =
        [
            "filters", "kernelSize", "strides=2", "padding=valid", "padding=same", "dilationRate=2", "depthMultiplier=2", "activation", "useBias=false",
        ],
        [nameof(AveragePooling2D)] = ["poolSize=2", "strides=null", "strides=1", "padding=valid", "padding=same"],
        [nameof(GlobalAveragePooling2D)] = ["keepdims=true"],
        [nameof(GlobalMaxPooling2D)] = ["keepdims=true"],
        [nameof(ZeroPadding2D)] = ["padding"],
        [nameof(UpSampling2D)] = ["size"],
        [nameof(ReLU)] = ["maxValue=6", "maxValue=1.5", "negativeSlope=0.25", "threshold=0.5"],
        [nameof(LeakyReLU)] = ["negativeSlope=0.1"],
        [nameof(ELU)] = ["alpha=0.5"],
        [nameof(PReLU)] = ["sharedAxes"],
        [nameof(Softmax)] = ["axis=1"],
        [nameof(Rescaling)] = ["scale=2.5", "offset=-1"],
        [nameof(ActivityRegularization)] = ["l1", "l2"],
        [nameof(Flatten)] = [],
        [nameof(RepeatVector)] = ["n"],
        [nameof(Permute)] = ["dims"],
        [nameof(AveragePooling1D)] = ["poolSize", "strides=null", "strides=1", "strides=2", "strides=3", "padding=valid", "padding=same"],
        [nameof(GlobalAveragePooling1D)] = ["keepdims=true"],
        [nameof(GlobalMaxPooling1D)] = ["keepdims=true"],
        [nameof(BatchNormalization)] = ["axis=1", "momentum=0.9", "epsilon=0.01", "center=false", "scale=false"],
        [nameof(LayerNormalization)] = ["epsilon=0.01", "center=false", "scale=false"],
        [nameof(ZeroPadding1D)] = ["padding=2"],
        [nameof(Cropping1D)] = ["cropping"],
        [nameof(UpSampling1D)] = ["size=3"],
        [nameof(Add)] = [],
        [nameof(Subtract)] = [],
        [nameof(Multiply)] = [],
        [nameof(Average)] = [],
        [nameof(Maximum)] = [],
        [nameof(Minimum)] = [],
        [nameof(Dot)] = ["axes=1", "normalize=true"],
        [nameof(Reshape)] = ["targetShape"],
    };

    private static readonly JsonElement[] AllCases =
        [.. new[] { "layers.json", "family.json", "others.json", "published.json", "attention.json", "convlstm.json" }.SelectMany(Goldens.Cases)];

    private static readonly HashSet<string> Seen = [.. AllCases.SelectMany(golden => Walk(golden.GetProperty("layer")))];

    public static TheoryData<string> Wanted => new(Options.SelectMany(pair => pair.Value.Select(option => $"{pair.Key}.{option}").Prepend(pair.Key)));

    [Theory]
    [MemberData(nameof(Wanted))]
    public void Layer_and_option_occur_in_the_goldens(string option) => Assert.Contains(option, Seen);

    [Fact]
    public void Every_activation_occurs_in_Dense_and_Activation()
    {
        var used = AllCases.Select(golden => golden.GetProperty("layer"))
            .Where(layer => layer.GetProperty("args").TryGetProperty("activation", out _))
            .Select(layer => $"{layer.GetProperty("class")} {MadeFromJson.CamelCase(layer.GetProperty("args").GetProperty("activation").GetString()!)}")
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(Activations, activation => Assert.Contains($"Dense {activation}", used));
        Assert.All(Activations, activation => Assert.Contains($"Activation {activation}", used));
    }

    [Fact]
    public void The_list_of_activations_is_the_librarys()
    {
        var error = Assert.Throws<ArgumentException>(() => ActivationFunction.FromString("?"));
        var known = error.Message.Split("Known: ")[1].TrimEnd('.').Split(", ");
        Assert.Equal(known.Order(StringComparer.Ordinal), Activations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_public_layer_is_listed_here_or_has_tests_of_its_own()
    {
        string[] elsewhere =
        [
            nameof(Layer), nameof(KernelLayer), nameof(ScalingLayer), nameof(RNNCell), nameof(StandardCell), nameof(KernelCell), nameof(StandardRNN),
            nameof(FusedRNN), nameof(ConvLSTM), nameof(ConvLSTMCell), nameof(InputLayer),
            nameof(Dropout), nameof(Concatenate), nameof(Merge), nameof(Lambda), nameof(Normalization), nameof(SpatialDropout1D), nameof(GaussianNoise),
            nameof(SpatialDropout2D), nameof(GaussianDropout),
        ];
        var layers = typeof(Layer).Assembly.GetExportedTypes()
            .Where(type => typeof(Layer).IsAssignableFrom(type) && type.Namespace is "Unroll.Layers").Select(type => type.Name);
        Assert.Equal(Options.Keys.Concat(elsewhere).Order(StringComparer.Ordinal), layers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("initial_state", "LSTM")]
    [InlineData("initial_state", "RNN")]
    [InlineData("initial_state", "Bidirectional")]
    [InlineData("initial_state", "LSTMCell")]
    [InlineData("calls", "LSTM")]
    public void Initial_states_and_several_calls_occur(string what, string layer) => Assert.Contains(
        Goldens.Cases("layers.json"),
        golden => golden.TryGetProperty(what, out _) && golden.GetProperty("layer").GetProperty("class").ValueEquals(layer));

    [Theory]
    [InlineData("layers.json", 262)]
    [InlineData("family.json", 150)]
    [InlineData("others.json", 125)]
    [InlineData("published.json", 82)]
    [InlineData("attention.json", 23)]
    [InlineData("convlstm.json", 57)]
    [InlineData("models.json", 12)]
    [InlineData("losses.json", 39)]
    [InlineData("training.json", 60)]
    [InlineData("anchors.json", 12)]
    public void No_case_was_lost(string file, int atLeast) => Assert.True(Goldens.Cases(file).Count() >= atLeast);

    /// <summary><c>LSTM</c>, <c>LSTM.units</c>, <c>LSTM.units=3</c>, …, of a layer and those within it.</summary>
    private static IEnumerable<string> Walk(JsonElement spec)
    {
        var layer = spec.GetProperty("class").GetString()!;
        yield return layer;
        foreach (var arg in spec.GetProperty("args").EnumerateObject())
        {
            var isList = arg is { Name: "cell", Value.ValueKind: JsonValueKind.Array };
            var option = $"{layer}.{(isList ? "cells" : MadeFromJson.CamelCase(arg.Name))}";
            yield return option;
            yield return $"{option}={(arg.Value.ValueKind == JsonValueKind.String ? arg.Value.GetString() : arg.Value.GetRawText())}";
            var inner = arg.Value.ValueKind == JsonValueKind.Array ? arg.Value.EnumerateArray().ToArray() : [arg.Value];
            foreach (var word in inner.Where(one => one.ValueKind == JsonValueKind.Object).SelectMany(Walk))
                yield return word;
        }
    }
}
