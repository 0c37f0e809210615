using System.Buffers.Binary;
using System.Text.Unicode;

namespace Unroll.Keras.Hdf5;

/// <summary>
/// Finds links before anybody follows them. Keras writes none; the package opens what a link to another file names, wherever
/// that is, and follows one that leads to itself until the stack is full. Both forms of groups are looked through (HDF5 File
/// Format Specification 3.0: III.C, Symbol Table Entry, and IV.A.2.g, The Link Message): each is one run of bytes in the file.
/// </summary>
internal static class Links
{
    private const int EntryLength = 40;
    private const int SoftInTable = 2;

    private const byte Version = 1;
    private const byte Soft = 1;
    private const byte External = 64;
    private const byte HasOrder = 4;
    private const byte HasType = 8;
    private const byte HasCharacterSet = 16;

    /// <summary>Whether a file has a link, soft or to another file. Its addresses must be of 8 bytes.</summary>
    public static bool AreIn(ReadOnlySpan<byte> bytes) => AreInTables(bytes) || AreMessages(bytes);

    /// <summary>The older form: nodes of a table with the signature <c>SNOD</c>, whose entries say what they hold.</summary>
    private static bool AreInTables(ReadOnlySpan<byte> bytes)
    {
        for (var start = 0; ; start++)
        {
            var next = bytes[start..].IndexOf("SNOD"u8);
            if (next < 0)
                return false;
            start += next;
            var entries = bytes[Math.Min(start + 8, bytes.Length)..];
            var count = start + 8 <= bytes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(start + 6)..]) : 0;
            for (var i = 0; i < count && entries.Length >= EntryLength; i++, entries = entries[EntryLength..])
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(entries[16..]) == SoftInTable)
                    return true;
            }
        }
    }

    /// <summary>The newer form: a message of its own for each link.</summary>
    private static bool AreMessages(ReadOnlySpan<byte> bytes)
    {
        for (var start = 2; start < bytes.Length; start++)
        {
            var next = bytes[start..].IndexOfAny(Soft, External);
            if (next < 0)
                return false;
            start += next;
            if (IsLink(bytes[(start - 2)..]))
                return true;
        }

        return false;
    }

    private static bool IsLink(ReadOnlySpan<byte> bytes)
    {
        var flags = bytes[1];
        if (bytes[0] != Version || (flags & HasType) == 0 || (flags & ~31) != 0)
            return false;
        var place = 3 + ((flags & HasOrder) == 0 ? 0 : 8) + ((flags & HasCharacterSet) == 0 ? 0 : 1);
        if (!Number(bytes, ref place, 1 << (flags & 3), out var nameLength) || !Text(bytes, ref place, nameLength))
            return false;
        if (!Number(bytes, ref place, 2, out var targetLength))
            return false;
        if (bytes[2] == Soft)
            return Text(bytes, ref place, targetLength);

        // A byte of version and flags, then the names of the file and of what it holds, each with a zero after it.
        if (targetLength < 4 || place + targetLength > bytes.Length || bytes[place] != 0 || bytes[place + targetLength - 1] != 0)
            return false;
        var file = bytes.Slice(place + 1, targetLength - 2).IndexOf((byte)0);
        place++;
        return file >= 0 && Text(bytes, ref place, file);
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
        number = (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(whole), int.MaxValue);
        return number < 1 << 16;
    }

    /// <summary>A name, of whatever letters; numbers that happen to look like the rest of a link are none.</summary>
    private static bool Text(ReadOnlySpan<byte> bytes, ref int place, int length)
    {
        if (place + length > bytes.Length)
            return false;
        var text = bytes.Slice(place, length);
        place += length;
        return Utf8.IsValid(text) && !text.Contains((byte)0);
    }
}
