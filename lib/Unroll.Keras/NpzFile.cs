using Unroll.Keras.Arrays;
using Unroll.Models;

namespace Unroll.Keras;

/// <summary>Tensors by name in a .npz file: NumPy's <c>np.savez</c> and <c>np.load</c>, a zip archive of .npy files.</summary>
public static class NpzFile
{
    /// <summary>
    /// Loads all arrays as <see cref="NpyFile.Load"/> does, in the order of the archive. Names are names only, whatever they
    /// look like: no file is written.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// It is not such an archive, an array is damaged, or it would unpack to more than 256 MB and 100 times its length; file and
    /// array are named.
    /// </exception>
    /// <exception cref="NotSupportedException">An array holds Python objects, which are never read, or text, dates, or complex numbers.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var stream = File.OpenRead(path);
        return NpzArchive.Read(stream, Path.GetFileName(path));
    }

    /// <summary>Saves tensors as float32, in their order. The file is there whole, or the old one stays.</summary>
    /// <param name="path">The file, which is replaced where it exists.</param>
    /// <param name="tensors">The tensors by name, such as a dictionary.</param>
    /// <param name="compressed">Whether to compress them, as <c>np.savez_compressed</c> does; weights hardly become smaller.</param>
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool compressed = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var named = NamedTensors.Checked(tensors);
        AtomicFile.Write(path, stream => NpzArchive.Write(stream, named, compressed));
    }

    /// <summary>Saves the weights of a model by their paths, as <see cref="SafetensorsFile.SaveWeights"/> names them.</summary>
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
