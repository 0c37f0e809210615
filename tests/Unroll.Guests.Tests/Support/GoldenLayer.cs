using System.Text.Json;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.Support;

/// <summary>A golden case of a layer as a model of that one layer.</summary>
internal sealed class GoldenLayer
{
    private readonly JsonElement[] _calls;

    /// <param name="golden">The case.</param>
    /// <param name="knowsTime">Whether the model knows how long its sequences are.</param>
    public GoldenLayer(JsonElement golden, bool knowsTime = true)
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
            if (!knowsTime && sample.Rank > 1)
                sample = sample.With(0, null);
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

    /// <summary>The masks of the inputs of the first call; null for an input without one.</summary>
    public IReadOnlyList<Tensor?> Masks => _calls[0].TryGetProperty("mask", out var mask) ? [mask.ToTensor()]
        : _calls[0].TryGetProperty("masks", out var several)
            ? [.. several.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Null ? null : one.ToTensor())]
            : [];

    /// <summary>Whether a case is of a call outside of training, and has masks or not.</summary>
    public static bool IsInference(JsonElement golden, bool hasMask = false) =>
        !golden.TryGetProperty("training", out _) && (golden.TryGetProperty("mask", out _) || golden.TryGetProperty("masks", out _)) == hasMask;
}
