using Unroll.Tests.Support;

namespace Unroll.Tests.GoldenTests;

/// <summary>Losses on small tables, at their clips and far from them.</summary>
public class LossGoldenTests
{
    private const string File = "losses.json";

    public static TheoryData<string> Names => Goldens.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_Keras(string name)
    {
        var golden = Goldens.Case(File, name);
        var prediction = golden.Tensor("y_pred");
        using var tape = new GradientTape();
        tape.Watch(prediction);
        var loss = MadeFromJson.Loss(golden.GetProperty("loss")).Call(golden.Tensor("y_true"), prediction);

        // In float32: at the clip, 1 - 1e-7 is 0.99999988 and its logarithm another number than in float64.
        Close.Assert(golden.GetProperty("value_float32").GetSingle(), loss, 1e-6, "loss");
        Close.Assert(golden.Tensor("grad"), tape.Gradient(loss, prediction)!, 1e-6, "gradient");
    }
}
