using TorchSharp;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Tensors and weights, both ways.</summary>
public class BridgeTests
{
    public static TheoryData<string> Layers => [.. Modules.Keys];

    private static Dictionary<string, (Func<Layer> Layer, Func<torch.nn.Module> Module)> Modules { get; } = new(StringComparer.Ordinal)
    {
        ["Dense"] = (() => new Dense(4), () => torch.nn.Linear(3, 4)),
        ["Dense without bias"] = (() => new Dense(4, useBias: false), () => torch.nn.Linear(3, 4, hasBias: false)),
        ["Conv1D"] = (() => new Conv1D(4, 2), () => torch.nn.Conv1d(3, 4, 2)),
        ["LSTM"] = (() => new LSTM(4), () => torch.nn.LSTM(3, 4)),
        ["LSTM from a cell of torch's"] = (() => new LSTM(4), () => torch.nn.LSTMCell(3, 4)),
        ["RNN of two cells"] = (() => new RNN([new LSTMCell(4), new LSTMCell(4)]), () => torch.nn.LSTM(3, 4, numLayers: 2)),
        ["Bidirectional"] = (() => new Bidirectional(new LSTM(4)), () => torch.nn.LSTM(3, 4, bidirectional: true)),
    };

    [Fact]
    public void A_tensor_goes_there_and_back()
    {
        Libtorch.Need();
        Tensor[] tensors = [Twins.Data(1, 2, 3, 4), Tensor.Of(5f), Tensor.Zeros(0, 3), Tensor.Of([float.NaN, float.PositiveInfinity, -0f])];
        foreach (var tensor in tensors)
        {
            using var there = tensor.ToTorch();
            Assert.Equal(torch.float32, there.dtype);
            var back = there.ToUnroll();
            Assert.Equal(tensor.Shape, back.Shape);
            Assert.Equal(tensor.ToArray(), back.ToArray());
        }
    }

    [Fact]
    public void Both_tensors_have_memory_of_their_own()
    {
        Libtorch.Need();
        var tensor = Tensor.Ones(3);
        using var there = tensor.ToTorch();
        there.add_(1);
        var back = there.ToUnroll();
        there.add_(1);
        Assert.Equal([1, 1, 1], tensor.ToArray());
        Assert.Equal([2, 2, 2], back.ToArray());
    }

    [Fact]
    public void Other_types_and_turned_axes_come_as_float32_row_by_row()
    {
        Libtorch.Need();
        using var turned = torch.arange(6).reshape(2, 3).t();
        Assert.Equal([0, 3, 1, 4, 2, 5], turned.ToUnroll().ToArray());
        using var learned = torch.ones(2, requires_grad: true);
        Assert.Equal([1, 1], learned.ToUnroll().ToArray());
        using var complex = torch.zeros(2, dtype: torch.complex64);
        Assert.Throws<ArgumentException>(() => complex.ToUnroll());
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Weights_go_there_and_back(string name)
    {
        Libtorch.Need();
        var (layer, module) = (Built(name), Modules[name].Module());
        using (module)
        {
            layer.GiveWeightsTo(module);
            var other = Built(name);
            Assert.NotEqual(layer.GetWeights()[0].ToArray(), other.GetWeights()[0].ToArray());
            other.TakeWeightsFrom(module);
            Close.Assert(layer.GetWeights(), other.GetWeights(), 0, "weight");
        }
    }

    [Fact]
    public void A_trained_modules_two_biases_become_one()
    {
        Libtorch.Need();
        using var module = torch.nn.LSTM(3, 4, batchFirst: true);
        var layer = Built("LSTM");
        layer.TakeWeightsFrom(module);
        var x = Twins.Data(1, 2, 5, 3);
        var (_, h, _) = module.call(x.ToTorch());
        Close.Assert(h.select(0, 0).ToUnroll(), layer.Apply(x), 1e-5, "output");
    }

    [Fact]
    public void A_module_that_does_not_fit_is_refused_and_nothing_changes()
    {
        Libtorch.Need();
        var layer = Built("LSTM");
        var before = layer.GetWeights();
        using var small = torch.nn.LSTM(3, 2);
        using var linear = torch.nn.Linear(3, 4);
        var shapes = Assert.Throws<ArgumentException>(() => layer.TakeWeightsFrom(small));
        Assert.Contains("(3, 16) is (16, 3) in torch, but the module's weight_ih_l0 has shape (8, 3)", shapes.Message, StringComparison.Ordinal);
        var names = Assert.Throws<ArgumentException>(() => layer.TakeWeightsFrom(linear));
        Assert.Contains("has no parameter weight_ih_l0", names.Message, StringComparison.Ordinal);
        Close.Assert(before, layer.GetWeights(), 0, "weight");
    }

    [Fact]
    public void A_model_takes_the_weights_of_its_module_after_training_there()
    {
        Libtorch.Need();
        var model = new Sequential([new LSTM(4, inputShape: [5, 3]), new Dense(2)]);
        using var module = model.ToTorchSharp();
        module.train();
        var (x, y) = (Twins.Data(1, 6, 5, 3), Twins.Data(2, 6, 2));
        using var optimizer = torch.optim.SGD(module.parameters().Where(parameter => parameter.requires_grad), 0.1);
        torch.nn.functional.mse_loss(module.forward(x.ToTorch()), y.ToTorch()).backward();
        optimizer.step();
        model.Compile(new Training.SGD(0.1), "mse");
        var other = new Sequential([new LSTM(4, inputShape: [5, 3]), new Dense(2)]);
        other.SetWeights(model.GetWeights());
        other.Compile(new Training.SGD(0.1), "mse");
        other.TrainOnBatch(x, y);

        model.TakeWeightsFrom(module);
        Close.Assert(other.GetWeights(), model.GetWeights(), 1e-5, "weight");
    }

    /// <summary>With random weights, biases too.</summary>
    private static Layer Built(string name)
    {
        var layer = Modules[name].Layer();
        layer.EnsureBuilt([Shape.Create([2, 5, 3])], from: null);
        layer.SetWeights([.. layer.Weights.Select((weight, i) => new RandomState(Random.Shared.Next()).Uniform(-1, 1, weight.Shape))]);
        return layer;
    }
}
