using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ToolTests;

/// <summary>Files in other forms.</summary>
public sealed class ConversionTests : IDisposable
{
    private static readonly Tensor X = (Tensor.Arange(12).Reshape(2, 3, 2) / 6) - 1;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("w.weights.h5")]
    [InlineData("w.safetensors")]
    [InlineData("w.npz")]
    public void Weights_that_are_converted_make_another_model_the_same(string name)
    {
        var (model, path) = _bench.Stack();
        var result = Bench.Fine(path, "--to", _bench[name]);
        Assert.Contains("has the weights, without the structure", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"wrote {_bench[name]}", result.Errors, StringComparison.Ordinal);
        var (other, _) = _bench.Stack();
        other.LoadWeights(_bench[name]);
        Close.Assert(model.Predict(X), other.Predict(X), 0, name);
    }

    [Fact]
    public void An_older_file_becomes_a_newer_one_that_predicts_the_same_and_keeps_how_it_was_trained()
    {
        Bench.Fine(Bench.Published("dna.h5"), "--to", _bench["dna.keras"]);
        var tokens = Tensor.Arange(64).Reshape(4, 16) * 0 + 1;
        Close.Assert(KerasFile.Load(Bench.Published("dna.h5")).Predict(tokens), KerasFile.Load(_bench["dna.keras"]).Predict(tokens), 0, "dna");
        Assert.Equal("Adam, loss CategoricalCrossentropy, metrics accuracy", KerasFile.Inspect(_bench["dna.keras"]).Training);
    }

    [Fact]
    public void ONNX_is_what_the_library_exports()
    {
        var (_, path) = _bench.Stack();
        Bench.Fine(path, "--to", _bench["m.onnx"], "--quiet");
        KerasFile.Load(path).Export(_bench["own.onnx"]);
        Assert.Equal(File.ReadAllBytes(_bench["own.onnx"]), File.ReadAllBytes(_bench["m.onnx"]));
        Assert.Equal([8, 8], File.ReadAllBytes(_bench["m.onnx"])[..2]);
    }

    [Fact]
    public void The_structure_alone_is_JSON_that_makes_the_model()
    {
        var (model, path) = _bench.Stack();
        Assert.Contains("without weights", Bench.Fine(path, "--to", _bench["m.json"]).Errors, StringComparison.Ordinal);
        Assert.Equal(model.CountParams(), KerasFile.FromJson(File.ReadAllText(_bench["m.json"])).CountParams());
    }

    [Fact]
    public void Arrays_go_from_form_to_form()
    {
        var arrays = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["a/b"] = X, ["c"] = 2f };
        SafetensorsFile.Save(_bench["a.safetensors"], arrays, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        Bench.Fine(_bench["a.safetensors"], "--to", _bench["b.npz"]);
        Bench.Fine(_bench["b.npz"], "--to", _bench["c.safetensors"]);
        Bench.Fine(_bench["a.safetensors"], "--to", _bench["d.safetensors"]);
        Assert.Equal(["a/b", "c"], SafetensorsFile.Load(_bench["c.safetensors"]).Keys, StringComparer.Ordinal);
        Close.Assert(X, SafetensorsFile.Load(_bench["c.safetensors"])["a/b"], 0, "a/b");
        Assert.Equal("pt", SafetensorsFile.Metadata(_bench["d.safetensors"])["format"]);
    }

    [Fact]
    public void A_single_array_goes_in_and_out_under_the_name_of_its_file()
    {
        NpyFile.Save(_bench["x.npy"], X);
        Bench.Fine(_bench["x.npy"], "--to", _bench["x.npz"]);
        Assert.Equal("x", Assert.Single(NpzFile.Load(_bench["x.npz"])).Key);
        Bench.Fine(_bench["x.npz"], "--to", _bench["y.npy"]);
        Close.Assert(X, NpyFile.Load(_bench["y.npy"]), 0, "y");
    }

    [Fact]
    public void What_has_no_model_or_one_too_many_arrays_is_refused_with_what_can_be_done()
    {
        var (model, path) = _bench.Stack();
        model.SaveWeights(_bench["w.npz"]);
        model.SaveWeights(_bench["w.weights.h5"]);
        model.Export(_bench["m.onnx"]);
        var files = _bench.Files;
        Bench.Refused(1, [_bench["w.npz"], "--to", _bench["o.onnx"]], "w.npz has arrays and no model", ".safetensors, .npz or .npy");
        Bench.Refused(1, [_bench["w.npz"], "--to", _bench["o.npy"]], "one array", "Write .npz or .safetensors");
        Bench.Refused(1, [path, "--to", _bench["o.npy"]], "several weights. Write .npz or .safetensors");
        Bench.Refused(1, [_bench["w.weights.h5"], "--to", _bench["o.keras"]], "w.weights.h5 has weights and no model");
        Bench.Refused(1, [_bench["m.onnx"], "--to", _bench["o.keras"]], "m.onnx is ONNX", "Use the .keras or .h5 file");
        Assert.Equal(files, _bench.Files);
        Bench.Refused(1, [_bench.Unknown(), "--to", _bench["o.onnx"]], "stack.keras", "Mystery");
        Assert.Equal(files, _bench.Files);
    }

    [Fact]
    public void Forms_that_are_not_written_are_wrong_usage()
    {
        var (_, path) = _bench.Stack();
        Bench.Refused(2, [path, "--to", _bench["m.h5"]], "read and not written. Write .keras");
        Bench.Refused(2, [path, "--to", _bench["m.pt"]], ".onnx, .keras, .weights.h5, .safetensors, .npz, .json or .npy");
        Bench.Refused(2, [path, "--to", _bench["m"]], "it writes .onnx");
        Assert.Equal(["stack.keras"], _bench.Files);
    }
}
