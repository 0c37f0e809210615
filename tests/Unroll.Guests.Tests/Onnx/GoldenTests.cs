using Unroll.Guests.Tests.Support;
using Unroll.Keras.Onnx.Conversions;
using Unroll.Keras.Onnx.Format;
using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;
using Unroll.Tests;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>Every golden case gives in ONNX Runtime the numbers that Keras computed.</summary>
public class GoldenTests
{
    private const double Tolerance = 1e-5;
    private static readonly string[] Files = ["layers.json", "family.json", "others.json", "published.json", "attention.json", "convlstm.json"];

    public static TheoryData<string, string> Layers => Cases(hasMask: false);

    public static TheoryData<string, string> Masked => Cases(hasMask: true);

    public static TheoryData<string> Models => Goldens.Names("models.json");

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_gives_Keras_numbers(string file, string name)
    {
        var golden = new GoldenLayer(Goldens.Case(file, name));
        using var program = new OnnxProgram(golden.Model);
        Tensor[] states = [];
        for (var call = 0; call < golden.Calls.Count; call++)
        {
            // A stateful layer takes its states with each call, and gives those of the next one.
            var kept = program.InputNames.Count - golden.Calls[call].Length;
            if (call == 0)
                states = kept == 0 ? [] : [.. ZerosFor(golden)];
            var outputs = program.Run([.. golden.Calls[call], .. states]);
            Close.Assert(golden.Expected[call], outputs[..^kept], Tolerance, "output");
            states = outputs[^kept..];
        }
    }

    [Theory]
    [MemberData(nameof(Masked))]
    public void A_layer_treats_masks_as_Keras_does(string file, string name)
    {
        var golden = new GoldenLayer(Goldens.Case(file, name));
        var graph = new GraphBuilder();
        var inputs = golden.Model.Inputs.Select(input => graph.Input(input.Layer.Name, input.Shape)).ToArray();
        var masks = new List<Tensor>();
        foreach (var (i, mask) in golden.Masks.Index())
        {
            if (mask is null)
                continue;
            var given = graph.Input(FormattableString.Invariant($"mask_{i}"), mask.Shape);
            inputs[i] = inputs[i] with { Mask = graph.Cast(given, ElementType.Bool) };
            masks.Add(mask);
        }

        var outputs = LayerConversions.Convert(graph, golden.Layer, inputs);
        using var program = new OnnxProgram(OnnxProgram.BytesOf(ModelExport.Of("masked", graph, [.. outputs.Select(output => (output, "y"))])));
        Close.Assert(golden.Expected[0], program.Run([.. golden.Calls[0], .. masks]), Tolerance, "output");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_gives_Keras_numbers(string name)
    {
        var golden = new GoldenModel(name);
        using var program = new OnnxProgram(golden.Model);
        Assert.Equal(golden.Model.Inputs.Select(input => input.Layer.Name), program.InputNames);
        Close.Assert(golden.Expected, program.Run(golden.Inputs), Tolerance, "output");
    }

    /// <summary>None is refused; only those of calls in training are not here.</summary>
    [Fact]
    public void No_case_is_left_out() => Assert.Equal(
        Files.SelectMany(Goldens.Cases).Count(golden => !golden.TryGetProperty("training", out _)), Layers.Count + Masked.Count);

    private static TheoryData<string, string> Cases(bool hasMask) => new(Files.SelectMany(file => Goldens.Cases(file)
        .Where(golden => GoldenLayer.IsInference(golden, hasMask)).Select(golden => (file, golden.GetProperty("name").GetString()!))));

    /// <summary>Zeros for all that the file keeps from call to call.</summary>
    private static IEnumerable<Tensor> ZerosFor(GoldenLayer golden) => golden.Layer.SelfAndWithin().OfType<RNN>()
        .SelectMany(rnn => rnn.Cell.GetInitialState(golden.Calls[0][0].Shape[rnn.TimeMajor ? 1 : 0]));
}
