using System.Text.Json;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.GoldenTests;

/// <summary>Numbers that other projects publish in their tests. Masks, which some of them use, are not there yet.</summary>
public class AnchorGoldenTests
{
    private const string File = "anchors.json";

    public static TheoryData<string> Layers => Where(golden => golden.TryGetProperty("layer", out _) && !golden.TryGetProperty("mask", out _));

    public static TheoryData<string> Trainings => Where(golden => golden.TryGetProperty("steps", out _));

    [Theory]
    [MemberData(nameof(Layers))]
    public void Published_values_of_layers(string name)
    {
        var golden = Goldens.Case(File, name);
        var layer = (LSTM)MadeFromJson.Layer(golden.GetProperty("layer"));
        Tensor[] inputs = [.. golden.TensorList("inputs"), .. golden.TensorList("initial_state")];
        var output = Enumerable.Range(0, golden.GetProperty("calls").GetInt32()).Select(_ => layer.Apply(inputs)).ToArray()[^1];

        Close.Assert(golden.TensorList("weights"), layer.GetWeights(), 0, "weight");
        Close.Assert(golden.TensorList("outputs")[0], output, 1e-6, "output");
        var published = Tensor.Of([.. golden.GetProperty("published").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(number => number.GetSingle()).ToArray())]);
        Close.Assert(published.BroadcastTo(output.Shape), output, 1e-6, "published output");
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Published_values_of_backpropagation_through_time(string name)
    {
        var golden = Goldens.Case(File, name);
        var (x, y) = (golden.Tensor("x"), golden.Tensor("y"));
        var model = new Sequential([.. golden.GetProperty("layers").EnumerateArray().Select(layer => MadeFromJson.Layer(layer))]);
        model.Build(x.Shape);
        model.SetWeights(golden.TensorList("weights"));
        model.Compile(MadeFromJson.Optimizer(golden.GetProperty("optimizer")), golden.GetProperty("loss").GetString()!);

        foreach (var loss in golden.GetProperty("losses").Doubles())
            Close.Assert(loss, model.TrainOnBatch(x, y)[0], 1e-6, "loss");
        Close.Assert(golden.TensorList("final_weights"), model.GetWeights(), 1e-6, "weight");
    }

    private static TheoryData<string> Where(Func<JsonElement, bool> filter) =>
        new(Goldens.Cases(File).Where(filter).Select(golden => golden.GetProperty("name").GetString()!));
}
