using System.Text.Json;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.GoldenTests;

/// <summary>Twenty steps of each optimizer and loss: each loss to 1e-5 relative, and the weights at the end.</summary>
public class TrainingGoldenTests
{
    private const string File = "training.json";
    private const double Relative = 1e-5;

    /// <summary>RMSprop here is the form with epsilon under the root, which Keras 2.11 and later and Keras 3 have.</summary>
    public static TheoryData<string> Names => new(Goldens.Cases(File)
        .Where(golden => !golden.GetProperty("optimizer").TryGetProperty("epsilon_inside_root", out var inside) || inside.GetBoolean())
        .Select(golden => golden.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_Keras(string name)
    {
        var golden = Goldens.Case(File, name);
        var (model, x, y) = Prepare(golden);
        if (golden.TryGetProperty("fit", out var fit))
            CheckFit(golden, fit, model, x, y);
        else
            CheckSteps(golden, model, x, y);

        var batchSize = golden.TryGetProperty("fit", out fit) ? fit.GetProperty("batch_size").GetInt32() : x.Shape[0];
        CheckLoss(golden.GetProperty("final_loss").GetDouble(), model.Evaluate(x, y, batchSize, verbose: 0)[0], "the loss at the end");
        Close.Assert(golden.TensorList("final_weights"), model.GetWeights(), 1e-5, "weight");
    }

    private static (Sequential Model, Tensor X, Tensor Y) Prepare(JsonElement golden)
    {
        var spec = Goldens.Load(File).GetProperty("models").GetProperty(golden.GetProperty("model").GetString()!);
        var model = new Sequential();
        model.Add(new Input(spec.GetProperty("input_shape").Integers()));
        foreach (var layer in spec.GetProperty("layers").EnumerateArray())
        {
            model.Add(MadeFromJson.Layer(layer));
            model.Layers[^1].SetWeights(layer.TensorList("weights"));
        }

        model.Compile(MadeFromJson.Optimizer(golden.GetProperty("optimizer")), MadeFromJson.Loss(golden.GetProperty("loss")));
        var data = Goldens.Load(File).GetProperty("data").GetProperty(golden.GetProperty("data").GetString()!);
        return (model, data.Tensor("x"), data.Tensor("y"));
    }

    private static void CheckSteps(JsonElement golden, Sequential model, Tensor x, Tensor y)
    {
        var losses = golden.GetProperty("losses").Doubles();
        Assert.Equal(20, losses.Length);
        for (var step = 0; step < losses.Length; step++)
            CheckLoss(losses[step], model.TrainOnBatch(x, y)[0], $"the loss before step {step + 1}");
    }

    private static void CheckFit(JsonElement golden, JsonElement fit, Sequential model, Tensor x, Tensor y)
    {
        var history = model.Fit(
            x,
            y,
            batchSize: fit.GetProperty("batch_size").GetInt32(),
            epochs: fit.GetProperty("epochs").GetInt32(),
            shuffle: fit.GetProperty("shuffle").GetBoolean(),
            verbose: 0);
        var losses = golden.GetProperty("history").Doubles();
        Assert.Equal(losses.Length, history["loss"].Count);
        for (var epoch = 0; epoch < losses.Length; epoch++)
            CheckLoss(losses[epoch], history["loss"][epoch], $"epoch {epoch + 1}");
    }

    private static void CheckLoss(double expected, float actual, string what) =>
        Assert.True(
            Math.Abs(actual - expected) <= Relative * Math.Abs(expected),
            FormattableString.Invariant($"{what} should be {expected:G9} but is {actual:G9}, off by {(actual - expected) / expected:E1} of it."));
}
