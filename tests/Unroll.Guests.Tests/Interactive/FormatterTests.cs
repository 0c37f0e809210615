using System.Text.Json.Nodes;

namespace Unroll.Guests.Tests.Interactive;

/// <summary>Values of the library, found there by the attribute on their types alone, show as meant.</summary>
[Collection(RealKernel.Collection)]
public sealed class FormatterTests
{
    private const string Setup =
        """
        #r "../artifacts/lib/Unroll.Pictures.dll"
        using Unroll;
        using Unroll.Layers;
        using Unroll.Models;
        Backend.ClearSession();
        var model = new Sequential([new LSTM(4, inputShape: [3, 2]), new Dense(1)]);
        model.Compile("adam", "mse");
        var (x, y) = (Tensor.Ones(2, 3, 2), Tensor.Ones(2, 1));
        var lstm = (LSTM)model.Layers[0];
        """;

    public static TheoryData<string, string, string, string> Values => new()
    {
        { "Tensor.Of([1, 2.5f])", "text/html", "<td", "[1.  2.5]" },
        { "new Tensor[] { x }[0][0]", "text/html", "<table", "shape=(3, 2) dtype=float32" },
        { "Tensor.Of(7)", "text/html", "7", "7" },
        { "x.Shape", "text/html", "(2, 3, 2)", "(2, 3, 2)" },
        { "lstm", "text/html", "&lt;LSTM name=lstm, built=True&gt;", "<LSTM name=lstm, built=True>" },
        { "lstm.Weights[0]", "text/html", "Variable lstm/kernel", "<Variable lstm/kernel shape=(2, 16) dtype=float32>" },
        { "model.Inputs[0]", "text/html", "KerasTensor", "shape=(None, 3, 2)" },
        { "model.PredictAll(x)", "text/html", "shape=(2, 1)", "<Tensor: shape=(2, 1) dtype=float32" },
        { "model", "text/html", "<td", "lstm (LSTM)" },
        { "model.Plot()", "text/html", "<img", "LSTM" },
        { "model.Fit(x, y, epochs: 2, verbose: 0)", "text/html", "<img", "loss" },
        { "lstm.Trace(x)", "text/html", "<img", "forget gate f" },
        { "lstm.Trace(x).Plot()", "application/vnd.plotly.v1+json", "\"data\":[", "forget gate f" },
        { "lstm.PlotWeights()", "text/html", "<img", "kernel" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Show_as_meant(string expression, string mimeType, string inRich, string inPlain)
    {
        using var kernel = new RealKernel();
        await kernel.RunAsync(Setup);
        var shown = Assert.Single((await kernel.RunAsync(expression)).Items);
        Assert.Contains(inRich, Text(shown, mimeType), StringComparison.Ordinal);
        Assert.Contains(inPlain, Text(shown, "text/plain"), StringComparison.Ordinal);
    }

    private static string Text(JsonObject shown, string mimeType)
    {
        var view = shown[mimeType];
        Assert.True(view is not null, $"no {mimeType} in {shown.ToJsonString()}");
        return view is JsonValue text ? (string)text! : view.ToJsonString();
    }
}
