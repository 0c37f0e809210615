using System.Buffers.Binary;
using System.Text;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>A command frame: its name, and what follows.</summary>
internal readonly record struct Command(string Name, ReadOnlyMemory<byte> Data)
{
    private const int PingTtlLength = 2;
    private const int PingContextLength = 16;

    /// <summary>Reads the body of a command frame.</summary>
    public static Command Parse(byte[] body)
    {
        if (body.Length == 0 || body[0] == 0 || body.Length < 1 + body[0])
            throw new ZmtpException("a command without a name");
        return new Command(Encoding.ASCII.GetString(body, 1, body[0]), body.AsMemory(1 + body[0]));
    }

    /// <summary>The command that ends our side of the handshake.</summary>
    public static Outgoing Ready(string socketType) =>
        Create("READY", [.. Property("Socket-Type", Encoding.ASCII.GetBytes(socketType)), .. Property("Identity", [])]);

    /// <summary>The command that tells a peer why it is refused.</summary>
    public static Outgoing Error(string reason) =>
        Create("ERROR", [(byte)reason.Length, .. Encoding.ASCII.GetBytes(reason)]);

    /// <summary>The properties of a READY command; their names are the same in any case.</summary>
    public Dictionary<string, byte[]> Properties()
    {
        var properties = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var rest = Data.Span;
        while (rest.Length > 0)
        {
            var nameLength = rest[0];
            if (nameLength == 0 || rest.Length < 1 + nameLength + sizeof(int))
                throw new ZmtpException("a READY command with a broken property");
            var name = Encoding.ASCII.GetString(rest.Slice(1, nameLength));
            rest = rest[(1 + nameLength)..];
            var valueLength = BinaryPrimitives.ReadUInt32BigEndian(rest);
            rest = rest[sizeof(int)..];
            if (valueLength > rest.Length)
                throw new ZmtpException("a READY command with a broken property");
            properties[name] = rest[..(int)valueLength].ToArray();
            rest = rest[(int)valueLength..];
        }

        return properties;
    }

    /// <summary>The answer to this PING, and how long the peer promises to be silent at most; zero says nothing.</summary>
    public (Outgoing Pong, TimeSpan TimeToLive) AnswerPing()
    {
        if (Data.Length is < PingTtlLength or > PingTtlLength + PingContextLength)
            throw new ZmtpException($"a PING of {Data.Length} bytes");
        var tenths = BinaryPrimitives.ReadUInt16BigEndian(Data.Span);
        return (Create("PONG", Data[PingTtlLength..].ToArray()), TimeSpan.FromMilliseconds(100.0 * tenths));
    }

    private static byte[] Property(string name, byte[] value)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. value];
    }

    private static Outgoing Create(string name, byte[] data) =>
        new([[(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data]], IsCommand: true);
}
