using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Unroll.Benchmarks.Peers;

/// <summary>What is to be prepared: a network of given weights, in Keras' layout, on given data; see the README, "The protocol".</summary>
internal sealed class Request(JsonNode json)
{
    public bool IsTraining => (string?)json["mode"] == "training";

    /// <summary>Whether it is to be called as users call it.</summary>
    public bool IsPredict => (string?)json["mode"] == "predict";

    public int Threads => (int)json["threads"]!;

    public int Batch => (int)json["batch"]!;

    public int Time => (int)json["time"]!;

    /// <summary>Whether states are kept from call to call.</summary>
    public bool IsStream => (bool)json["stream"]!;

    /// <summary>How many losses of training are the result, or outputs of a stream.</summary>
    public int Steps => (int)json["steps"]!;

    /// <summary>How long each sequence is, where they differ.</summary>
    public int[]? Lengths { get; } = json["lengths"] is JsonArray lengths ? [.. lengths.Select(length => (int)length!)] : null;

    public IReadOnlyList<LayerRequest> Layers { get; } = [.. json["layers"]!.AsArray().Select(layer => new LayerRequest(layer!))];

    /// <summary>Features that go out.</summary>
    public int Width => Layers[^1].Units * Layers[^1].Directions;

    /// <summary>One field's float32 numbers.</summary>
    public float[] Numbers(string name) => Decode(json[name]!);

    internal static float[] Decode(JsonNode text) => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String((string)text!)).ToArray();
}

/// <summary>One layer, or several recurrent ones that stand one on the other.</summary>
internal sealed class LayerRequest(JsonNode json)
{
    public string Kind => (string)json["kind"]!;

    public int Inputs => (int)json["inputs"]!;

    public int Units => (int)json["units"]!;

    public int Count => (int)json["count"]!;

    /// <summary>2 where the sequence is read backwards, too.</summary>
    public int Directions => (int)json["directions"]!;

    /// <summary>The length of a convolution's kernel; the heads of attention.</summary>
    public int Size => (int)json["size"]!;

    /// <summary>In Keras' order; one array after the other of each layer, and in it of each direction.</summary>
    public IReadOnlyList<float[]> Weights { get; } = [.. json["weights"]!.AsArray().Select(weight => Request.Decode(weight!))];
}
