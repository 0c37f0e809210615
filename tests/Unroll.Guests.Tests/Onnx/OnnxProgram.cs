using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Unroll.Keras;
using Unroll.Keras.Onnx.Format;
using Unroll.Models;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>A model as ONNX Runtime runs it, from the bytes of its file.</summary>
internal sealed class OnnxProgram : IDisposable
{
    private static readonly Lazy<string?> Problem = new(Load);
    private readonly InferenceSession _session;

    public OnnxProgram(Model model)
        : this(BytesOf(model))
    {
    }

    public OnnxProgram(byte[] file)
    {
        Support.Need.Met(Problem.Value is null, Problem.Value ?? "");
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(file, options);
    }

    public IReadOnlyList<string> InputNames => _session.InputNames;

    public IReadOnlyList<string> OutputNames => _session.OutputNames;

    /// <summary>The bytes of a model's file.</summary>
    public static byte[] BytesOf(Model model)
    {
        using var stream = new MemoryStream();
        OnnxFile.Save(model, stream);
        return stream.ToArray();
    }

    public static byte[] BytesOf(ModelProto proto)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            proto.Write(output);
        return stream.ToArray();
    }

    /// <summary>The axes of an input: lengths, or the words that stand for them.</summary>
    public string AxesOfInput(string name) => Axes(_session.InputMetadata[name]);

    public string AxesOfOutput(string name) => Axes(_session.OutputMetadata[name]);

    /// <summary>All outputs, for all inputs, both in the order of the file.</summary>
    public Tensor[] Run(params IReadOnlyList<Tensor> inputs)
    {
        Assert.Equal(InputNames.Count, inputs.Count);
        var values = inputs.Select(input => OrtValue.CreateTensorValueFromMemory(
            input.ToArray(), [.. input.Shape.Select(axis => (long)axis!)])).ToArray();
        using var run = new RunOptions();
        using var outputs = _session.Run(run, [.. InputNames], values, [.. OutputNames]);
        Tensor[] results = [.. outputs.Select(TensorOf)];
        foreach (var value in values)
            value.Dispose();
        return results;
    }

    public void Dispose() => _session.Dispose();

    private static Tensor TensorOf(OrtValue value) => Tensor.FromSpan(
        value.GetTensorDataAsSpan<float>(), [.. value.GetTensorTypeAndShape().Shape.Select(axis => (int)axis)]);

    private static string Axes(NodeMetadata metadata) => string.Join(
        ", ", metadata.Dimensions.Zip(metadata.SymbolicDimensions, (length, word) => length >= 0 ? FormattableString.Invariant($"{length}") : word));

    private static string? Load()
    {
        try
        {
            return OrtEnv.Instance().GetVersionString().Length > 0 ? null : "ONNX Runtime does not tell its version.";
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return $"ONNX Runtime's native library cannot be loaded here: {(error.InnerException ?? error).Message}";
        }
    }
}
