using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.Support;

/// <summary>A golden case of a whole model, with its weights.</summary>
internal sealed class GoldenModel
{
    public GoldenModel(string name)
    {
        var golden = Goldens.Case("models.json", name);
        var layers = new Dictionary<string, Layer>(StringComparer.Ordinal);
        foreach (var spec in golden.GetProperty("layers").EnumerateArray())
            layers.Add(spec.GetProperty("name").GetString()!, MadeFromJson.Layer(spec, spec.GetProperty("name").GetString()));
        var tensors = golden.GetProperty("inputs").EnumerateArray().ToDictionary(
            input => input.GetProperty("name").GetString()!,
            KerasTensor (input) => new Input(input.GetProperty("shape").Integers(), name: input.GetProperty("name").GetString()),
            StringComparer.Ordinal);
        KerasTensor[] inputs = [.. tensors.Values];
        foreach (var node in golden.GetProperty("nodes").EnumerateArray())
        {
            string[] from = [.. node.GetProperty("inputs").Strings(), .. node.TryGetProperty("initial_state", out var state) ? state.Strings() : []];
            var outputs = layers[node.GetProperty("layer").GetString()!].ApplyAll(from.Select(one => tensors[one]).ToArray());
            foreach (var (output, word) in outputs.Zip(node.GetProperty("outputs").Strings()))
                tensors[word] = output;
        }

        Model = new Model(inputs, golden.GetProperty("outputs").Strings().Select(output => tensors[output]).ToArray());
        foreach (var spec in golden.GetProperty("layers").EnumerateArray())
            layers[spec.GetProperty("name").GetString()!].SetWeights(spec.TensorList("weights"));
        Inputs = [.. golden.GetProperty("inputs").EnumerateArray().Select(input => input.Tensor("x"))];
        Expected = golden.TensorList("values");
    }

    public Model Model { get; }

    public Tensor[] Inputs { get; }

    /// <summary>The outputs, as Keras computed them.</summary>
    public Tensor[] Expected { get; }
}
