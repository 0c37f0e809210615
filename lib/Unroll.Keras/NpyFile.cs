using Unroll.Keras.Arrays;

namespace Unroll.Keras;

/// <summary>One tensor in a .npy file: NumPy's <c>np.save</c> and <c>np.load</c>.</summary>
/// <seealso href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html"/>
public static class NpyFile
{
    /// <summary>
    /// Loads a tensor as float32: float16 becomes equal numbers, float64 is rounded, bool is 0 or 1, and whole numbers beyond
    /// 2²⁴ lose their last digits. Versions 1 to 3 of the format, either order of bytes, C's and Fortran's order of axes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not an npy file, is cut short, or its length is not that of its shape.</exception>
    /// <exception cref="NotSupportedException">
    /// The array holds Python objects, which are never read, as reading a pickle runs code; or text, dates, or complex numbers.
    /// </exception>
    public static Tensor Load(string path)
    {
        using var stream = File.OpenRead(path);
        return NpyArray.Read(stream, stream.Length, Path.GetFileName(path));
    }

    /// <summary>Saves a tensor as float32. The file is there whole, or the old one stays.</summary>
    /// <param name="path">The file, which is replaced where it exists.</param>
    /// <param name="tensor">The tensor.</param>
    public static void Save(string path, Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensor);
        AtomicFile.Write(path, stream => NpyArray.Write(stream, tensor));
    }
}
