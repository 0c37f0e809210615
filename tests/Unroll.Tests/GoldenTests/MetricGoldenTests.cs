using System.Text.Json;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.GoldenTests;

/// <summary>Metrics over two batches, with and without weights of samples.</summary>
public class MetricGoldenTests
{
    private const string File = "metrics.json";

    public static TheoryData<string> Names => Goldens.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_Keras(string name)
    {
        var golden = Goldens.Case(File, name);
        var metric = Made(golden.GetProperty("metric"));
        var (yTrue, yPred) = (golden.Tensor("y_true"), golden.Tensor("y_pred"));
        var weights = golden.GetProperty("weights").ValueKind == JsonValueKind.Null ? null : golden.Tensor("weights");
        var half = yTrue.Shape[0] / 2;
        metric.UpdateState(yTrue[..half], yPred[..half], weights?[..half]);
        metric.UpdateState(yTrue[half..], yPred[half..], weights?[half..]);
        Assert.Equal(golden.GetProperty("value").GetDouble(), metric.Result(), 1e-6);

        metric.ResetState();
        metric.UpdateState(yTrue, yPred, weights);
        Assert.Equal(golden.GetProperty("value").GetDouble(), metric.Result(), 1e-6);
    }

    /// <summary>Some are known by name alone.</summary>
    private static Metric Made(JsonElement spec) => spec.GetProperty("class").GetString() switch
    {
        "CategoricalAccuracy" => "categoricalAccuracy",
        "SparseCategoricalAccuracy" => "sparse_categorical_accuracy",
        _ => (Metric)MadeFromJson.Training(spec),
    };
}
