using System.Buffers.Binary;

namespace Unroll.Keras.Hdf5;

/// <summary>Reads a structure of an HDF5 file from its start to its end. Numbers are little-endian; addresses and lengths have 8 bytes.</summary>
internal ref struct Cursor(Hdf5Source source, ReadOnlyMemory<byte> bytes)
{
    public int Position { get; private set; }

    public readonly int Left => bytes.Length - Position;

    public byte Byte() => Bytes(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Where something is, or <see cref="Hdf5Source.Undefined"/>.</summary>
    public long Address() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    /// <summary>How much there is of something: never negative.</summary>
    public long Length() => Number(8);

    /// <summary>A number that is not negative, of as many bytes as it needed.</summary>
    public long Number(int width)
    {
        if (width is < 1 or > 8)
            throw source.Damaged($"a number of {width} bytes");
        Span<byte> whole = stackalloc byte[8];
        whole.Clear();
        Bytes(width).CopyTo(whole);
        var number = BinaryPrimitives.ReadInt64LittleEndian(whole);
        return number >= 0 ? number : throw source.Damaged($"a length of {(ulong)number}");
    }

    public ReadOnlySpan<byte> Bytes(long count) => Memory(count).Span;

    public ReadOnlyMemory<byte> Memory(long count)
    {
        if (count < 0 || count > Left)
            throw source.Damaged($"a structure ends {(ulong)count - (ulong)Left} bytes too early");
        source.Spend(count);
        Position += (int)count;
        return bytes.Slice(Position - (int)count, (int)count);
    }

    public void Skip(long count) => Memory(count);

    /// <summary>Goes on where the next run of so many bytes begins, counted from the structure's start.</summary>
    public void Align(int width) => Skip((width - (Position % width)) % width);

    /// <summary>Four letters that say which structure this is, and a version.</summary>
    public void Expect(ReadOnlySpan<byte> signature, int version)
    {
        if (!Bytes(signature.Length).SequenceEqual(signature))
            throw source.Damaged($"a structure should be {System.Text.Encoding.ASCII.GetString(signature)}, and is not");
        var found = Byte();
        if (found != version)
            throw source.Damaged($"a structure {System.Text.Encoding.ASCII.GetString(signature)} is of version {found}, not {version}");
    }

    /// <summary>Compares the sum that follows with that of all bytes so far.</summary>
    public void EndWithSum(string what)
    {
        var sum = Checksum.Of(bytes.Span[..Position]);
        if (UInt32() != sum)
            throw source.Damaged($"the sum of {what} is wrong");
    }
}
