namespace Unroll.Keras.Hdf5;

/// <summary>
/// Reads an HDF5 file from memory, by the HDF5 File Format Specification 3.0: what h5py writes for Keras, and no more. It is
/// ours because files come from strangers: each number of the file is held against the file's length before anything is asked
/// for, nothing is read twice without end, and no other file is opened.
/// </summary>
internal static class Hdf5Reader
{
    private const int WordLength = 8;

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="name">What errors call it.</param>
    /// <returns>The root group.</returns>
    /// <exception cref="InvalidDataException">It is not an HDF5 file, or is damaged.</exception>
    public static Hdf5Group Open(ReadOnlyMemory<byte> bytes, string name)
    {
        var source = new Hdf5Source(bytes, name);
        var root = Root(source, bytes);
        return new Hdf5Group(source, new GlobalHeap(source), new ObjectHeader(source, root), path: "", depth: 0);
    }

    /// <summary>Whether bytes begin as an HDF5 file does.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n']);

    /// <summary>The superblock (II.A) says where the root group's header is.</summary>
    private static long Root(Hdf5Source source, ReadOnlyMemory<byte> bytes)
    {
        const int SignatureLength = 8;
        if (!IsHdf5(bytes.Span))
            throw source.Damaged("it does not begin as one");
        var block = source.From(0);
        block.Skip(SignatureLength);
        var version = block.Byte();
        if (version > 3)
            throw source.Damaged($"its superblock is of version {version}, where Keras writes 0 to 3");
        block.Skip(version < 2 ? 4 : 0);
        var (addresses, lengths) = (block.Byte(), block.Byte());
        if (addresses != WordLength || lengths != WordLength)
            throw source.Damaged($"its addresses are of {addresses} bytes and its lengths of {lengths}, where Keras writes {WordLength}");
        block.Skip(version switch { 0 => 9, 1 => 13, _ => 1 });
        var start = block.Address();
        block.Skip(WordLength);
        var end = block.Address();
        if (start != 0)
            throw source.Damaged($"its addresses count from byte {start}, where Keras writes 0");
        if (end > bytes.Length)
            throw new InvalidDataException($"{source.Name} is cut off: it has {bytes.Length} bytes of {end}.");
        block.Skip(version < 2 ? 2 * WordLength : 0);
        var root = block.Address();
        if (version >= 2)
            block.EndWithSum("the superblock");
        return root;
    }
}
