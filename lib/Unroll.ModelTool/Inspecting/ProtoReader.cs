using System.Text;

namespace Unroll.ModelTool.Inspecting;

/// <summary>
/// Reads fields of protobuf messages from a file, one after the other, and passes over what is not asked for: the numbers of a
/// model, of any size, are never in memory.
/// </summary>
/// <seealso href="https://protobuf.dev/programming-guides/encoding/"/>
internal sealed class ProtoReader(Stream stream)
{
    /// <summary>A name or a word is never longer; what would be is not one.</summary>
    private const long MostText = 1 << 20;

    private int _wireType;

    /// <summary>The number of the field at hand.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field at hand has a length before it: a text, bytes or a message.</summary>
    public bool IsLong => _wireType == 2;

    /// <summary>Goes to the next field of a message that ends at <paramref name="end"/>.</summary>
    public bool Next(long end)
    {
        if (stream.Position >= end)
            return stream.Position == end ? false : throw Broken("a field goes beyond its message");
        var tag = Varint();
        (Field, _wireType) = ((int)(tag >> 3), (int)(tag & 7));
        return Field > 0 ? true : throw Broken("a field has no number");
    }

    /// <summary>The number of the field at hand, or the next of several that are packed.</summary>
    public long Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
                throw Broken("it ends within a number");
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return (long)value;
        }

        throw Broken("a number is too long");
    }

    /// <summary>Where the message, text or bytes at hand end.</summary>
    public long End()
    {
        var length = Varint();
        return length >= 0 && length <= stream.Length - stream.Position ? stream.Position + length : throw Broken("it is cut short");
    }

    public string Text()
    {
        var length = End() - stream.Position;
        if (length > MostText)
            throw Broken("a name is too long");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The numbers of the field at hand, one or several that are packed.</summary>
    public IEnumerable<long> Numbers()
    {
        if (!IsLong)
        {
            yield return Varint();
            yield break;
        }

        var end = End();
        while (stream.Position < end)
            yield return Varint();
    }

    /// <summary>Passes over the field at hand.</summary>
    public void Skip()
    {
        switch (_wireType)
        {
            case 0:
                Varint();
                break;
            case 1:
                stream.Position += sizeof(long);
                break;
            case 2:
                stream.Position = End();
                break;
            case 5:
                stream.Position += sizeof(int);
                break;
            default:
                throw Broken($"there is no kind {_wireType} of fields");
        }
    }

    private InvalidDataException Broken(string why) => new($"it is not protobuf, or is damaged: at byte {stream.Position}, {why}.");
}
