using System.Text;

namespace Unroll.Keras.Hdf5;

/// <summary>The attributes of a group or array: those that are texts or lists of texts.</summary>
internal sealed class Hdf5Attributes
{
    private const int HasOrder = 1;
    private const int PaddedWithSpaces = 2;

    private readonly Dictionary<string, (Datatype Type, Dataspace Space, ReadOnlyMemory<byte> Data)> _attributes = new(StringComparer.Ordinal);
    private readonly Hdf5Source _source;
    private readonly GlobalHeap _texts;

    public Hdf5Attributes(Hdf5Source source, GlobalHeap texts, ObjectHeader header)
    {
        (_source, _texts) = (source, texts);
        foreach (var message in header.All(MessageKind.Attribute))
            Add(message);
        foreach (var message in header.All(MessageKind.AttributeInfo))
            AddMany(message);
    }

    /// <summary>An attribute that is one text, or null where there is none of this name.</summary>
    public string? Text(string name) => Texts(name) switch
    {
        null => null,
        [] => "",
        [var text] => text,
        var texts => throw _source.Damaged($"attribute {name} has {texts.Count} texts, not one"),
    };

    /// <summary>An attribute that is a list of texts, or null. An empty list is written as numbers, of which there are none.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (!_attributes.TryGetValue(name, out var found))
            return null;
        var (type, space, data) = found;
        var count = space.Count;
        if (count > data.Length / type.Size)
            throw _source.Damaged($"attribute {name} says that it is longer than it is");
        if (count > 0 && type.Kind is not (Datatype.FixedText or Datatype.VariableText))
            throw _source.Damaged($"attribute {name} holds {type.Kind}, not text");
        var texts = new string[count];
        var cursor = new Cursor(_source, data);
        for (var i = 0; i < texts.Length; i++)
            texts[i] = type.Kind == Datatype.FixedText ? Fixed(cursor.Bytes(type.Size), type.Padding) : Variable(ref cursor, name);
        return texts;
    }

    private static string Fixed(ReadOnlySpan<byte> bytes, int padding)
    {
        if (padding == PaddedWithSpaces)
            return Encoding.UTF8.GetString(bytes.TrimEnd((byte)' '));
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private string Variable(ref Cursor cursor, string name)
    {
        var length = cursor.UInt32();
        var (address, index) = (cursor.Address(), cursor.UInt32());
        if (length == 0)
            return "";
        var text = _texts.Read(address, (int)index);
        if (length > text.Length)
            throw _source.Damaged($"a text of attribute {name} says that it is longer than it is");
        _source.Spend(length);
        return Fixed(text.Span[..(int)length], padding: 0);
    }

    /// <summary>IV.A.2.m, the attribute message.</summary>
    private void Add(ReadOnlyMemory<byte> message)
    {
        var attribute = new Cursor(_source, message);
        var version = attribute.Byte();
        var shared = attribute.Byte();
        if (version is < 1 or > 3 || (version > 1 && shared != 0))
            throw _source.Damaged($"an attribute is of version {version}, or shares its type with others, which Keras never writes");
        var (nameLength, typeLength, spaceLength) = (attribute.UInt16(), attribute.UInt16(), attribute.UInt16());
        attribute.Skip(version == 3 ? 1 : 0);
        var name = Fixed(Part(ref attribute, nameLength).Span, padding: 0);
        var type = Datatype.Read(_source, Part(ref attribute, typeLength));
        var space = Dataspace.Read(_source, Part(ref attribute, spaceLength));
        if (!_attributes.TryAdd(name, (type, space, attribute.Memory(attribute.Left))))
            throw _source.Damaged($"there are two attributes {name}");

        ReadOnlyMemory<byte> Part(ref Cursor cursor, int length)
        {
            var part = cursor.Memory(length);
            if (version == 1)
                cursor.Align(8);
            return part;
        }
    }

    /// <summary>IV.A.2.v, the attribute info message: where attributes are that would be too many for the header.</summary>
    private void AddMany(ReadOnlyMemory<byte> message)
    {
        var info = new Cursor(_source, message);
        info.Skip(1);
        info.Skip((info.Byte() & HasOrder) == 0 ? 0 : 2);
        var (heapAddress, byName) = (info.Address(), info.Address());
        if (heapAddress == Hdf5Source.Undefined)
            return;
        var heap = new FractalHeap(_source, heapAddress);
        foreach (var record in BTree2.Records(_source, byName, BTree2.AttributesByName))
            Add(heap.Read(record));
    }
}
