using System.Text.Json;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>A golden case of a layer as a model of that one layer.</summary>
internal sealed class GoldenLayer
{
    private static readonly string[] Files = ["layers.json", "family.json", "others.json", "attention.json"];

    private readonly JsonElement[] _calls;

    private GoldenLayer(JsonElement golden)
    {
        _calls = golden.TryGetProperty("calls", out var several) ? [.. several.EnumerateArray()] : [golden];
        Layer = MadeFromJson.Layer(golden.GetProperty("layer"));
        var isStateful = Layer.SelfAndWithin().OfType<RNN>().Any(rnn => rnn.Stateful);
        var isTimeMajor = Layer.SelfAndWithin().OfType<RNN>().Any(rnn => rnn.TimeMajor);

        // The first axis is the batch to a model, and time to a layer that is timeMajor: such a one takes one length alone.
        KerasTensor[] inputs = [.. Enumerable.Range(0, Calls[0].Length).Select(i =>
        {
            var shapes = Calls.Select(call => call[i].Shape).ToArray();
            var sample = Shape.Create([.. shapes[0].Select((axis, at) => shapes.All(shape => shape.At(at) == axis) ? axis : null).Skip(1)]);
            return new Input(sample, isStateful || isTimeMajor ? shapes[0][0] : null);
        })];
        Model = new Model(inputs, Layer.ApplyAll(inputs));
        Layer.SetWeights(golden.TensorList("weights"));
    }

    public Layer Layer { get; }

    public Model Model { get; }

    /// <summary>The inputs of each call.</summary>
    public IReadOnlyList<Tensor[]> Calls => [.. _calls.Select(call => (Tensor[])[.. call.TensorList("inputs"), .. call.TensorList("initial_state")])];

    /// <summary>The outputs of each call, as Keras computed them.</summary>
    public IReadOnlyList<Tensor[]> Expected => [.. _calls.Select(call => call.TensorList("outputs"))];

    public bool IsRefused => AreRefused(Layer) || Layer is GRUCell or SimpleRNNCell ||
        (Layer is Merge && Model.Inputs.Any(input => input.Shape.Rank != Model.Inputs[0].Shape.Rank));

    /// <summary>The cases without masks, which torch's layers do not take, and outside of training.</summary>
    public static TheoryData<string> Names => new(Files.SelectMany(Goldens.Cases)
        .Where(golden => !golden.TryGetProperty("mask", out _) && !golden.TryGetProperty("training", out _))
        .Select(golden => golden.GetProperty("name").GetString()!));

    /// <summary>Torch's recurrent modules know tanh and sigmoid alone, its GRU the reset gate after the product; some layers have no module.</summary>
    public static bool AreRefused(Layer layer) => layer.SelfAndWithin().Any(one => one switch
    {
        LSTMCell cell => cell.Activation != ActivationFunction.Tanh || cell.RecurrentActivation != ActivationFunction.Sigmoid,
        GRUCell cell => cell.Activation != ActivationFunction.Tanh || cell.RecurrentActivation != ActivationFunction.Sigmoid || !cell.ResetAfter,
        SimpleRNNCell cell => cell.Activation != ActivationFunction.Tanh,
        Embedding embedding => embedding.MaskZero,
        LayerNormalization norm => (norm.Center && !norm.Scale) || norm.Axis != -1,
        Attention attention => attention is AdditiveAttention || attention.UseScale || attention.ScoreMode != "dot"
            || attention.UseCausalMask || attention.ReturnAttentionScores,
        Masking or BatchNormalization or Dot or Conv2D or MaxPooling2D or MultiHeadAttention => true,
        _ => false,
    });

    public static GoldenLayer Of(string name) =>
        new(Files.SelectMany(Goldens.Cases).First(golden => golden.GetProperty("name").ValueEquals(name)));
}
