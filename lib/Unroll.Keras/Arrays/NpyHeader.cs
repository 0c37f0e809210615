using System.Buffers.Binary;
using System.Text;

namespace Unroll.Keras.Arrays;

/// <summary>
/// The header of an .npy file: a magic word, a version, a length, and a Python dictionary with the type of the numbers
/// (<c>descr</c>), the order of the axes and the shape.
/// </summary>
internal sealed record NpyHeader(ElementType Type, bool IsBigEndian, bool IsFortranOrder, Shape Shape, long Length)
{
    /// <summary>The longest dictionary, as NumPy reads by default; that of an array of numbers has about 60 characters.</summary>
    private const int MostCharacters = 10_000;

    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <exception cref="InvalidDataException">It is not such a header.</exception>
    /// <exception cref="NotSupportedException">The array holds no numbers.</exception>
    public static NpyHeader Read(Stream stream, string what)
    {
        var start = Bytes(stream, Magic.Length + 2, what);
        if (!start.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new InvalidDataException($"{what} is not an .npy file: it does not begin as one.");
        var (major, minor) = (start[^2], start[^1]);
        if (major is < 1 or > 3 || minor != 0)
            throw new InvalidDataException($"{what} has version {major}.{minor} of the .npy format; 1.0, 2.0 and 3.0 are known.");
        var count = Bytes(stream, major == 1 ? sizeof(ushort) : sizeof(uint), what);
        var length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(count) : BinaryPrimitives.ReadUInt32LittleEndian(count);
        if (length > MostCharacters)
            throw new InvalidDataException($"{what} has a header of {length} bytes; {MostCharacters} are the most.");
        var text = Bytes(stream, (int)length, what);
        var (type, isBigEndian, isFortranOrder, shape) = Parse(major == 3 ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text), what);
        return new NpyHeader(type, isBigEndian, isFortranOrder, shape, start.Length + count.Length + length);
    }

    /// <summary>The header of float32 numbers, filled up so that they lie at a multiple of 64.</summary>
    public static byte[] Of(Shape shape)
    {
        const int Before = 10;
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}";
        var length = (Before + text.Length + 1 + 63) / 64 * 64 - Before;
        return [.. Magic, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }

    private static (ElementType Type, bool IsBigEndian, bool IsFortranOrder, Shape Shape) Parse(string text, string what)
    {
        object? value;
        try
        {
            value = PythonLiteral.Parse(text);
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"{what}: its header is not a Python dictionary. {error.Message}", error);
        }

        if (value is not Dictionary<string, object?> { Count: 3 } header
            || !header.TryGetValue("descr", out var descr)
            || !header.TryGetValue("fortran_order", out var order) || order is not bool isFortranOrder
            || !header.TryGetValue("shape", out var axes) || axes is not List<object?> lengths || !lengths.TrueForAll(length => length is long))
        {
            throw new InvalidDataException($"{what}: its header must have descr, fortran_order (True or False) and shape (a tuple of whole numbers).");
        }

        var (type, isBigEndian) = descr is string word ? NpyType.Of(word, what) : throw NpyType.Structured(what);
        return (type, isBigEndian, isFortranOrder, Elements.CheckedShape([.. lengths.Select(length => (long)length!)], what));
    }

    private static byte[] Bytes(Stream stream, int count, string what)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new InvalidDataException($"{what} is cut short, or not an .npy file: its header is not whole.");
    }
}
