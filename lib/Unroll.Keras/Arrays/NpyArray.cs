namespace Unroll.Keras.Arrays;

/// <summary>A tensor to and from a stream in the .npy format.</summary>
internal static class NpyArray
{
    /// <param name="stream">The array from its first byte on.</param>
    /// <param name="length">How many bytes it takes with its header: more are not read, and memory is taken for no more.</param>
    /// <param name="what">File and array, for errors.</param>
    /// <exception cref="InvalidDataException">It is not one, or shape and length differ.</exception>
    /// <exception cref="NotSupportedException">It holds no numbers.</exception>
    public static Tensor Read(Stream stream, long length, string what)
    {
        var header = NpyHeader.Read(stream, what);
        var (expected, found) = (header.Shape.LongSize * header.Type.Size, length - header.Length);
        if (expected != found)
            throw new InvalidDataException($"{what} of {header.Type.Name} {header.Shape} takes {expected} bytes after its header, but {found} are there.");
        if (!header.IsFortranOrder)
            return Elements.Read(stream, header.Type, header.Shape, header.IsBigEndian, what);
        Shape turned = [.. header.Shape.Reverse()];
        return Elements.Read(stream, header.Type, turned, header.IsBigEndian, what).Transpose();
    }

    public static void Write(Stream stream, Tensor tensor)
    {
        stream.Write(NpyHeader.Of(tensor.Shape));
        Elements.Write(stream, tensor);
    }
}
