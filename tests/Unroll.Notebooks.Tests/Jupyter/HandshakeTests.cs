using System.Net;
using System.Text;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class HandshakeTests : IAsyncDisposable
{
    private static readonly ZmtpLimits Limits = new()
    {
        HandshakeTimeout = TimeSpan.FromMilliseconds(700),
        MessageTimeout = TimeSpan.FromMilliseconds(700),
        MessageBytes = 10_000_000,
        StrangerMessageBytes = 10_000_000,
        ReceivingBytes = 15_000_000,
        MessageFrames = 10,
        Handshakes = 8,
        Peers = 4,
    };

    private readonly LogBook _book = new();
    private readonly KernelLog _log;
    private readonly EchoSocket _echo;

    public HandshakeTests()
    {
        _log = new KernelLog(_book);
        _echo = new EchoSocket(new IPEndPoint(IPAddress.Loopback, 0), Limits, _log);
        _echo.Start();
    }

    public ValueTask DisposeAsync() => _echo.DisposeAsync();

    [Theory]
    [InlineData("REQ")]
    [InlineData("DEALER")]
    public async Task A_heartbeat_comes_back_with_its_envelope(string type)
    {
        using var client = await ZmtpClient.ConnectAsync(_echo.Address, type);
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync([], Encoding.ASCII.GetBytes("ping"));
            Assert.Equal([[], Encoding.ASCII.GetBytes("ping")], await client.ReceiveAsync());
        }
    }

    public static TheoryData<string, byte[]> BadGreetings => new()
    {
        { "an HTTP request", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") },
        { "zeros", new byte[64] },
        { "a wrong signature", [0xFF, .. new byte[63]] },
        { "ZMTP 2", [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 1, 3, 0, 0] },
        { "another mechanism", ZmtpClient.Greeting(mechanism: "CURVE") },
        { "a name that begins with NULL", ZmtpClient.Greeting(mechanism: "NULLIFY") },
    };

    [Theory]
    [MemberData(nameof(BadGreetings))]
    public async Task Whoever_does_not_greet_as_it_should_is_left(string what, byte[] greeting)
    {
        Assert.NotEmpty(what);
        using var client = await ZmtpClient.OpenAsync(_echo.Address);
        await client.WriteAsync(greeting);

        await client.AssertClosedAsync();
        await AssertAliveAsync();
    }

    public static TheoryData<string, byte[]> BadReadies => new()
    {
        { "a message", ZmtpClient.Frame(0, [1, 2, 3]) },
        { "another command", Command("HELLO", []) },
        { "no socket type", Command("READY", []) },
        { "an unknown socket type", Command("READY", ZmtpClient.Property("Socket-Type", "PULL")) },
        { "no name", ZmtpClient.Frame(4, []) },
        { "a name longer than the command", ZmtpClient.Frame(4, [200, 65]) },
        { "a cut property", Command("READY", ZmtpClient.Property("Socket-Type", "REQ")[..^1]) },
        { "a property of 4 GB", Command("READY", [1, 65, 255, 255, 255, 255]) },
        { "a property without a name", Command("READY", [0, 0, 0, 0, 0]) },
        { "an identity that begins with zero", Named("\0me") },
        { "an identity of 256 bytes", Named(new string('x', 256)) },
        { "a command of a gigabyte", [6, 0, 0, 0, 0, 0x40, 0, 0, 0] },
        { "a command of more than a lifetime", [6, 255, 255, 255, 255, 255, 255, 255, 255] },
        { "a command that goes on", ZmtpClient.Frame(5, [5, 82, 69, 65, 68, 89]) },
        { "reserved bits", ZmtpClient.Frame(0x84, [5, 82, 69, 65, 68, 89]) },
    };

    [Theory]
    [MemberData(nameof(BadReadies))]
    public async Task Whoever_does_not_introduce_itself_is_left(string what, byte[] ready)
    {
        Assert.NotEmpty(what);
        using var client = await ZmtpClient.OpenAsync(_echo.Address);
        await client.WriteAsync(ZmtpClient.Greeting());
        await client.WriteAsync(ready);

        await client.AssertClosedAsync();
        await AssertAliveAsync();
        await AssertDroppedAsync("");
    }

    [Fact]
    public async Task A_socket_of_the_wrong_type_is_told_why()
    {
        using var client = await ZmtpClient.OpenAsync(_echo.Address);
        await client.WriteAsync(ZmtpClient.Greeting());
        await client.WriteAsync(Command("READY", ZmtpClient.Property("Socket-Type", "SUB")));
        var greeting = new byte[64];
        await client.Stream.ReadExactlyAsync(greeting, TestContext.Current.CancellationToken);

        Assert.Equal("READY", (await client.ReceiveCommandAsync()).Name);
        var (name, reason) = await client.ReceiveCommandAsync();
        Assert.Equal(("ERROR", "REP talks to REQ, DEALER only"), (name, Encoding.ASCII.GetString(reason, 1, reason[0])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(64)]
    public async Task Half_open_connections_end_by_themselves(int bytes)
    {
        using var client = await ZmtpClient.OpenAsync(_echo.Address);
        await client.WriteAsync(ZmtpClient.Greeting()[..bytes]);

        await client.AssertClosedAsync();
        await AssertDroppedAsync("handshake did not end in time");
    }

    [Fact]
    public async Task A_crowd_of_half_open_connections_does_not_keep_an_honest_one_out()
    {
        var crowd = new List<ZmtpClient>();
        for (var i = 0; i < 100; i++)
            crowd.Add(await ZmtpClient.OpenAsync(_echo.Address));

        await AssertAliveAsync();

        // Only so many stay; each newcomer took the place of the oldest.
        await crowd[0].AssertClosedAsync(TimeSpan.FromMilliseconds(600));
        crowd.ForEach(each => each.Dispose());
    }

    [Fact]
    public async Task There_are_only_so_many_connections_and_the_oldest_makes_room_for_the_newest()
    {
        var peers = new List<ZmtpClient>();
        for (var i = 0; i < 4; i++)
            peers.Add(await ZmtpClient.ConnectAsync(_echo.Address, "REQ"));

        // A peer knows that its handshake is over a moment before it has its place.
        while (_echo.PeerCount < 4)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        using var late = await ZmtpClient.ConnectAsync(_echo.Address, "REQ");

        await peers[0].AssertClosedAsync();
        foreach (var peer in (ZmtpClient[])[.. peers[1..], late])
        {
            await peer.SendAsync([], [1]);
            Assert.Equal([[], [1]], await peer.ReceiveAsync());
        }

        Assert.Equal(4, _echo.PeerCount);
        peers.ForEach(each => each.Dispose());
    }

    [Fact]
    public async Task A_message_that_never_ends_ends_its_connection()
    {
        using var client = await ZmtpClient.ConnectAsync(_echo.Address, "REQ");
        using var drip = new Timer(_ => Drip(client), state: null, dueTime: 0, period: 100);
        await client.WriteAsync([0, 200]);

        await client.AssertClosedAsync();
        await AssertAliveAsync();
    }

    [Fact]
    public async Task A_half_message_of_a_stranger_ends_long_before_that_of_a_front_end()
    {
        var limits = Limits with { MessageTimeout = TimeSpan.FromMinutes(5), StrangerMessageTimeout = TimeSpan.FromMilliseconds(700) };
        await using var echo = new EchoSocket(new IPEndPoint(IPAddress.Loopback, 0), limits, _log);
        echo.Start();
        using var half = await ZmtpClient.ConnectAsync(echo.Address, "DEALER");
        await half.WriteAsync([0, 200, .. new byte[100]]);

        await half.AssertClosedAsync();
        for (var patience = Environment.TickCount64 + 15_000; echo.ReceivingBytes > 0 && Environment.TickCount64 < patience;)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Equal(0, echo.ReceivingBytes);
        Assert.InRange(ZmtpLimits.Requests.StrangerMessageTimeout, TimeSpan.FromSeconds(5), ZmtpLimits.Requests.MessageTimeout / 10);
    }

    public static TheoryData<string, byte[]> BadFrames => new()
    {
        { "reserved bits", [0x80, 0] },
        { "a command that goes on", [5, 1, 0] },
        { "more than a message may have", [2, 0, 0, 0, 0, 0, 0x98, 0x96, 0x81] },
        { "more than there is", [2, 0x7F, 255, 255, 255, 255, 255, 255, 255] },
        { "a negative length", [2, 255, 255, 255, 255, 255, 255, 255, 255] },
        { "too many frames", [.. Enumerable.Repeat<byte[]>([1, 0], 10).SelectMany(frame => frame)] },
        { "a broken PING", ZmtpClient.Frame(4, [4, 80, 73, 78, 71, 0]) },
        { "an ERROR", ZmtpClient.Frame(4, [5, 69, 82, 82, 79, 82, 0]) },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task Whoever_sends_broken_frames_is_left(string what, byte[] frames)
    {
        Assert.NotEmpty(what);
        using var client = await ZmtpClient.ConnectAsync(_echo.Address, "REQ");
        await client.WriteAsync(frames);

        await client.AssertClosedAsync();
        await AssertAliveAsync();
        await AssertDroppedAsync("");
    }

    [Fact]
    public async Task A_length_that_is_only_announced_takes_no_memory()
    {
        using var client = await ZmtpClient.ConnectAsync(_echo.Address, "REQ");
        await client.WriteAsync([2, 0, 0, 0, 0, 0, 0x98, 0x96, 0x80, .. new byte[1000]]);
        await Task.Delay(200, TestContext.Current.CancellationToken);

        Assert.InRange(_echo.ReceivingBytes, 1000, 64 * 1024);
    }

    [Fact]
    public async Task All_unfinished_messages_together_have_only_so_much_room()
    {
        var peers = new List<ZmtpClient>();
        for (var i = 0; i < 2; i++)
        {
            peers.Add(await ZmtpClient.ConnectAsync(_echo.Address, "REQ"));
            try
            {
                await peers[i].WriteAsync([2, 0, 0, 0, 0, 0, 0x98, 0x96, 0x80, .. new byte[9_000_000]]);
            }
            catch (IOException)
            {
                // It was left before all was sent.
            }
        }

        await peers[1].AssertClosedAsync();
        await UntilLoggedAsync("unfinished messages");
        Assert.InRange(_echo.ReceivingBytes, 0, Limits.ReceivingBytes);
        peers.ForEach(each => each.Dispose());
        while (_echo.ReceivingBytes > 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    /// <summary>One connection was dropped, and the log says why.</summary>
    private async Task AssertDroppedAsync(string why)
    {
        await UntilLoggedAsync(why);
        Assert.Equal(1, _log.DropCount);
    }

    /// <summary>The log may count a connection that was dropped, and say why, a moment after the peer sees it.</summary>
    private async Task UntilLoggedAsync(string why)
    {
        var patience = Environment.TickCount64 + 30_000;
        while ((_log.DropCount == 0 || !_book.Text.Contains(why, StringComparison.Ordinal)) && Environment.TickCount64 < patience)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Contains(why, _book.Text);
    }

    private async Task AssertAliveAsync()
    {
        using var client = await ZmtpClient.ConnectAsync(_echo.Address, "REQ");
        await client.SendAsync([], [1, 2, 3]);
        Assert.Equal([[], [1, 2, 3]], await client.ReceiveAsync());
    }

    private static void Drip(ZmtpClient client)
    {
        try
        {
            client.Stream.WriteByte(1);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was left, which is what the test waits for.
        }
    }

    private static byte[] Named(string identity) =>
        Command("READY", [.. ZmtpClient.Property("Socket-Type", "REQ"), .. ZmtpClient.Property("Identity", identity)]);

    private static byte[] Command(string name, byte[] data) =>
        ZmtpClient.Frame(4, [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data]);
}
