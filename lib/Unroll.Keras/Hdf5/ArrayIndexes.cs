using System.Numerics;

namespace Unroll.Keras.Hdf5;

/// <summary>An entry of an array of chunks: an address, and where chunks are filtered their length and which filters were not used.</summary>
/// <param name="Length">The bytes of an entry.</param>
/// <param name="IsFiltered">Whether it has more than an address.</param>
internal readonly record struct ChunkEntry(int Length, bool IsFiltered)
{
    private const int AddressLength = 8;
    private const int MaskLength = 4;

    public static ChunkEntry Of(Hdf5Source source, int client, int length) => (client, length) switch
    {
        (0, AddressLength) => new ChunkEntry(length, IsFiltered: false),
        (1, > AddressLength + MaskLength and <= AddressLength + MaskLength + 8) => new ChunkEntry(length, IsFiltered: true),
        _ => throw source.Damaged($"a list of chunks of kind {client} with entries of {length} bytes"),
    };

    /// <summary>Reads some entries. The first is that of the chunk with a number; those not written, and those beyond the array, are left out.</summary>
    public List<StoredChunk> Read(ref Cursor cursor, ChunkGrid grid, long number, long count)
    {
        var chunks = new List<StoredChunk>();
        for (var end = number + count; number < end; number++)
        {
            var (address, length, skipped) = (cursor.Address(), grid.Bytes, 0u);
            if (IsFiltered)
                (length, skipped) = (cursor.Number(Length - AddressLength - MaskLength), cursor.UInt32());
            if (address != Hdf5Source.Undefined && grid.PlaceOf(number) is { } place)
                chunks.Add(new StoredChunk(place, address, length, skipped));
        }

        return chunks;
    }
}

/// <summary>A list of all chunks an array can have (HDF5 File Format Specification 3.0, VII.C), in pages where it is long.</summary>
internal sealed record FixedArrayIndex(long Address) : ChunkIndex
{
    private const int SumLength = 4;
    private const int PrefixLength = 14;

    public override IEnumerable<StoredChunk> Chunks(Hdf5Source source, ChunkGrid grid)
    {
        if (Address == Hdf5Source.Undefined)
            return [];
        var header = source.From(Address);
        header.Expect("FAHD"u8, version: 0);
        var client = header.Byte();
        var entry = ChunkEntry.Of(source, client, header.Byte());
        var pageBits = header.Byte();
        var count = header.Length();
        var block = header.Address();
        header.EndWithSum("a list of chunks");
        if (pageBits > 30)
            throw source.Damaged($"a list of chunks with pages of 2 to the {pageBits}");
        return block == Hdf5Source.Undefined ? [] : Block(source, grid, entry, block, count, 1L << pageBits);
    }

    private static IEnumerable<StoredChunk> Block(Hdf5Source source, ChunkGrid grid, ChunkEntry entry, long address, long count, long page)
    {
        var block = source.From(address);
        block.Expect("FADB"u8, version: 0);
        block.Skip(PrefixLength - 5);
        if (count <= page)
        {
            var chunks = entry.Read(ref block, grid, 0, count);
            block.EndWithSum("a list of chunks");
            return chunks;
        }

        var pages = (count / page) + (count % page == 0 ? 0 : 1);
        var written = block.Memory((pages / 8) + (pages % 8 == 0 ? 0 : 1));
        block.EndWithSum("a list of chunks");
        var all = new List<StoredChunk>();
        var place = address + block.Position;
        for (var i = 0L; i < pages; i++, place += (page * entry.Length) + SumLength)
        {
            if ((written.Span[(int)(i / 8)] & (0x80 >> (int)(i % 8))) == 0)
                continue;
            var cursor = source.From(place);
            all.AddRange(entry.Read(ref cursor, grid, i * page, Math.Min(page, count - (i * page))));
            cursor.EndWithSum("a page of chunks");
        }

        return all;
    }
}

/// <summary>
/// A list of chunks that grows along one axis (HDF5 File Format Specification 3.0, VII.D): the first entries are in the index
/// block, the next in blocks that double in length at every second step, and many such blocks have a block of their own with
/// their addresses.
/// </summary>
internal sealed record ExtensibleArrayIndex(long Address) : ChunkIndex
{
    public override IEnumerable<StoredChunk> Chunks(Hdf5Source source, ChunkGrid grid) =>
        Address == Hdf5Source.Undefined ? [] : new ExtensibleArray(source, grid, Address).Chunks();
}

internal sealed class ExtensibleArray
{
    private const int SumLength = 4;
    private const int PrefixLength = 14;

    private readonly Hdf5Source _source;
    private readonly ChunkGrid _grid;
    private readonly ChunkEntry _entry;
    private readonly int _offsetLength;
    private readonly int _inIndex;
    private readonly long _leastBlock;
    private readonly int _leastPointers;
    private readonly long _page;
    private readonly long _count;
    private readonly long _indexBlock;
    private readonly int _steps;

    public ExtensibleArray(Hdf5Source source, ChunkGrid grid, long address)
    {
        (_source, _grid) = (source, grid);
        var header = source.From(address);
        header.Expect("EAHD"u8, version: 0);
        var client = header.Byte();
        _entry = ChunkEntry.Of(source, client, header.Byte());
        var bits = header.Byte();
        _inIndex = header.Byte();
        _leastBlock = header.Byte();
        _leastPointers = header.Byte();
        var pageBits = header.Byte();
        header.Skip(4 * 8);
        _count = header.Length();
        header.Skip(8);
        _indexBlock = header.Address();
        header.EndWithSum("a list of chunks");
        if (bits is 0 or > 64 || pageBits > 30 || !BitOperations.IsPow2(_leastBlock) || !BitOperations.IsPow2(_leastPointers))
            throw source.Damaged($"a list of chunks of {bits} bits with blocks of {_leastBlock} and {_leastPointers}");
        (_offsetLength, _page) = ((bits + 7) / 8, 1L << pageBits);
        _steps = 1 + bits - BitOperations.Log2((ulong)_leastBlock);
    }

    public IEnumerable<StoredChunk> Chunks()
    {
        var chunks = new List<StoredChunk>();
        if (_indexBlock == Hdf5Source.Undefined)
            return chunks;
        var index = _source.From(_indexBlock);
        index.Expect("EAIB"u8, version: 0);
        index.Skip(PrefixLength - 5);
        chunks.AddRange(_entry.Read(ref index, _grid, 0, _inIndex));

        // The blocks of the first steps have their addresses here, those of each later step in a block of its own.
        var direct = 2 * BitOperations.Log2((uint)_leastPointers);
        var number = (long)_inIndex;
        for (var step = 0; step < direct; step++)
            AddBlocks(ref index, chunks, step, ref number);
        for (var step = direct; step < _steps; step++)
        {
            if (index.Address() is var block && block != Hdf5Source.Undefined)
                AddStep(block, chunks, step, number);
            number += BlocksOf(step) * LengthOf(step);
        }

        index.EndWithSum("a list of chunks");
        return chunks;
    }

    private static long BlocksOf(int step) => 1L << (step / 2);

    private long LengthOf(int step) => _leastBlock << ((step + 1) / 2);

    private void AddStep(long address, List<StoredChunk> chunks, int step, long number)
    {
        var block = _source.From(address);
        block.Expect("EASB"u8, version: 0);
        block.Skip(PrefixLength - 5 + _offsetLength);
        if (LengthOf(step) > _page)
            block.Skip(BlocksOf(step) * (((LengthOf(step) / _page) + 7) / 8));
        AddBlocks(ref block, chunks, step, ref number);
        block.EndWithSum("a list of blocks");
    }

    private void AddBlocks(ref Cursor addresses, List<StoredChunk> chunks, int step, ref long number)
    {
        var length = LengthOf(step);
        for (var left = BlocksOf(step); left > 0; left--, number += length)
        {
            if (addresses.Address() is var address && address != Hdf5Source.Undefined)
                AddBlock(address, chunks, length, number);
        }
    }

    private void AddBlock(long address, List<StoredChunk> chunks, long length, long number)
    {
        var block = _source.From(address);
        block.Expect("EADB"u8, version: 0);
        block.Skip(PrefixLength - 5 + _offsetLength);
        if (length <= _page)
        {
            chunks.AddRange(_entry.Read(ref block, _grid, number, length));
            block.EndWithSum("a list of chunks");
            return;
        }

        // Pages that were not written yet have no sum; they hold chunks past the last.
        block.EndWithSum("a list of chunks");
        var place = address + block.Position;
        for (var end = Math.Min(number + length, _count); number < end; number += _page, place += (_page * _entry.Length) + SumLength)
        {
            var cursor = _source.From(place);
            chunks.AddRange(_entry.Read(ref cursor, _grid, number, _page));
            cursor.EndWithSum("a page of chunks");
        }
    }
}
