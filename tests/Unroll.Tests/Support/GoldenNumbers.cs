using System.Text.Json;

namespace Unroll.Tests.Support;

/// <summary>Tensors out of golden files: <c>{"shape": […], "values": […]}</c>, row by row.</summary>
internal static class GoldenNumbers
{
    public static Tensor Tensor(this JsonElement golden, string name) => golden.GetProperty(name).ToTensor();

    public static Tensor[] TensorList(this JsonElement golden, string name) =>
        golden.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(ToTensor)] : [];

    public static int[] Integers(this JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt32())];

    public static double[] Doubles(this JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    public static string[] Strings(this JsonElement list) => [.. list.EnumerateArray().Select(word => word.GetString()!)];

    public static Tensor ToTensor(this JsonElement golden)
    {
        var values = golden.GetProperty("values").EnumerateArray().Select(number => number.GetSingle()).ToArray();
        return Unroll.Tensor.FromSpan(values, golden.GetProperty("shape").Integers());
    }
}
