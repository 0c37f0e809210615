using System.Text.Json;
using Unroll.Tests.Support;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>What we write, read with zipfile and h5py and computed in NumPy: the ways, names and numbers that Keras would find.</summary>
public class KerasReadsItTests
{
    public static TheoryData<string> Names => [.. Published.Names.Select(row => row.Data).Where(name => name is not "cudnn.h5")];

    [Theory]
    [MemberData(nameof(Names))]
    public void H5py_finds_the_numbers_where_Keras_looks_for_them(string name) => Samples.WithPath("written.keras", path =>
    {
        PythonProgram.Need("h5py", "numpy");
        var model = KerasFile.Load(Published.Path(name));
        model.Save(path);
        var read = Read(path);
        float[] output = [.. read.GetProperty("output").EnumerateArray().Select(number => number.GetSingle())];
        Close.Assert(Tensor.FromSpan(output, output.Length), model.ApplyAll(Tensors.Create(Published.Inputs(model, name)))[0].Reshape(output.Length), 1e-5, name);
    });

    [Fact]
    public void Groups_and_arrays_have_the_names_that_Keras_gave_them() => Samples.WithPath("written.keras", path =>
    {
        PythonProgram.Need("h5py", "numpy");
        KerasFile.Load(Published.Path("bi.keras")).Save(path);
        var original = Read(Published.Path("bi.keras"), checkNames: false);
        Assert.Equal(Names(original), Names(Read(path)), StringComparer.Ordinal);

        static IEnumerable<string> Names(JsonElement read) => read.GetProperty("names").EnumerateArray().Select(one => one.GetString()!).Order(StringComparer.Ordinal);
    });

    private static JsonElement Read(string path, bool checkNames = true)
    {
        string[] options = checkNames ? ["-B"] : ["-B", "-O"];
        var (exitCode, output) = PythonProgram.Run(Path.GetDirectoryName(path)!, [.. options, Samples.Of("read_keras.py"), path]);
        Assert.True(exitCode == 0, output);
        return JsonDocument.Parse(output).RootElement;
    }
}
