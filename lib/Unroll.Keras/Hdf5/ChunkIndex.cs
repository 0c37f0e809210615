namespace Unroll.Keras.Hdf5;

/// <summary>A chunk as it is stored.</summary>
/// <param name="Place">Which it is along each axis, counted in chunks.</param>
/// <param name="Address">Where its bytes are.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Skipped">A bit for each filter that was not used.</param>
internal readonly record struct StoredChunk(IReadOnlyList<long> Place, long Address, long Length, uint Skipped);

/// <summary>The chunks of an array, before their places are known.</summary>
/// <param name="Counts">How many chunks there are along each axis.</param>
/// <param name="Most">How many there may be when the array has grown as far as it may; -1 for no limit.</param>
/// <param name="Lengths">The lengths of a chunk.</param>
/// <param name="Bytes">The bytes of a chunk that no filter has changed.</param>
internal sealed record ChunkGrid(IReadOnlyList<long> Counts, IReadOnlyList<long> Most, IReadOnlyList<long> Lengths, long Bytes)
{
    public static ChunkGrid Of(Dataspace space, IReadOnlyList<long> lengths, long bytes) => new(
        [.. space.Lengths.Zip(lengths, Parts)],
        [.. space.Most.Zip(lengths, (most, length) => most == Hdf5Source.Undefined ? most : Parts(most, length))],
        lengths, bytes);

    /// <summary>The place of the chunk with a number, the last axis counting fastest; null beyond the array's present end.</summary>
    public IReadOnlyList<long>? PlaceOf(long number)
    {
        // An axis without limit counts slowest, wherever it is: the array can grow then without its chunks being numbered anew.
        var slowest = Math.Max(0, Most.ToList().IndexOf(Hdf5Source.Undefined));
        var place = new long[Counts.Count];
        foreach (var axis in Enumerable.Range(0, place.Length).Where(axis => axis != slowest).Reverse())
        {
            if (Most[axis] <= 0)
                return null;
            (number, place[axis]) = Math.DivRem(number, Most[axis]);
        }

        place[slowest] = number;
        return place.Zip(Counts).All(pair => pair.First < pair.Second) ? place : null;
    }

    private static long Parts(long length, long part) => (length / part) + (length % part == 0 ? 0 : 1);
}

/// <summary>Where the chunks of an array are.</summary>
internal abstract record ChunkIndex
{
    /// <summary>The chunks that were written.</summary>
    public abstract IEnumerable<StoredChunk> Chunks(Hdf5Source source, ChunkGrid grid);
}

/// <summary>The older form: a B-tree whose keys are places, in numbers, not in chunks.</summary>
internal sealed record TreeIndex(long Address, int Axes) : ChunkIndex
{
    public override IEnumerable<StoredChunk> Chunks(Hdf5Source source, ChunkGrid grid) => Address == Hdf5Source.Undefined ? []
        : BTree1.Leaves(source, Address, BTree1.Chunks, 8 + (8 * Axes)).Select(leaf => Chunk(source, grid, leaf.Key, leaf.Address));

    private static StoredChunk Chunk(Hdf5Source source, ChunkGrid grid, ReadOnlyMemory<byte> key, long address)
    {
        var cursor = new Cursor(source, key);
        var (length, skipped) = (cursor.UInt32(), cursor.UInt32());
        var place = new long[grid.Lengths.Count];
        for (var axis = 0; axis < place.Length; axis++)
            place[axis] = cursor.Length() / grid.Lengths[axis];
        return new StoredChunk(place, address, length, skipped);
    }
}

/// <summary>One chunk that is the whole array.</summary>
internal sealed record SingleIndex(long Address, long Length, uint Skipped) : ChunkIndex
{
    public override IEnumerable<StoredChunk> Chunks(Hdf5Source source, ChunkGrid grid) => Address == Hdf5Source.Undefined ? []
        : [new StoredChunk(new long[grid.Counts.Count], Address, Length < 0 ? grid.Bytes : Length, Skipped)];
}

/// <summary>One chunk after the other, without filters.</summary>
internal sealed record ImplicitIndex(long Address) : ChunkIndex
{
    public override IEnumerable<StoredChunk> Chunks(Hdf5Source source, ChunkGrid grid)
    {
        if (Address == Hdf5Source.Undefined)
            yield break;
        var count = grid.Most.Aggregate((Int128)1, (all, most) => Int128.Min(all * most, int.MaxValue));
        for (var number = 0; number < count; number++)
        {
            source.Spend(0);
            if (grid.PlaceOf(number) is { } place)
                yield return new StoredChunk(place, Address + (number * grid.Bytes), grid.Bytes, 0);
        }
    }
}

/// <summary>The newer B-tree, for arrays that may grow along several axes.</summary>
internal sealed record Tree2Index(long Address, int Axes) : ChunkIndex
{
    private const int AddressLength = 8;
    private const int MaskLength = 4;

    public override IEnumerable<StoredChunk> Chunks(Hdf5Source source, ChunkGrid grid)
    {
        if (Address == Hdf5Source.Undefined)
            return [];
        var header = source.From(Address);
        header.Skip(5);
        var type = header.Byte();
        if (type is not (BTree2.Chunks or BTree2.FilteredChunks))
            throw source.Damaged($"chunks are in a tree of type {type}");
        return BTree2.Records(source, Address, type).Select(record => Chunk(source, grid, record, type == BTree2.FilteredChunks));
    }

    private StoredChunk Chunk(Hdf5Source source, ChunkGrid grid, ReadOnlyMemory<byte> record, bool isFiltered)
    {
        var cursor = new Cursor(source, record);
        var (address, length, skipped) = (cursor.Address(), grid.Bytes, 0u);
        if (isFiltered)
            (length, skipped) = (cursor.Number(record.Length - AddressLength - MaskLength - (8 * Axes)), cursor.UInt32());
        var place = new long[Axes];
        for (var axis = 0; axis < place.Length; axis++)
            place[axis] = cursor.Length();
        return new StoredChunk(place, address, length, skipped);
    }
}
