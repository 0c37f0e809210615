namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>What we write, read by NumPy itself.</summary>
public class NumPyTests
{
    [Fact]
    public void NumPy_reads_what_is_written() => Samples.WithPath("w.npy", path =>
    {
        PythonProgram.Need("numpy");
        var folder = Path.GetDirectoryName(path)!;
        var w = Tensor.Arange(6).Reshape(2, 3) / 4 - 0.75f;
        KeyValuePair<string, Tensor>[] both = [KeyValuePair.Create("w", w), KeyValuePair.Create("a/s", (Tensor)2.5f)];
        NpyFile.Save(path, w);
        NpzFile.Save(Path.Combine(folder, "stored.npz"), both);
        NpzFile.Save(Path.Combine(folder, "compressed.npz"), both, compressed: true);
        SafetensorsFile.Save(Path.Combine(folder, "both.safetensors"), both, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        var (exitCode, output) = PythonProgram.Run(folder, "-B", Samples.Of("read_back.py"), folder);
        Assert.Equal((0, "read back"), (exitCode, output.Trim()));
    });
}
