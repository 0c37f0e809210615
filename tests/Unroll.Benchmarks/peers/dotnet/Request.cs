using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Unroll.Benchmarks.Peers;

/// <summary>What is to be prepared: one LSTM layer of given weights, in Keras' layout, on given data.</summary>
internal sealed class Request(JsonNode json)
{
    public string Mode => (string)json["mode"]!;

    public int Threads => (int)json["threads"]!;

    public int Steps => (int)json["steps"]!;

    public int Batch => (int)json["batch"]!;

    public int Time => (int)json["time"]!;

    public int Inputs => (int)json["inputs"]!;

    public int Units => (int)json["units"]!;

    /// <summary>One field's float32 numbers.</summary>
    public float[] Numbers(string name) => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String((string)json[name]!)).ToArray();

    /// <summary>(a, b, row) becomes (b, a, row).</summary>
    public static float[] SwapAxes(ReadOnlySpan<float> values, int a, int b, int row)
    {
        var swapped = new float[values.Length];
        for (var i = 0; i < a; i++)
            for (var j = 0; j < b; j++)
                values.Slice((i * b + j) * row, row).CopyTo(swapped.AsSpan((j * a + i) * row));
        return swapped;
    }

    /// <summary>(rows, columns) becomes (columns, rows).</summary>
    public static float[] Transposed(ReadOnlySpan<float> values, int rows, int columns) => SwapAxes(values, rows, columns, 1);
}
