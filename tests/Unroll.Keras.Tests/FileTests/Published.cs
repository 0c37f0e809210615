using System.Text.Json;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>The published files of Data/keras, with what each gives.</summary>
internal static class Published
{
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path("expected.json"))).RootElement;

    public static TheoryData<string> Names => [.. Expected.EnumerateObject().Select(file => file.Name)];

    public static string Path(string name) => Samples.Of(System.IO.Path.Combine("keras", name));

    /// <summary>Holds a model to the numbers that NumPy computed of the file's weights.</summary>
    public static void Check(Model model, string name, double tolerance = 1e-5)
    {
        var file = Expected.GetProperty(name);
        var y = model.ApplyAll(Tensors.Create(Inputs(model, file)))[0];
        Assert.Equal(file.GetProperty("output_shape").Integers(), y.Shape.Select(length => length!.Value));
        float[] expected = [.. file.GetProperty("output").EnumerateArray().Select(number => number.GetSingle())];
        Close.Assert(Tensor.FromSpan(expected, expected.Length), Tensor.FromSpan(y.ToArray().AsSpan(0, expected.Length), expected.Length), tolerance, name);
    }

    /// <summary>x[i] = sin(0.37 i), or the numbers of tokens.</summary>
    public static Tensor[] Inputs(Model model, string name) => Inputs(model, Expected.GetProperty(name));

    private static Tensor[] Inputs(Model model, JsonElement file)
    {
        var vocabulary = model.Layers.OfType<Embedding>().FirstOrDefault()?.InputDim ?? 1;
        var tokens = file.GetProperty("tokens").GetBoolean();
        var shapes = file.TryGetProperty("inputs", out var several) ? several.EnumerateArray().Select(shape => shape.Integers()) : [file.GetProperty("input_shape").Integers()];
        return [.. shapes.Select(shape => Tensor.FromSpan(Numbers(shape.Aggregate(1, (size, length) => size * length), tokens, vocabulary), shape))];
    }

    private static float[] Numbers(int size, bool tokens, int vocabulary) =>
        [.. Enumerable.Range(0, size).Select(i => tokens ? i * 7 % vocabulary : (float)Math.Sin(0.37 * i))];
}
