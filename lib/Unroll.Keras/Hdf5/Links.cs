using System.Text;

namespace Unroll.Keras.Hdf5;

/// <summary>
/// The entries of a group, as names and addresses of objects. A group has them in a table of symbols (the older form), as
/// messages of its header, or in a heap when there are many. Links to other places or files are refused: Keras writes none.
/// </summary>
internal sealed class Links
{
    private const int SoftInTable = 2;
    private const int EntryLength = 40;
    private const byte HasType = 8;
    private const byte HasOrder = 4;
    private const byte HasCharacterSet = 16;

    private readonly Dictionary<string, long> _addresses = new(StringComparer.Ordinal);
    private readonly Hdf5Source _source;
    private readonly string _path;

    private Links(Hdf5Source source, string path) => (_source, _path) = (source, path);

    /// <summary>The addresses of the headers of a group's objects by their names, in the order of the file.</summary>
    public static IReadOnlyDictionary<string, long> Of(Hdf5Source source, ObjectHeader header, string path)
    {
        var links = new Links(source, path);
        foreach (var message in header.All(MessageKind.SymbolTable))
            links.AddTable(message);
        foreach (var message in header.All(MessageKind.Link))
            links.AddMessage(message);
        foreach (var message in header.All(MessageKind.LinkInfo))
            links.AddMany(message);
        return links._addresses;
    }

    /// <summary>A B-tree leads to nodes with entries, whose names lie in a heap (III.A.1, III.B, III.C).</summary>
    private void AddTable(ReadOnlyMemory<byte> message)
    {
        var table = new Cursor(_source, message);
        var tree = table.Address();
        var names = NamesAt(table.Address());
        foreach (var (_, address) in BTree1.Leaves(_source, tree, BTree1.Groups, keyLength: 8))
        {
            var node = _source.From(address);
            node.Expect("SNOD"u8, version: 1);
            node.Skip(1);
            for (var left = node.UInt16(); left > 0; left--)
            {
                var entry = new Cursor(_source, node.Memory(EntryLength));
                var name = Name(names, entry.Length());
                var target = entry.Address();
                if (entry.UInt32() == SoftInTable)
                    throw Elsewhere(name);
                Add(name, target);
            }
        }
    }

    private ReadOnlyMemory<byte> NamesAt(long address)
    {
        var heap = _source.From(address);
        heap.Expect("HEAP"u8, version: 0);
        heap.Skip(3);
        var length = heap.Length();
        heap.Skip(8);
        return _source.Slice(heap.Address(), length);
    }

    private string Name(ReadOnlyMemory<byte> names, long offset)
    {
        if (offset >= names.Length)
            throw _source.Damaged($"a name in {Place} is outside of its heap");
        var text = names.Span[(int)offset..];
        var end = text.IndexOf((byte)0);
        _source.Spend(end);
        return end >= 0 ? Encoding.UTF8.GetString(text[..end]) : throw _source.Damaged($"a name in {Place} has no end");
    }

    /// <summary>IV.A.2.g, the link message.</summary>
    private void AddMessage(ReadOnlyMemory<byte> message)
    {
        var link = new Cursor(_source, message);
        if (link.Byte() != 1)
            throw _source.Damaged($"an entry of {Place} is of an unknown version");
        var flags = link.Byte();
        var isHard = (flags & HasType) == 0 || link.Byte() == 0;
        link.Skip(((flags & HasOrder) == 0 ? 0 : 8) + ((flags & HasCharacterSet) == 0 ? 0 : 1));
        var name = Encoding.UTF8.GetString(link.Bytes(link.Number(1 << (flags & 3))));
        if (!isHard)
            throw Elsewhere(name);
        Add(name, link.Address());
    }

    /// <summary>IV.A.2.c, the link info message: where entries are that would be too many for the header.</summary>
    private void AddMany(ReadOnlyMemory<byte> message)
    {
        var info = new Cursor(_source, message);
        info.Skip(1);
        info.Skip((info.Byte() & 1) == 0 ? 0 : 8);
        var (heapAddress, byName) = (info.Address(), info.Address());
        if (heapAddress == Hdf5Source.Undefined)
            return;
        var heap = new FractalHeap(_source, heapAddress);
        foreach (var record in BTree2.Records(_source, byName, BTree2.LinksByName))
            AddMessage(heap.Read(record[4..]));
    }

    private void Add(string name, long address)
    {
        if (!_addresses.TryAdd(name, address))
            throw new InvalidDataException($"{_source.Name}: {Place} has two entries named {name}.");
    }

    private string Place => _path.Length == 0 ? "the root" : _path;

    private InvalidDataException Elsewhere(string name) => new(
        $"{_source.Name}: {(_path.Length == 0 ? name : $"{_path}/{name}")} is a link to another place or file, which Keras never writes. It is not followed.");
}
