using System.Text.Json;
using Unroll.Models;
using Unroll.Tests.Support;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>Every layout in which HDF5 can hold what Keras writes, made by Data/hdf5/make_hdf5.py.</summary>
public class Hdf5LayoutTests
{
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path("expected.json"))).RootElement;

    public static TheoryData<string> Whole =>
        [.. Expected.EnumerateObject().Select(file => file.Name).Where(name => !name.EndsWith(".weights.h5", StringComparison.Ordinal))];

    public static TheoryData<string> Weights =>
        [.. Expected.EnumerateObject().Select(file => file.Name).Where(name => name.EndsWith(".weights.h5", StringComparison.Ordinal))];

    public static TheoryData<string, string> Bad => new()
    {
        { "bad_soft_link.h5", "is a link to another place or file" },
        { "bad_soft_circle.h5", "is a link to another place or file" },
        { "bad_soft_circle_newest.h5", "is a link to another place or file" },
        { "bad_external_link.h5", "is a link to another place or file" },
        { "bad_external_data.h5", "lie in other files" },
        { "bad_virtual.h5", "is put together from other files" },
        { "bad_shape_bomb.h5", "far more than the file can hold" },
        { "bad_huge_shape.h5", "more numbers than a tensor can hold" },
        { "bad_shape.h5", "kernel: expected (2, 12), found (2, 11) at lstm" },
        { "bad_text.h5", "not numbers" },
        { "bad_missing_array.h5", "lists lstm/kernel:0, and there is no such array" },
        { "bad_missing_layer.h5", "layer_names has lstm, and there is no group of this name" },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_whole_model_is_read(string name) => Check(KerasFile.Load(Path(name)), name);

    [Theory]
    [MemberData(nameof(Weights))]
    public void Weights_alone_are_read(string name)
    {
        var model = KerasFile.FromJson(File.ReadAllText(Path("config.json")));
        model.LoadWeights(Path(name));
        Check(model, name);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_Keras_never_writes_is_refused_by_name(string name, string why)
    {
        var error = Assert.Throws<InvalidDataException>(() => KerasFile.Load(Path(name)));
        Assert.StartsWith(why.Contains("expected", StringComparison.Ordinal) ? $"The weights in {name}" : name, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_holds_itself_is_left_where_nobody_goes() => Check(KerasFile.Load(Path("bad_circle.h5")), "contiguous.h5");

    private static void Check(Model model, string name)
    {
        var x = Tensor.FromSpan([.. Enumerable.Range(0, 16).Select(i => (float)Math.Sin(0.37 * i))], 2, 4, 2);
        float[] expected = [.. Expected.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
        Close.Assert(Tensor.FromSpan(expected, 2, 1), model.Apply(x), 1e-5, name);
    }

    private static string Path(string name) => Samples.Of(System.IO.Path.Combine("hdf5", name));
}
