using System.Net;
using System.Text;
using System.Threading.Channels;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class RouterTests : IAsyncDisposable
{
    private readonly Channel<byte[][]> _received = Channel.CreateUnbounded<byte[][]>();
    private readonly KernelLog _log = new(TextWriter.Null);
    private readonly RouterSocket _router;

    public RouterTests()
    {
        _router = new RouterSocket(new IPEndPoint(IPAddress.Loopback, 0), ZmtpLimits.Requests, _log, (peer, message, _) =>
        {
            peer.Prove();
            _received.Writer.TryWrite(message);
            return ValueTask.CompletedTask;
        });
        _router.Start();
    }

    public ValueTask DisposeAsync() => _router.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Messages_come_with_the_identity_of_their_peer_and_go_back_by_it(byte minor)
    {
        using var ada = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada", minor);
        using var grace = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "grace", minor);
        await ada.SendAsync(Bytes("one"), Bytes(""), Bytes("two"));
        Assert.Equal(["ada", "one", "", "two"], await NextAsync());
        await grace.SendAsync(Bytes("three"));
        Assert.Equal(["grace", "three"], await NextAsync());

        Assert.True(_router.TrySend([Bytes("grace"), Bytes("for"), Bytes("grace")]));
        Assert.True(_router.TrySend([Bytes("ada"), Bytes("for ada")]));

        Assert.Equal(["for ada"], Texts(await ada.ReceiveAsync()));
        Assert.Equal(["for", "grace"], Texts(await grace.ReceiveAsync()));
    }

    [Fact]
    public async Task Peers_without_a_name_get_one_each()
    {
        using var one = await ZmtpClient.ConnectAsync(_router.Address, "DEALER");
        using var two = await ZmtpClient.ConnectAsync(_router.Address, "REQ");
        await one.SendAsync(Bytes("one"));
        var first = await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);
        await two.SendAsync(Bytes(""), Bytes("two"));
        var second = await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(first[0], second[0]);
        Assert.Equal(0, first[0][0]);
        _router.TrySend([first[0], Bytes("to one")]);
        Assert.Equal(["to one"], Texts(await one.ReceiveAsync()));
    }

    [Fact]
    public async Task What_is_for_nobody_is_dropped()
    {
        using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");

        Assert.False(_router.TrySend([Bytes("nobody"), Bytes("lost")]));

        Assert.Equal(1, _log.DropCount);
    }

    [Fact]
    public async Task A_peer_that_comes_back_under_its_name_takes_its_place()
    {
        using var before = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");
        await before.SendAsync(Bytes("before"));
        await NextAsync();

        using var after = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");
        await after.SendAsync(Bytes("after"));
        Assert.Equal(["ada", "after"], await NextAsync());
        await before.AssertClosedAsync();
        Assert.True(_router.TrySend([Bytes("ada"), Bytes("hello")]));

        Assert.Equal(["hello"], Texts(await after.ReceiveAsync()));
        Assert.Equal(1, _router.PeerCount);
    }

    [Fact]
    public async Task A_peer_that_goes_is_forgotten_and_can_come_back()
    {
        for (var i = 0; i < 50; i++)
        {
            using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");
            await client.SendAsync(Bytes($"{i}"));
            Assert.Equal(["ada", $"{i}"], await NextAsync());
        }

        while (_router.Knows(Bytes("ada")))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.False(_router.TrySend([Bytes("ada"), Bytes("lost")]));
    }

    [Fact]
    public async Task Large_and_many_framed_messages_arrive_whole()
    {
        using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");
        var random = new Random(1);
        byte[][] sent = [.. new[] { 0, 1, 255, 256, 4095, 4096, 4097, 65_535, 65_536, 65_537, 20_000_000 }.Select(length =>
        {
            var frame = new byte[length];
            random.NextBytes(frame);
            return frame;
        })];

        await client.SendAsync(Bytes("a small one first"));
        await NextAsync();
        await client.SendAsync(sent);
        var received = await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);
        var echo = client.ReceiveAsync();
        _router.TrySend(received);

        AssertSame(sent, received[1..]);
        AssertSame(sent, await echo);
        Assert.Equal(0, _router.ReceivingBytes);
    }

    [Fact]
    public async Task A_short_frame_in_long_form_is_a_frame_too()
    {
        using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");
        await client.WriteAsync(ZmtpClient.Frame(0, Bytes("long form"), isLong: true));

        Assert.Equal(["ada", "long form"], await NextAsync());
    }

    [Fact]
    public async Task A_message_that_comes_a_byte_at_a_time_is_one_message()
    {
        using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");
        foreach (var one in (byte[])[.. ZmtpClient.Frame(1, Bytes("slow")), .. ZmtpClient.Frame(0, new byte[300])])
            await client.WriteAsync([one]);

        Assert.Equal(["ada", "slow", new string('\0', 300)], await NextAsync());
    }

    [Fact]
    public async Task Commands_are_answered_between_and_inside_messages_and_unknown_ones_are_nothing()
    {
        using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");
        await client.CommandAsync("UNHEARD", [1, 2, 3]);
        await client.WriteAsync(ZmtpClient.Frame(1, Bytes("one")));
        await client.SynchronizeAsync();
        await client.WriteAsync(ZmtpClient.Frame(0, Bytes("two")));

        Assert.Equal(["ada", "one", "two"], await NextAsync());
    }

    [Fact]
    public async Task A_peer_that_promised_to_be_heard_of_and_is_not_is_gone()
    {
        using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", "ada");

        // 300 ms, in tenths of a second.
        await client.CommandAsync("PING", [0, 3]);
        var (name, _) = await client.ReceiveCommandAsync();
        await client.AssertClosedAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("PONG", name);
    }

    [Fact]
    public async Task A_hundred_peers_at_once_get_their_own_answers()
    {
        var echo = Task.Run(async () =>
        {
            await foreach (var message in _received.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
                _router.TrySend(message);
        }, TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            using var client = await ZmtpClient.ConnectAsync(_router.Address, "DEALER", $"peer {number}");
            for (var i = 0; i < 20; i++)
                await client.SendAsync(Bytes($"{number}"), Bytes($"{i}"));
            for (var i = 0; i < 20; i++)
                Assert.Equal([$"{number}", $"{i}"], Texts(await client.ReceiveAsync()));
        }));

        _received.Writer.Complete();
        await echo;
    }

    private static void AssertSame(byte[][] expected, byte[][]? actual)
    {
        Assert.Equal(expected.Length, actual?.Length);
        Assert.All(expected.Zip(actual!), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
    }

    private async Task<string[]> NextAsync() => Texts(await _received.Reader.ReadAsync(TestContext.Current.CancellationToken));

    private static string[] Texts(byte[][]? message) => [.. message!.Select(Encoding.Latin1.GetString)];

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
