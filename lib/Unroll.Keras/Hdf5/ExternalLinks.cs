using System.Buffers.Binary;
using System.Text;

namespace Unroll.Keras.Hdf5;

/// <summary>
/// Finds links to other files before anybody follows them: the package opens what they name, wherever that is, as soon as the
/// group is listed. Such a link is one run of bytes in the file (HDF5 File Format Specification 3.0, IV.A.2.g, The Link Message).
/// </summary>
internal static class ExternalLinks
{
    private const byte Version = 1;
    private const byte External = 64;
    private const byte HasOrder = 4;
    private const byte HasType = 8;
    private const byte HasCharacterSet = 16;

    /// <summary>The name of the file that the first such link leads to, or null.</summary>
    public static string? First(ReadOnlySpan<byte> bytes)
    {
        for (var start = 0; start + 8 < bytes.Length; start++)
        {
            var next = bytes[start..].IndexOf(External);
            if (next < 0)
                return null;
            start += next;
            if (start >= 2 && Target(bytes[(start - 2)..]) is { } target)
                return target;
        }

        return null;
    }

    /// <summary>The file that a link leads to, if the bytes begin with one; null for bytes that are something else.</summary>
    private static string? Target(ReadOnlySpan<byte> bytes)
    {
        var flags = bytes[1];
        if (bytes[0] != Version || (flags & HasType) == 0 || (flags & ~31) != 0)
            return null;
        var place = 3 + ((flags & HasOrder) == 0 ? 0 : 8) + ((flags & HasCharacterSet) == 0 ? 0 : 1);
        var width = 1 << (flags & 3);
        if (!Number(bytes, ref place, width, out var nameLength) || !Text(bytes, ref place, nameLength, out _))
            return null;
        if (!Number(bytes, ref place, 2, out var valueLength) || valueLength < 4 || place + valueLength > bytes.Length || bytes[place] != 0 || bytes[place + valueLength - 1] != 0)
            return null;
        var value = bytes.Slice(place + 1, valueLength - 2);
        var end = value.IndexOf((byte)0);
        var from = 0;
        return end > 0 && Text(value, ref from, end, out var target) ? target : null;
    }

    private static bool Number(ReadOnlySpan<byte> bytes, ref int place, int width, out int number)
    {
        number = 0;
        if (place + width > bytes.Length)
            return false;
        Span<byte> whole = stackalloc byte[8];
        whole.Clear();
        bytes.Slice(place, width).CopyTo(whole);
        place += width;
        var value = BinaryPrimitives.ReadUInt64LittleEndian(whole);
        number = (int)Math.Min(value, int.MaxValue);
        return number is > 0 and < 1 << 16;
    }

    private static bool Text(ReadOnlySpan<byte> bytes, ref int place, int length, out string text)
    {
        text = "";
        if (place + length > bytes.Length)
            return false;
        var part = bytes.Slice(place, length);
        place += length;
        if (part.IndexOfAnyInRange((byte)0, (byte)31) >= 0)
            return false;
        text = Encoding.UTF8.GetString(part);
        return true;
    }
}
