namespace Unroll.Keras.Hdf5;

/// <summary>How an array's numbers lie in the file (HDF5 File Format Specification 3.0, IV.A.2.i, the data layout message).</summary>
internal abstract record Layout
{
    private const int MostAxes = 33;
    private const int Compact = 0;
    private const int Contiguous = 1;
    private const int Chunked = 2;
    private const int Virtual = 3;

    private const int Before1_8 = 3;
    private const int Since1_10 = 4;

    /// <param name="source">The file.</param>
    /// <param name="message">The description.</param>
    /// <param name="path">What errors call the array.</param>
    public static Layout Read(Hdf5Source source, ReadOnlyMemory<byte> message, string path)
    {
        var layout = new Cursor(source, message);
        var version = layout.Byte();
        if (version is not (Before1_8 or Since1_10))
            throw source.Damaged($"the layout of {path} is of version {version}, where Keras writes {Before1_8} or {Since1_10}");
        return (layout.Byte(), version) switch
        {
            (Compact, _) => new InHeader(layout.Memory(layout.UInt16())),
            (Contiguous, _) => new InOneRun(layout.Address(), layout.Length()),
            (Chunked, Before1_8) => OlderChunks(source, ref layout),
            (Chunked, Since1_10) => NewerChunks(source, ref layout),
            (Virtual, _) => throw new InvalidDataException(
                $"{source.Name}: {path} is put together from other files, which Keras never writes. They are not read."),
            var (other, _) => throw source.Damaged($"the layout of {path} is of class {other}"),
        };
    }

    private static InChunks OlderChunks(Hdf5Source source, ref Cursor layout)
    {
        var axes = Axes(source, layout.Byte());
        var tree = layout.Address();
        var lengths = Lengths(source, ref layout, axes, width: 4);
        return new InChunks(lengths, new TreeIndex(tree, axes));
    }

    private static InChunks NewerChunks(Hdf5Source source, ref Cursor layout)
    {
        const int EdgesAreNotFiltered = 1;
        const int OneIsFiltered = 2;
        var flags = layout.Byte();
        if ((flags & EdgesAreNotFiltered) != 0)
            throw source.Damaged("chunks at an array's edges are not filtered, which Keras never writes");
        var axes = Axes(source, layout.Byte());
        var lengths = Lengths(source, ref layout, axes, layout.Byte());
        ChunkIndex index;
        switch (layout.Byte())
        {
            case 1:
                var (size, mask) = (flags & OneIsFiltered) != 0 ? (layout.Length(), layout.UInt32()) : (-1, 0);
                index = new SingleIndex(layout.Address(), size, mask);
                break;
            case 2:
                index = new ImplicitIndex(layout.Address());
                break;
            case 3:
                layout.Skip(1);
                index = new FixedArrayIndex(layout.Address());
                break;
            case 4:
                layout.Skip(5);
                index = new ExtensibleArrayIndex(layout.Address());
                break;
            case 5:
                layout.Skip(6);
                index = new Tree2Index(layout.Address(), axes - 1);
                break;
            case var other:
                throw source.Damaged($"chunks are listed in a way numbered {other}");
        }

        return new InChunks(lengths, index);
    }

    private static int Axes(Hdf5Source source, byte count) =>
        count is > 1 and <= MostAxes ? count : throw source.Damaged($"chunks of {count} axes");

    /// <summary>The lengths of a chunk's axes. The last in the file is that of a number, which the type has too.</summary>
    private static long[] Lengths(Hdf5Source source, ref Cursor layout, int axes, int width)
    {
        var lengths = new long[axes - 1];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = layout.Number(width);
            if (lengths[i] is 0 or > int.MaxValue)
                throw source.Damaged($"a chunk's axis is {lengths[i]} long");
        }

        layout.Skip(width);
        return lengths;
    }
}

/// <summary>The numbers are in the array's header.</summary>
internal sealed record InHeader(ReadOnlyMemory<byte> Bytes) : Layout;

/// <summary>The numbers are in one run; <see cref="Hdf5Source.Undefined"/> where none were written.</summary>
internal sealed record InOneRun(long Address, long Length) : Layout;

/// <summary>The numbers are in blocks of equal shapes.</summary>
internal sealed record InChunks(IReadOnlyList<long> Lengths, ChunkIndex Index) : Layout;
