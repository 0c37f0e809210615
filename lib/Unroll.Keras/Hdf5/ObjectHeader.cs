namespace Unroll.Keras.Hdf5;

/// <summary>The kinds of messages that are read (HDF5 File Format Specification 3.0, IV.A.2).</summary>
internal enum MessageKind
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    FillValue = 0x05,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    GroupInfo = 0x0A,
    Filters = 0x0B,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
}

/// <summary>What describes a group or an array: a list of messages, which may go on elsewhere in the file (IV.A.1).</summary>
internal sealed class ObjectHeader
{
    private const int HasTimes = 0x20;
    private const int HasLimits = 0x10;
    private const int HasOrder = 0x04;
    private const int Shared = 0x02;

    private readonly List<(MessageKind Kind, ReadOnlyMemory<byte> Data)> _messages = [];
    private readonly Hdf5Source _source;

    public ObjectHeader(Hdf5Source source, long address)
    {
        _source = source;
        var start = source.From(address);
        if (start.Byte() == 1)
            ReadOlder(start);
        else
            ReadNewer(address);
    }

    public bool Has(MessageKind kind) => _messages.Exists(message => message.Kind == kind);

    /// <summary>The messages of a kind, in their order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> All(MessageKind kind) =>
        _messages.Where(message => message.Kind == kind).Select(message => message.Data);

    /// <summary>The message of a kind that must be there.</summary>
    public ReadOnlyMemory<byte> One(MessageKind kind) => All(kind).Cast<ReadOnlyMemory<byte>?>().FirstOrDefault()
        ?? throw _source.Damaged($"an object has no message {kind}");

    /// <summary>Version 1: the number of messages is known, and each begins at a multiple of 8.</summary>
    private void ReadOlder(Cursor header)
    {
        header.Skip(1);
        var count = header.UInt16();
        header.Skip(4);
        var length = header.UInt32();
        header.Skip(4);
        var blocks = new Queue<ReadOnlyMemory<byte>>([header.Memory(length)]);
        while (count > 0 && blocks.TryDequeue(out var block))
        {
            for (var messages = new Cursor(_source, block); count > 0 && messages.Left >= 8; count--)
            {
                var kind = messages.UInt16();
                var size = messages.UInt16();
                var flags = messages.Byte();
                messages.Skip(3);
                if (Add((MessageKind)kind, flags, messages.Memory(size)) is var (address, continued))
                    blocks.Enqueue(_source.Slice(address, continued));
            }
        }
    }

    /// <summary>Version 2: blocks that begin with a signature and end with a sum.</summary>
    private void ReadNewer(long address)
    {
        var header = _source.From(address);
        header.Expect("OHDR"u8, version: 2);
        var flags = header.Byte();
        header.Skip(((flags & HasTimes) == 0 ? 0 : 16) + ((flags & HasLimits) == 0 ? 0 : 4));
        var length = header.Number(1 << (flags & 3));
        var blocks = new Queue<ReadOnlyMemory<byte>>([header.Memory(length)]);
        header.EndWithSum("an object's header");
        while (blocks.TryDequeue(out var block))
        {
            var headerLength = (flags & HasOrder) == 0 ? 4 : 6;
            for (var messages = new Cursor(_source, block); messages.Left >= headerLength;)
            {
                var kind = messages.Byte();
                var size = messages.UInt16();
                var messageFlags = messages.Byte();
                messages.Skip(headerLength - 4);
                if (Add((MessageKind)kind, messageFlags, messages.Memory(size)) is var (next, continued))
                    blocks.Enqueue(Continued(next, continued));
            }
        }
    }

    private ReadOnlyMemory<byte> Continued(long address, long length)
    {
        const int Around = 8;
        var block = _source.At(address, length);
        if (length < Around || !block.Bytes(4).SequenceEqual("OCHK"u8))
            throw _source.Damaged("an object's header should go on at another place, and does not");
        var messages = block.Memory(length - Around);
        block.EndWithSum("an object's header");
        return messages;
    }

    /// <summary>Keeps a message, or says where the header goes on.</summary>
    private (long Address, long Length)? Add(MessageKind kind, int flags, ReadOnlyMemory<byte> data)
    {
        if (kind == MessageKind.Continuation)
        {
            var place = new Cursor(_source, data);
            return (place.Address(), place.Length());
        }

        if (!Enum.IsDefined(kind))
            return null;
        if ((flags & Shared) != 0)
            throw _source.Damaged($"a message {kind} is shared between objects, which Keras never writes");
        _messages.Add((kind, data));
        return null;
    }
}
