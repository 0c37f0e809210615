using System.Text.Json;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.GoldenTests;

/// <summary>Small whole models: outputs, loss, gradients of inputs and of every weight, counts and the order of layers.</summary>
public class ModelGoldenTests
{
    private const string File = "models.json";
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Names => Goldens.Names(File);

    public static TheoryData<string> Chains => new(Goldens.Cases(File)
        .Where(golden => golden.TryGetProperty("sequential", out _)).Select(golden => golden.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(Names))]
    public void Functional_model(string name)
    {
        var golden = Goldens.Case(File, name);
        var layers = Layers(golden);
        var tensors = golden.GetProperty("inputs").EnumerateArray().ToDictionary(
            input => input.GetProperty("name").GetString()!, KerasTensor (input) => NewInput(input), StringComparer.Ordinal);
        KerasTensor[] inputs = [.. tensors.Values];
        foreach (var node in golden.GetProperty("nodes").EnumerateArray())
        {
            string[] from = [.. node.GetProperty("inputs").Strings(), .. node.TryGetProperty("initial_state", out var state) ? state.Strings() : []];
            var outputs = layers[node.GetProperty("layer").GetString()!].ApplyAll(from.Select(one => tensors[one]).ToArray());
            foreach (var (output, word) in outputs.Zip(node.GetProperty("outputs").Strings()))
                tensors[word] = output;
        }

        var model = new Model(inputs, golden.GetProperty("outputs").Strings().Select(output => tensors[output]).ToArray());
        Assert.Equal(golden.GetProperty("keras_layer_order").Strings(), model.Layers.Select(layer => layer.Name).ToArray());
        Check(golden, model, layers);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Sequential_model(string name)
    {
        var golden = Goldens.Case(File, name);
        var layers = Layers(golden);
        var model = new Sequential();
        model.Add(NewInput(golden.GetProperty("inputs")[0]));
        foreach (var layer in layers.Values)
            model.Add(layer);
        Check(golden, model, layers);
    }

    private static OrderedDictionary<string, Layer> Layers(JsonElement golden)
    {
        var layers = new OrderedDictionary<string, Layer>(StringComparer.Ordinal);
        foreach (var spec in golden.GetProperty("layers").EnumerateArray())
        {
            var name = spec.GetProperty("name").GetString()!;
            layers.Add(name, MadeFromJson.Layer(spec, name));
        }

        return layers;
    }

    private static Input NewInput(JsonElement input) =>
        new(input.GetProperty("shape").Integers(), name: input.GetProperty("name").GetString());

    private static void Check(JsonElement golden, Model model, OrderedDictionary<string, Layer> layers)
    {
        var specs = golden.GetProperty("layers").EnumerateArray().ToArray();
        foreach (var (spec, layer) in specs.Zip(layers.Values))
            layer.SetWeights(spec.TensorList("weights"));
        Assert.Equal(golden.GetProperty("count_params").GetInt32(), model.CountParams());

        var inputs = golden.GetProperty("inputs").EnumerateArray().Select(input => input.Tensor("x")).ToArray();
        using var tape = new GradientTape();
        foreach (var input in inputs)
            tape.Watch(input);
        var outputs = model.ApplyAll(inputs);
        Close.Assert(golden.TensorList("values"), outputs, Tolerance, "output");

        var mse = new MeanSquaredError();
        var loss = golden.TensorList("targets").Zip(outputs, (truth, output) => mse.Call(truth, output)).Aggregate((a, b) => a + b);
        Close.Assert(golden.GetProperty("loss").GetSingle(), loss, Tolerance, "loss");

        var weights = layers.Values.SelectMany(layer => layer.Weights).Select(weight => weight.Value);
        var gradients = tape.Gradient(loss, [.. inputs, .. weights]);
        var expected = golden.GetProperty("inputs").EnumerateArray().Select(input => input.Tensor("grad"))
            .Concat(specs.SelectMany(spec => spec.TensorList("grad_weights")));
        Close.Assert([.. expected], gradients, Tolerance, "gradient");
    }
}
