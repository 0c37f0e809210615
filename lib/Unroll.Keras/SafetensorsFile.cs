using Unroll.Keras.Arrays;
using Unroll.Models;

namespace Unroll.Keras;

/// <summary>
/// Tensors by name in a .safetensors file, which PyTorch, JAX and Hugging Face's libraries read and write: numbers and nothing
/// that could run.
/// </summary>
/// <seealso href="https://huggingface.co/docs/safetensors"/>
public static class SafetensorsFile
{
    /// <summary>
    /// Loads all tensors, in the order of the file, as float32: F16 and BF16 become equal numbers, F64 is rounded, BOOL is 0 or
    /// 1, and whole numbers (I8 to I64, U8 to U64) beyond 2²⁴ lose their last digits.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// It is not a safetensors file, is cut short, or its parts contradict each other; file, tensor, expected and found are named.
    /// </exception>
    /// <exception cref="NotSupportedException">A tensor is of another type, such as F8_E4M3.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Safetensors.Read(stream, Path.GetFileName(path));
    }

    /// <summary>Saves tensors as F32, in their order. The file is there whole, or the old one stays.</summary>
    /// <param name="path">The file, which is replaced where it exists.</param>
    /// <param name="tensors">The tensors by name, such as a dictionary.</param>
    /// <param name="metadata">Words to keep beside them, or null.</param>
    /// <exception cref="ArgumentException">A name is there twice, or is <c>__metadata__</c>.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var named = NamedTensors.Checked(tensors, SafetensorsHeader.MetadataName);
        AtomicFile.Write(path, stream => Safetensors.Write(stream, named, metadata));
    }

    /// <summary>The words that a file keeps beside its tensors, which are not read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not a safetensors file.</exception>
    public static IReadOnlyDictionary<string, string> Metadata(string path)
    {
        using var stream = File.OpenRead(path);
        return SafetensorsHeader.Read(stream, Path.GetFileName(path)).Metadata;
    }

    /// <summary>
    /// Saves the weights of a model by their paths, as Keras names them: <c>lstm/lstm_cell/kernel</c>,
    /// <c>bidirectional/forward_lstm/lstm_cell/bias</c>. A weight that several layers share is saved once, under its first path.
    /// </summary>
    /// <param name="model">The model, which is built.</param>
    /// <param name="path">The file, which is replaced where it exists.</param>
    /// <exception cref="ArgumentException">Two weights have the same path.</exception>
    public static void SaveWeights(Model model, string path) => Save(path, ModelWeights.Of(model, nameof(SaveWeights)).Values());

    /// <summary>Loads what <see cref="SaveWeights"/> saved into a model of the same layers.</summary>
    /// <param name="model">The model, which is built.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// A weight is missing, is one too many, or has another shape: all of them are listed, and the model stays as it was.
    /// </exception>
    public static void LoadWeights(Model model, string path) => ModelWeights.Of(model, nameof(LoadWeights)).Assign(Load(path), Path.GetFileName(path));
}
