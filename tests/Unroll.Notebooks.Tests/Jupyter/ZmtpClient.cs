using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>The other side of the wire, written from the specification alone and sharing nothing with the kernel.</summary>
internal sealed class ZmtpClient : IDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly Queue<(byte Flags, byte[] Body)> _early = new();

    private ZmtpClient(Socket socket) => Stream = new NetworkStream(socket, ownsSocket: true);

    /// <summary>The connection, for what no well-behaved client sends.</summary>
    /// <remarks>Kept, because a connection that the peer has cut gives none any more.</remarks>
    public NetworkStream Stream { get; }

    /// <summary>The 64 bytes that open a connection.</summary>
    public static byte[] Greeting(byte major = 3, byte minor = 1, string mechanism = "NULL") =>
    [
        0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, major, minor,
        .. Encoding.ASCII.GetBytes(mechanism.PadRight(20, '\0')), 0, .. new byte[31],
    ];

    /// <summary>A connection on which nothing has been said.</summary>
    public static async Task<ZmtpClient> OpenAsync(EndPoint address)
    {
        var isTcp = address is IPEndPoint;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, isTcp ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            if (isTcp)
                socket.NoDelay = true;
            await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
            return new ZmtpClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A connection after its handshake.</summary>
    public static async Task<ZmtpClient> ConnectAsync(EndPoint address, string type, string identity = "", byte minor = 1)
    {
        var client = await OpenAsync(address);
        await client.WriteAsync(Greeting(minor: minor));
        var greeting = await client.ReadAsync(64);
        Assert.Equal(0xFF, greeting[0]);
        Assert.Equal(0x7F, greeting[9]);
        Assert.Equal(3, greeting[10]);
        Assert.Equal("NULL", Encoding.ASCII.GetString(greeting, 12, 20).TrimEnd('\0'));
        await client.CommandAsync("READY", [.. Property("Socket-Type", type), .. Property("Identity", identity)]);
        var (name, _) = await client.ReceiveCommandAsync();
        Assert.Equal("READY", name);
        return client;
    }

    /// <summary>One property of a READY command.</summary>
    public static byte[] Property(string name, string value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.Latin1.GetBytes(name), .. length, .. Encoding.Latin1.GetBytes(value)];
    }

    /// <summary>A frame as it is on the wire.</summary>
    public static byte[] Frame(byte flags, byte[] body, bool isLong = false)
    {
        if (body.Length < 256 && !isLong)
            return [flags, (byte)body.Length, .. body];
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, body.Length);
        return [(byte)(flags | 2), .. length, .. body];
    }

    public ValueTask WriteAsync(byte[] bytes) => Stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    public async Task SendAsync(params byte[][] frames)
    {
        for (var i = 0; i < frames.Length; i++)
            await WriteAsync(Frame((byte)(i < frames.Length - 1 ? 1 : 0), frames[i]));
    }

    public ValueTask CommandAsync(string name, byte[] data) =>
        WriteAsync(Frame(4, [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data]));

    /// <summary>Subscribes, and waits until it holds: commands are obeyed in their order.</summary>
    public async Task SubscribeAsync(string prefix, bool byMessage = false)
    {
        if (byMessage)
            await SendAsync([[1, .. Encoding.UTF8.GetBytes(prefix)]]);
        else
            await CommandAsync("SUBSCRIBE", Encoding.UTF8.GetBytes(prefix));
        await SynchronizeAsync();
    }

    /// <summary>Waits until the peer has read all that was sent.</summary>
    public async Task SynchronizeAsync()
    {
        await CommandAsync("PING", [0, 0, 7]);
        var (name, data) = await ReceiveCommandAsync();
        Assert.Equal("PONG", name);
        Assert.Equal([7], data);
    }

    /// <summary>The next message; null when the peer has ended the connection.</summary>
    public async Task<byte[][]?> ReceiveAsync(TimeSpan? timeout = null)
    {
        var frames = new List<byte[]>();
        while ((_early.TryDequeue(out var early) ? early : await ReadFrameAsync(timeout)) is var (flags, body))
        {
            Assert.Equal(0, flags & 4);
            frames.Add(body);
            if ((flags & 1) == 0)
                return [.. frames];
        }

        return null;
    }

    /// <summary>The next command; messages that come before it are received later.</summary>
    public async Task<(string Name, byte[] Data)> ReceiveCommandAsync()
    {
        var (flags, body) = await ReadFrameAsync() ?? throw new EndOfStreamException();
        while ((flags & 4) == 0)
        {
            _early.Enqueue((flags, body));
            (flags, body) = await ReadFrameAsync() ?? throw new EndOfStreamException();
        }

        return (Encoding.ASCII.GetString(body, 1, body[0]), body[(1 + body[0])..]);
    }

    /// <summary>Reads until the peer ends the connection.</summary>
    public async Task AssertClosedAsync(TimeSpan? timeout = null)
    {
        var buffer = new byte[1024];
        using var limit = Limit(timeout);
        try
        {
            while (await Stream.ReadAsync(buffer, limit.Token) > 0)
            {
                // What it says before it goes does not matter here.
            }
        }
        catch (IOException)
        {
            // Ended the hard way.
        }
    }

    public void Dispose() => Stream.Dispose();

    private async Task<(byte Flags, byte[] Body)?> ReadFrameAsync(TimeSpan? timeout = null)
    {
        try
        {
            var flags = (await ReadAsync(1, timeout))[0];
            var length = (flags & 2) == 0 ? (await ReadAsync(1))[0] : BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8));
            return (flags, await ReadAsync((int)length));
        }
        catch (Exception error) when (error is EndOfStreamException or IOException)
        {
            return null;
        }
    }

    private async Task<byte[]> ReadAsync(int count, TimeSpan? timeout = null)
    {
        var bytes = new byte[count];
        using var limit = Limit(timeout);
        await Stream.ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }

    private static CancellationTokenSource Limit(TimeSpan? timeout)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(timeout ?? DefaultTimeout);
        return limit;
    }
}
