using TorchSharp;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.TorchSharp;
using TorchParameter = TorchSharp.Modules.Parameter;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>What TorchSharp cannot express is refused by name; a layer of one's own brings its module.</summary>
[Collection("engine")]
public class ConversionTests
{
    [Fact]
    public void Refusals_name_layer_and_argument()
    {
        Refused("gates (LSTM): recurrentActivation \"hardSigmoid\"", new LSTM(2, recurrentActivation: "hardSigmoid", inputShape: [3, 2], name: "gates"));
        Refused("out (LSTM): activation \"relu\"", new LSTM(2, activation: "relu", inputShape: [3, 2], name: "out"));
        Refused("both (Bidirectional): activation \"relu\"", new Bidirectional(new LSTM(2, activation: "relu"), inputShape: [3, 2], name: "both"));
        var mish = new ActivationFunction("mish", x => x * x.Softplus().Tanh());
        Refused("mish (Dense): activation \"mish\"", new Dense(2, activation: mish, inputShape: [3], name: "mish"));
        Refused("fake (Dense): activation \"relu\"", new Dense(2, activation: new ActivationFunction("relu", x => x * 2), inputShape: [3], name: "fake"));
        Refused("steps (RNN): cell counting (Counting)", new RNN(new Counting("counting"), inputShape: [3, 2], name: "steps"));
        Refused("own (OwnLstm) has no conversion to TorchSharp. Register one: TorchSharpConversions.Register<OwnLstm>", new OwnLstm("own"), new Input([3, 2]));
        Refused("film (ConvLSTM2D) has no conversion to TorchSharp", new ConvLSTM2D(2, 2, inputShape: [3, 4, 4, 1], name: "film"));
        Refused("row (ConvLSTM1D) has no conversion to TorchSharp", new ConvLSTM1D(2, 2, inputShape: [3, 4, 1], name: "row"));
        Refused("steps (RNN): cell conv (ConvLSTM1DCell)", new RNN(new ConvLSTM1DCell(2, 2, name: "conv"), inputShape: [3, 4, 1], name: "steps"));
        Refused("both (Bidirectional): layer", new Bidirectional(new ConvLSTM1D(2, 2), inputShape: [3, 4, 1], name: "both"));
        Refused("step (ReLU): threshold 0.5", new ReLU(threshold: 0.5, inputShape: [3], name: "step"));
        Refused("bent (ReLU): maxValue 1 with negativeSlope 0.5", new ReLU(1, 0.5, inputShape: [3], name: "bent"));
        Refused("learned (PReLU) has no conversion to TorchSharp", new PReLU(inputShape: [3], name: "learned"));
        Refused("pool (AveragePooling2D) has no conversion to TorchSharp", new AveragePooling2D(inputShape: [4, 4, 1], name: "pool"));
        var kept = new LSTM(2, stateful: true, name: "kept");
        Refused("each (TimeDistributed): layer kept", new TimeDistributed(kept, name: "each"), new Input([4, 3, 2], batchSize: 2));
    }

    [Fact]
    public void A_model_of_a_class_of_its_own_is_refused()
    {
        var model = new OwnModel("mine");
        var error = Assert.Throws<NotSupportedException>(() => model.ToTorchSharpCode());
        Assert.StartsWith("mine (OwnModel) has no graph of layers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_in_training_alone()
    {
        Libtorch.Need();
        var model = new Sequential([new LSTM(2, recurrentDropout: 0.3, inputShape: [3, 2], name: "dropped"), new Dropout(0.5, seed: 3, name: "seeded"),
            new Dropout(0.5, noiseShape: Shape.Create([null, 1]), name: "shaped")]);
        using var module = model.ToTorchSharp();
        var x = Twins.Data(1, 2, 3, 2);
        Close.Assert(model.Predict(x), module.forward(x.ToTorch()).ToUnroll(), 1e-5, "output");
        module.train();
        var error = Assert.Throws<NotSupportedException>(() => module.forward(x.ToTorch()));
        Assert.StartsWith("dropped (LSTM): recurrentDropout 0.3", error.Message, StringComparison.Ordinal);
        Assert.Contains("seeded (Dropout): seed", error.Message, StringComparison.Ordinal);
        Assert.Contains("shaped (Dropout): noiseShape (None, 1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_of_ones_own_brings_its_module_its_weights_and_its_code()
    {
        TorchSharpConversions.Register<Scale>(
            layer => new ScaleModule(),
            layer => [new TorchSharpWeight(layer.Weights[0], "factor")],
            layer => "new Unroll.Guests.Tests.TorchSharp.ScaleModule()");
        var twins = new Twins(() =>
        {
            var model = new Sequential([new Dense(3, inputShape: [2]), new Scale(), new Dense(1)]);
            model.Compile("sgd", "mse");
            return model;
        });
        var (x, y) = (Twins.Data(1, 4, 2), Twins.Data(2, 4, 1));
        twins.Same(model => [.. model.TrainOnBatch(x, y), .. model.Predict(x).ToArray()]);
        twins.SameWeights();
        Assert.Contains(
            "private readonly Module<Tensor, Tensor> scale_1 = new Unroll.Guests.Tests.TorchSharp.ScaleModule();",
            twins.Torch.ToTorchSharpCode(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversion_without_code_or_weights_says_so()
    {
        TorchSharpConversions.Register<Double>(layer => new ScaleModule());
        TorchSharpConversions.Register<Forgotten>(layer => new ScaleModule());
        Refused("twice (Double): its conversion is registered without code", new Double("twice"), new Input([2]));
        Refused("lost (Forgotten): weight lost/factor", new Forgotten("lost"), new Input([2]));
    }

    [Fact]
    public void A_weight_says_which_axes_are_exchanged()
    {
        var weight = new Variable(Tensor.Zeros(2, 3), "w");
        Assert.Throws<ArgumentException>(() => new TorchSharpWeight(weight, "weight", 0, 2));
        Assert.Throws<ArgumentException>(() => new TorchSharpWeight(weight, "weight", 1));
        Assert.Equal([1, 0], new TorchSharpWeight(weight, "weight", 1, 0).Axes);
    }

    private static void Refused(string start, Layer layer, Input? input = null)
    {
        var model = input is null ? new Sequential([layer]) : new Model(input, layer.Apply(input));
        var error = Assert.Throws<NotSupportedException>(() => model.ToTorchSharpCode());
        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }

    private sealed class Counting(string name) : RNNCell(name)
    {
        public override IReadOnlyList<int> StateSize => [1];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training) => (states[0] + 1, new Tensors([states[0] + 1]));
    }

    private sealed class OwnLstm(string name) : Layer(name)
    {
        protected override Tensor Call(Tensor input, bool training) => input * 2;
    }

    private sealed class OwnModel(string name) : Model(name)
    {
        protected override Tensor Call(Tensor input, bool training) => input;
    }

    private class Scale(string? name = null) : Layer(name)
    {
        private Variable _factor = null!;

        protected override void Build(Shape inputShape) => _factor = AddWeight("factor", [1], new Initializers.Constant(1.5f));

        protected override Tensor Call(Tensor input, bool training) => input * _factor.Value;
    }

    private sealed class Forgotten(string name) : Scale(name);

    private sealed class Double(string name) : Layer(name)
    {
        protected override Tensor Call(Tensor input, bool training) => input * 2;
    }
}

/// <summary>A module as a user would write it.</summary>
internal sealed class ScaleModule : torch.nn.Module<TorchTensor, TorchTensor>
{
    private readonly TorchParameter _factor = torch.nn.Parameter(torch.ones(1));

    public ScaleModule()
        : base("scale") => register_parameter("factor", _factor);

    public override TorchTensor forward(TorchTensor input) => input * _factor;
}
