using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Benchmarks.Startup;

/// <summary>A front end with no more than the shell channel: sends a request and waits for its reply.</summary>
internal sealed class KernelClient : IDisposable
{
    private const byte MoreFollows = 1;
    private const byte IsLong = 2;
    private const byte IsCommand = 4;

    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly byte[] _key;

    /// <summary>Connects to the kernel's shell; waits until it listens.</summary>
    public KernelClient(IPEndPoint shell, string key, TimeSpan patience)
    {
        _key = Encoding.UTF8.GetBytes(key);
        Connect(shell, patience);
        _tcp.GetStream().Write([0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1, .. Encoding.ASCII.GetBytes("NULL".PadRight(20, '\0')), 0, .. new byte[31]]);
        Read(64);
        Send(IsCommand, [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8]);
        Receive();
    }

    /// <summary>The content of the reply.</summary>
    public JsonNode Ask(string type, object content)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new
        {
            msg_id = Guid.NewGuid().ToString("n"),
            session = "benchmark",
            username = "",
            msg_type = type,
            version = "5.4",
            date = DateTime.UtcNow,
        });
        byte[][] parts = [header, "{}"u8.ToArray(), "{}"u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(content)];
        Send(MoreFollows, "<IDS|MSG>"u8.ToArray());
        Send(MoreFollows, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(_key, parts.SelectMany(part => part).ToArray()))));
        for (var i = 0; i < parts.Length; i++)
            Send(i < parts.Length - 1 ? MoreFollows : (byte)0, parts[i]);
        return JsonNode.Parse(Receive()[^1])!;
    }

    public void Dispose() => _tcp.Dispose();

    private void Connect(IPEndPoint shell, TimeSpan patience)
    {
        var end = DateTime.UtcNow + patience;
        while (true)
        {
            try
            {
                _tcp.Connect(shell);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < end)
            {
                Thread.Sleep(5);
            }
        }
    }

    private void Send(byte flags, byte[] body)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, body.Length);
        _tcp.GetStream().Write([(byte)(flags | IsLong), .. length, .. body]);
    }

    private List<byte[]> Receive()
    {
        var frames = new List<byte[]>();
        byte flags;
        do
        {
            flags = Read(1)[0];
            frames.Add(Read((flags & IsLong) == 0 ? Read(1)[0] : (int)BinaryPrimitives.ReadInt64BigEndian(Read(8))));
        }
        while ((flags & MoreFollows) != 0);
        return frames;
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        _tcp.GetStream().ReadExactly(bytes);
        return bytes;
    }
}
