using System.Net;
using System.Text;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class PubTests : IAsyncDisposable
{
    private readonly KernelLog _log = new(TextWriter.Null);
    private readonly PubSocket _pub;

    public PubTests()
    {
        _pub = new PubSocket(new IPEndPoint(IPAddress.Loopback, 0), new ZmtpLimits { SendMessages = 100, SendBytes = 8 * 1024 * 1024 }, _log);
        _pub.Start();
    }

    public ValueTask DisposeAsync() => _pub.DisposeAsync();

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Subscribers_get_what_begins_with_their_prefix(bool byMessage, byte minor)
    {
        using var stream = await ZmtpClient.ConnectAsync(_pub.Address, "SUB", minor: minor);
        using var all = await ZmtpClient.ConnectAsync(_pub.Address, "SUB", minor: minor);
        await stream.SubscribeAsync("kernel.stream", byMessage);
        await all.SubscribeAsync("", byMessage);

        Send("kernel.status", "1");
        Send("kernel.stream", "2");
        Send("kernel.str", "3");
        Send("kernel.stream.stdout", "4");

        Assert.Equal(["kernel.stream", "2"], await ReadAsync(stream));
        Assert.Equal(["kernel.stream.stdout", "4"], await ReadAsync(stream));
        foreach (var number in new[] { "1", "2", "3", "4" })
            Assert.Equal(number, (await ReadAsync(all))[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_subscribed_twice_cancels_twice(bool byMessage)
    {
        using var client = await ZmtpClient.ConnectAsync(_pub.Address, "SUB");
        await client.SubscribeAsync("a", byMessage);
        await client.SubscribeAsync("a", byMessage);
        await CancelAsync(client, "a", byMessage);
        Send("a", "still");
        Assert.Equal(["a", "still"], await ReadAsync(client));
        await CancelAsync(client, "a", byMessage);
        await CancelAsync(client, "a", byMessage);
        Send("a", "no more");
        await client.SubscribeAsync("b", byMessage);
        Send("b", "other");

        Assert.Equal(["b", "other"], await ReadAsync(client));
    }

    [Fact]
    public async Task Nobody_waits_for_a_subscriber_that_does_not_read()
    {
        using var slow = await ZmtpClient.ConnectAsync(_pub.Address, "SUB");
        using var quick = await ZmtpClient.ConnectAsync(_pub.Address, "SUB");
        await slow.SubscribeAsync("");
        await quick.SubscribeAsync("");
        var body = new byte[200_000];

        for (var i = 0; i < 500; i++)
        {
            _pub.Send([Encoding.ASCII.GetBytes($"{i}"), body]);
            Assert.Equal($"{i}", (await ReadAsync(quick))[0]);
        }

        // Of 100 MB the slow one gets what fits into its queue, 8 MB, and into the system's buffers; then it goes on.
        var got = 0;
        while ((await ReadAsync(slow))[0] == $"{got}" && ++got < 500)
        {
            if (got == 40)
                Send("end", "");
        }

        Assert.InRange(got, 40, 200);
        Assert.Equal(1, _log.DropCount);
    }

    [Fact]
    public async Task A_subscriber_comes_and_goes_as_it_likes()
    {
        for (var i = 0; i < 30; i++)
        {
            using var client = await ZmtpClient.ConnectAsync(_pub.Address, "SUB");
            await client.SubscribeAsync("");
            Send("topic", $"{i}");
            Assert.Equal(["topic", $"{i}"], await ReadAsync(client));
        }

        while (_pub.PeerCount > 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Send("topic", "nobody");
    }

    [Fact]
    public async Task Too_many_or_too_long_subscriptions_end_the_connection()
    {
        using var many = await ZmtpClient.ConnectAsync(_pub.Address, "SUB");
        for (var i = 0; i < 257; i++)
            await many.CommandAsync("SUBSCRIBE", BitConverter.GetBytes(i));
        using var lengthy = await ZmtpClient.ConnectAsync(_pub.Address, "SUB");
        await lengthy.CommandAsync("SUBSCRIBE", new byte[1025]);

        await many.AssertClosedAsync();
        await lengthy.AssertClosedAsync();
    }

    [Fact]
    public async Task Other_messages_of_a_subscriber_are_nothing()
    {
        using var client = await ZmtpClient.ConnectAsync(_pub.Address, "XSUB");
        await client.SendAsync([]);
        await client.SendAsync([2, 3]);
        await client.SendAsync([1], [1]);
        await client.SubscribeAsync("a");
        Send("b", "not for you");
        Send("a", "for you");

        Assert.Equal(["a", "for you"], await ReadAsync(client));
    }

    private static async Task CancelAsync(ZmtpClient client, string prefix, bool byMessage)
    {
        if (byMessage)
            await client.SendAsync([0, .. Encoding.ASCII.GetBytes(prefix)]);
        else
            await client.CommandAsync("CANCEL", Encoding.ASCII.GetBytes(prefix));
        await client.SynchronizeAsync();
    }

    private void Send(string topic, string body) => _pub.Send([Encoding.ASCII.GetBytes(topic), Encoding.ASCII.GetBytes(body)]);

    private static async Task<string[]> ReadAsync(ZmtpClient client) => [.. (await client.ReceiveAsync())!.Select(Encoding.ASCII.GetString)];
}
