namespace Unroll.Keras.Hdf5;

/// <summary>
/// The bytes of a file that nobody vouches for. A structure that points past the end is an error, and so is reading far more
/// than the file holds: one whose structures point at each other in a circle ends there instead of never.
/// </summary>
/// <param name="bytes">The whole file.</param>
/// <param name="name">What errors call it.</param>
internal sealed class Hdf5Source(ReadOnlyMemory<byte> bytes, string name)
{
    // An honest file's structures are read a few times each.
    private const int Rounds = 64;
    private const long AtLeast = 1 << 22;

    // Each structure costs time, however short it is.
    private const int LeastCost = 16;

    /// <summary>What an address is where nothing was written: all bits set.</summary>
    public const long Undefined = -1;

    private long _left = Math.Max(AtLeast, (long)bytes.Length * Rounds);

    public string Name => name;

    public long Length => bytes.Length;

    /// <summary>A structure of the file, to be read from its first byte to at most its last.</summary>
    /// <param name="address">Where it begins.</param>
    /// <param name="length">How long it is in bytes.</param>
    public Cursor At(long address, long length) => new(this, Slice(address, length));

    /// <summary>A structure whose length is known only while it is read.</summary>
    public Cursor From(long address)
    {
        var left = bytes.Length - address;
        return address >= 0 && left > 0 ? new Cursor(this, bytes[(int)address..]) : throw Outside(address, 1);
    }

    /// <summary>Some bytes of the file.</summary>
    public ReadOnlyMemory<byte> Slice(long address, long length)
    {
        if (address < 0 || length < 0 || address > bytes.Length - length)
            throw Outside(address, length);
        return bytes.Slice((int)address, (int)length);
    }

    /// <summary>Takes account of bytes of structures that were read.</summary>
    public void Spend(long count)
    {
        _left -= Math.Max(LeastCost, count);
        if (_left < 0)
            throw Damaged("its structures lead in a circle");
    }

    /// <summary>What to throw when the file is not as it should be.</summary>
    public InvalidDataException Damaged(string why, Exception? inner = null) => new($"{name} cannot be read as an HDF5 file: {why}.", inner);

    private InvalidDataException Outside(long address, long length) => Damaged(address == Undefined
        ? "a structure points to a place that was never written"
        : $"it ends at byte {bytes.Length}, and a structure points to {(ulong)address} and {(ulong)length} bytes from there");
}
