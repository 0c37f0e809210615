using System.IO.Compression;

namespace Unroll.Keras.Tests.ToolTests;

/// <summary>What the tool tells of a file.</summary>
public sealed class InspectionTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_file_of_Keras_is_told_as_Inspect_tells_it()
    {
        var path = Bench.Published("bi.keras");
        var result = Bench.Fine(path);
        Assert.Equal($"{KerasFile.Inspect(path)}{Environment.NewLine}", result.Output);
        Assert.Contains("written by Keras 3.4.1", result.Output, StringComparison.Ordinal);
        Assert.Contains(" lstm_1 (LSTM) ", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void A_layer_that_is_not_supported_is_told_and_the_rest_too()
    {
        var result = Bench.Fine(_bench.Unknown());
        Assert.Contains("first (Mystery) units=4", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nNot here\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("answer (Dense)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_alone_are_listed()
    {
        var (model, _) = _bench.Stack();
        model.SaveWeights(_bench["w.weights.h5"]);
        var output = Bench.Fine(_bench["w.weights.h5"]).Output;
        Assert.Contains("weights alone (.weights.h5)", output, StringComparison.Ordinal);
        Assert.Contains("(2, 16)  float32", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Safetensors_are_told_with_their_words_shapes_and_kinds()
    {
        SafetensorsFile.Save(
            _bench["a.safetensors"], new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["w"] = Tensor.Zeros(2, 3), ["b"] = 1f },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        Assert.Equal(
            """
            a.safetensors
              safetensors, 7 numbers in 2 arrays

            Metadata
              format: pt

            Tensors
              w  (2, 3)  float32
              b  ()  float32

            """.ReplaceLineEndings(),
            Bench.Fine(_bench["a.safetensors"]).Output.ReplaceLineEndings());
    }

    [Fact]
    public void An_archive_of_arrays_is_told_and_what_holds_no_numbers_is_named()
    {
        NpzFile.Save(_bench["a.npz"], new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["lstm/kernel"] = Tensor.Zeros(4) });
        using (var archive = ZipFile.Open(_bench["a.npz"], ZipArchiveMode.Update))
            archive.CreateEntryFromFile(Path.Combine(Tests.ArrayTests.Samples.Folder, "objects.npy"), "objects.npy");
        var output = Bench.Fine(_bench["a.npz"]).Output;
        Assert.Contains("NumPy's .npz, 4 numbers in 1 array", output, StringComparison.Ordinal);
        Assert.Contains("lstm/kernel  (4,)  float32", output, StringComparison.Ordinal);
        Assert.Contains("Not here\n  objects.npy holds Python objects", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_is_told_by_its_header()
    {
        NpyFile.Save(_bench["x.npy"], Tensor.Zeros(5, 1));
        Assert.Contains("(5, 1)  float32", Bench.Fine(_bench["x.npy"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ONNX_file_is_told_with_inputs_operations_and_constants()
    {
        var (model, _) = _bench.Stack();
        model.Export(_bench["m.onnx"]);
        var output = Bench.Fine(_bench["m.onnx"]).Output;
        foreach (var line in (string[])
            [
                "ONNX, IR version 8, operator set 17, written by Unroll", "series  (batch, 3, 2)  float32", "answer  (batch, 2)  float32",
                "LSTM × 2", "answer/kernel  (3, 2)  float32",
            ])
        {
            Assert.Contains(line, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_ONNX_file_that_is_cut_short_or_another_file_is_refused_wherever_it_ends()
    {
        var (model, _) = _bench.Stack();
        model.Export(_bench["m.onnx"]);
        var bytes = File.ReadAllBytes(_bench["m.onnx"]);
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(_bench["cut.onnx"], bytes[..length]);
            var result = Bench.Run(_bench["cut.onnx"]);
            Assert.True(result.ExitCode == 1, $"{length} of {bytes.Length} bytes: {result.Output}");
            Assert.StartsWith("cut.onnx is not an ONNX file: ", result.Errors, StringComparison.Ordinal);
        }

        Bench.Refused(1, [_bench.Text("text.onnx", "no model")], "text.onnx is not an ONNX file");
    }

    [Fact]
    public void An_ONNX_file_with_wrong_bytes_is_told_or_refused_and_nothing_else()
    {
        var (model, _) = _bench.Stack();
        model.Export(_bench["m.onnx"]);
        var bytes = File.ReadAllBytes(_bench["m.onnx"]);
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            byte[] wrong = [.. bytes];
            for (var j = 0; j < 3; j++)
                wrong[random.Next(wrong.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_bench["wrong.onnx"], wrong);
            var result = Bench.Run(_bench["wrong.onnx"]);
            Assert.True(result.ExitCode == 0 || result.Errors.StartsWith("wrong.onnx is not an ONNX file: ", StringComparison.Ordinal), result.Errors);
        }
    }

    [Theory]
    [InlineData("a.keras", "is neither a .keras file nor an HDF5 file")]
    [InlineData("a.safetensors", "a.safetensors is not a safetensors file")]
    [InlineData("a.npz", "a.npz is not a zip archive")]
    [InlineData("a.npy", "a.npy is not an .npy file")]
    [InlineData("a.txt", "a.txt is neither")]
    public void A_file_of_another_kind_is_refused_by_name(string name, string said) =>
        Bench.Refused(1, [_bench.Text(name, "these are just some words\n")], said);

    [Fact]
    public void A_file_that_is_not_there_or_a_folder_is_refused()
    {
        Bench.Refused(1, [_bench["none.keras"]], "There is no file", "none.keras");
        Bench.Refused(1, [Path.GetDirectoryName(_bench["x"])!], "is a folder");
    }

    [Fact]
    public void A_file_that_is_damaged_is_refused()
    {
        var (_, path) = _bench.Stack();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..2000]);
        Bench.Refused(1, [path], "stack.keras is damaged");
    }
}
