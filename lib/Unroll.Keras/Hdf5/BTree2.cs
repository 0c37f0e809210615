namespace Unroll.Keras.Hdf5;

/// <summary>The newer B-trees, which hold records of one length (HDF5 File Format Specification 3.0, III.A.2).</summary>
internal sealed class BTree2
{
    public const int LinksByName = 5;
    public const int AttributesByName = 8;
    public const int Chunks = 10;
    public const int FilteredChunks = 11;

    // What is in a node beside records: signature, version, type, sum.
    private const int NodeOverhead = 10;
    private const int AddressLength = 8;
    private const int MostLevels = 16;

    private readonly Hdf5Source _source;
    private readonly int _type;
    private readonly uint _nodeLength;
    private readonly int _recordLength;

    // Of the nodes at each level, the leaves first: how many bytes the numbers of their records have, of a node and of all below.
    private readonly int _countLength;
    private readonly int[] _totalLength;

    private BTree2(Hdf5Source source, int type, uint nodeLength, int recordLength, int depth)
    {
        (_source, _type, _nodeLength, _recordLength) = (source, type, nodeLength, recordLength);
        var most = (nodeLength - NodeOverhead) / recordLength;
        var total = (Int128)most;
        _countLength = BytesOf(most);
        _totalLength = new int[depth + 1];
        for (var level = 1; level <= depth; level++)
        {
            var pointer = AddressLength + _countLength + _totalLength[level - 1];
            most = (nodeLength - NodeOverhead - pointer) / (recordLength + pointer);
            total = Int128.Min((most + 1) * total + most, long.MaxValue);
            _totalLength[level] = BytesOf((long)total);
        }
    }

    /// <summary>The records in their order.</summary>
    /// <param name="source">The file.</param>
    /// <param name="address">Where the tree's header is.</param>
    /// <param name="type">What the records must be about.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Records(Hdf5Source source, long address, int type)
    {
        var header = source.From(address);
        header.Expect("BTHD"u8, version: 0);
        var found = header.Byte();
        var nodeLength = header.UInt32();
        var recordLength = header.UInt16();
        var depth = header.UInt16();
        header.Skip(2);
        var root = header.Address();
        var count = header.UInt16();
        header.Skip(8);
        header.EndWithSum("a tree");
        if (found != type || recordLength == 0 || nodeLength < NodeOverhead + recordLength || depth > MostLevels)
            throw source.Damaged($"a tree of type {found}, {depth} levels and nodes of {nodeLength} bytes");
        return root == Hdf5Source.Undefined ? [] : new BTree2(source, type, nodeLength, recordLength, depth).Node(root, count, depth);
    }

    private IEnumerable<ReadOnlyMemory<byte>> Node(long address, long count, int level)
    {
        var (records, children) = Read(address, count, level);
        for (var i = 0; i <= records.Count; i++)
        {
            if (level > 0)
            {
                foreach (var record in Node(children[i].Address, children[i].Count, level - 1))
                    yield return record;
            }

            if (i < records.Count)
                yield return records[i];
        }
    }

    private (List<ReadOnlyMemory<byte>> Records, List<(long Address, long Count)> Children) Read(long address, long count, int level)
    {
        var node = _source.At(address, _nodeLength);
        node.Expect(level == 0 ? "BTLF"u8 : "BTIN"u8, version: 0);
        if (node.Byte() != _type)
            throw _source.Damaged("a tree has a node of another tree");
        var records = new List<ReadOnlyMemory<byte>>();
        for (; count > 0; count--)
            records.Add(node.Memory(_recordLength));
        var children = new List<(long, long)>();
        if (level > 0)
        {
            for (var i = 0; i <= records.Count; i++)
            {
                children.Add((node.Address(), node.Number(_countLength)));
                node.Skip(_totalLength[level - 1]);
            }
        }

        node.EndWithSum("a tree's node");
        return (records, children);
    }

    private static int BytesOf(long most) => (System.Numerics.BitOperations.Log2((ulong)Math.Max(1, most)) / 8) + 1;
}
