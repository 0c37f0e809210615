using System.Text.Json;
using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.GoldenTests;

/// <summary>Outputs and gradients of every layer and option, to 1e-6, as Keras computed them in float64.</summary>
public class LayerGoldenTests
{
    private static readonly string[] Files = ["layers.json", "family.json", "others.json", "published.json", "attention.json", "convlstm.json"];
    private const double Tolerance = 1e-6;

    public static TheoryData<string, string> Names => new(Files.SelectMany(file => Goldens.Names(file).Select(name => (file, name.Data))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_Keras(string file, string name)
    {
        var golden = Goldens.Case(file, name);
        var layer = MadeFromJson.Layer(golden.GetProperty("layer"));
        var calls = golden.TryGetProperty("calls", out var several) ? several.EnumerateArray().ToArray() : [golden];
        layer.EnsureBuilt([.. Inputs(calls[0]).Select(input => input.Shape)], from: null);
        layer.SetWeights(golden.TensorList("weights"));
        foreach (var call in calls)
            CheckCall(layer, call);
    }

    private static Tensor[] Inputs(JsonElement call) => [.. call.TensorList("inputs"), .. call.TensorList("initial_state")];

    private static Tensor[] Masked(Tensor[] inputs, JsonElement call)
    {
        JsonElement[] masks = call.TryGetProperty("mask", out var mask) ? [mask]
            : call.TryGetProperty("masks", out var several) ? [.. several.EnumerateArray()]
            : [];
        return [.. inputs.Select((input, i) => i < masks.Length && masks[i].ValueKind != JsonValueKind.Null ? input.WithMask(masks[i].ToTensor()) : input)];
    }

    private static void CheckCall(Layer layer, JsonElement call)
    {
        var inputs = Inputs(call);
        using var tape = new GradientTape();
        foreach (var input in inputs)
            tape.Watch(input);
        var outputs = layer.ApplyAll(Masked(inputs, call), training: call.TryGetProperty("training", out _));
        var loss = outputs.Zip(call.TensorList("coefficients"), (output, factor) => (output * factor).Sum()).Aggregate((a, b) => a + b);

        Close.Assert(call.TensorList("outputs"), outputs, Tolerance, "output");
        var gradients = tape.Gradient(loss, [.. inputs, .. layer.Weights.Select(weight => weight.Value)]);
        Tensor[] expected = [.. call.TensorList("grad_inputs"), .. call.TensorList("grad_initial_state"), .. call.TensorList("grad_weights")];
        Close.Assert(expected, gradients, Tolerance, "gradient");
        if (call.TryGetProperty("weights_after", out _))
            Close.Assert(call.TensorList("weights_after"), layer.GetWeights(), Tolerance, "weight after training");
    }
}
