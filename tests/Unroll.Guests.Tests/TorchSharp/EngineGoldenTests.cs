using System.Text.Json;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Twenty steps of each optimizer and loss on the engine: each loss to 1e-4 relative, and the weights at the end.</summary>
[Collection("engine")]
public class EngineGoldenTests
{
    private const string File = "training.json";
    private const double Relative = 1e-4;

    public static TheoryData<string> Trainings => new(Goldens.Cases(File)
        .Where(golden => !golden.GetProperty("optimizer").TryGetProperty("epsilon_inside_root", out var inside) || inside.GetBoolean())
        .Select(golden => golden.GetProperty("name").GetString()!));

    public static TheoryData<string> Models => Goldens.Names("models.json");

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Trains_as_Keras_does(string name)
    {
        var golden = Goldens.Case(File, name);
        var (model, x, y) = Prepare(golden);
        using var torch = new OnTorch();
        var isFit = golden.TryGetProperty("fit", out var fit);
        if (isFit)
            CheckFit(golden, fit, model, x, y);
        else
            CheckSteps(golden, model, x, y);
        var batchSize = isFit ? fit.GetProperty("batch_size").GetInt32() : x.Shape[0];
        CheckLoss(golden.GetProperty("final_loss").GetDouble(), model.Evaluate(x, y, batchSize, verbose: 0)[0], "the loss at the end");
        Close.Assert(golden.TensorList("final_weights"), model.GetWeights(), 1e-4, "weight");
        Assert.Equal(isFit ? (0, 1) : (20, 0), (torch.Engine.Calls(EngineTask.TrainOnBatch), torch.Engine.Calls(EngineTask.Fit)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Predicts_as_Keras_does(string name)
    {
        var golden = new GoldenModel(name);
        using var torch = new OnTorch();
        if (TorchCases.IsRefused(golden))
            Assert.Throws<NotSupportedException>(() => golden.Model.PredictAll(golden.Inputs));
        else
            Close.Assert(golden.Expected, golden.Model.PredictAll(golden.Inputs), 1e-5, "output");
        Assert.Equal(TorchCases.IsRefused(golden) ? 0 : 1, torch.Engine.Calls(EngineTask.Predict));
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
        foreach (var (step, loss) in golden.GetProperty("losses").Doubles().Index())
            CheckLoss(loss, model.TrainOnBatch(x, y)[0], $"the loss before step {step + 1}");
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
        foreach (var (epoch, loss) in golden.GetProperty("history").Doubles().Index())
            CheckLoss(loss, history["loss"][epoch], $"epoch {epoch + 1}");
    }

    private static void CheckLoss(double expected, float actual, string what) =>
        Assert.True(
            Math.Abs(actual - expected) <= Relative * Math.Abs(expected),
            FormattableString.Invariant($"{what} should be {expected:G9} but is {actual:G9}, off by {(actual - expected) / expected:E1} of it."));
}
