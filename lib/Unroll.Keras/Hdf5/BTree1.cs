namespace Unroll.Keras.Hdf5;

/// <summary>The older B-trees: of a group's entries, and of an array's chunks (HDF5 File Format Specification 3.0, III.A.1).</summary>
internal static class BTree1
{
    public const int Groups = 0;
    public const int Chunks = 1;

    // A level has at least two children, and there are fewer of them than bytes.
    private const int MostLevels = 32;

    /// <summary>What the tree leads to, in its order: each with the key before it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="address">Where the tree's root is.</param>
    /// <param name="kind"><see cref="Groups"/> or <see cref="Chunks"/>.</param>
    /// <param name="keyLength">The bytes of a key.</param>
    public static IEnumerable<(ReadOnlyMemory<byte> Key, long Address)> Leaves(Hdf5Source source, long address, int kind, int keyLength) =>
        Leaves(source, address, kind, keyLength, level: null);

    private static IEnumerable<(ReadOnlyMemory<byte> Key, long Address)> Leaves(Hdf5Source source, long address, int kind, int keyLength, int? level)
    {
        var (found, children) = Node(source, address, kind, keyLength);
        if (found > MostLevels || (level is { } expected && found != expected))
            throw source.Damaged($"a tree has a node of level {found} at level {level ?? MostLevels}");
        return found == 0 ? children : children.SelectMany(child => Leaves(source, child.Address, kind, keyLength, found - 1));
    }

    private static (int Level, List<(ReadOnlyMemory<byte> Key, long Address)> Children) Node(Hdf5Source source, long address, int kind, int keyLength)
    {
        var node = source.From(address);
        node.Expect("TREE"u8, (byte)kind);
        var level = node.Byte();
        var count = node.UInt16();
        node.Skip(16);
        var children = new List<(ReadOnlyMemory<byte>, long)>();
        for (; count > 0; count--)
            children.Add((node.Memory(keyLength), node.Address()));
        return (level, children);
    }
}
