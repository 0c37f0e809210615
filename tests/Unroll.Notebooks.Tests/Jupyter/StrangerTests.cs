using System.Diagnostics;
using System.Net;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>Peers that can reach the ports and do not know the key: they keep nobody out, and take little memory.</summary>
[Collection(nameof(AloneCollection))]
public sealed class StrangerTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_crowd_on_every_socket_keeps_no_front_end_out_and_ends_none_that_signed()
    {
        await using var kernel = new RunningKernel();
        using var before = await kernel.ConnectAsync();
        await before.RunAsync("print before");
        await before.AskAsync(before.Control, "kernel_info_request", new { });
        var crowd = new List<ZmtpClient>();
        foreach (var (port, type) in Sockets(kernel))
        {
            for (var i = 0; i < 560; i++)
                crowd.Add(await ZmtpClient.ConnectAsync(JupyterClient.At(port), type));
        }

        using var newcomer = await kernel.ConnectAsync();
        var (reply, published) = await newcomer.RunAsync("print new");
        var (control, _) = await newcomer.AskAsync(newcomer.Control, "kernel_info_request", new { });
        using var heart = await ZmtpClient.ConnectAsync(JupyterClient.At(kernel.Connection.HeartbeatPort), "REQ");
        await heart.SendAsync([], [1]);
        await before.SendCodeAsync("print still");

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal("ok", control.Text("status"));
        Assert.Equal("new\n", published.Single(message => message.Type == "stream").Text("text"));
        Assert.Equal([[], [1]], await heart.ReceiveAsync());
        Assert.Equal("ok", (await before.ReceiveAsync(before.Shell)).Text("status"));
        Assert.InRange(kernel.PeerCount, 1, 5 * ZmtpLimits.Requests.Peers);
        crowd.ForEach(each => each.Dispose());
    }

    [Fact]
    public async Task Half_messages_take_little_and_it_is_given_back()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.RunAsync("print warm");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var piece = new byte[Megabyte];
        var halves = new List<ZmtpClient>();

        // 40 on each socket that takes requests: each announces 60 MB, and sends what it is let send.
        foreach (var port in new[] { kernel.Connection.ShellPort, kernel.Connection.ControlPort, kernel.Connection.StdinPort })
        {
            for (var i = 0; i < 40; i++)
                halves.Add(await BeginAsync(port, 60 * Megabyte, piece));
            for (var i = 0; i < 40; i++)
                halves.Add(await BeginAsync(port, 60_000, piece.AsMemory(0, 59_000)));
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var receiving = kernel.ReceivingBytes;
        var (reply, _) = await client.RunAsync("print still here");
        halves.ForEach(each => each.Dispose());

        Assert.Equal("ok", reply.Text("status"));
        Assert.InRange(receiving, 0, 16 * Megabyte);
        Assert.InRange(held, long.MinValue, 24 * Megabyte);
        await UntilAsync(() => kernel.ReceivingBytes == 0);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 8 * Megabyte);
    }

    [Fact]
    public async Task A_stranger_may_say_little_and_whoever_signed_may_say_much()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        using var stranger = await BeginAsync(kernel.Connection.ShellPort, ZmtpLimits.Requests.StrangerMessageBytes + 1, default);
        await stranger.AssertClosedAsync();
        await client.RunAsync("print a small one first");

        var (reply, _) = await client.RunAsync($"print {new string('x', 2_000_000)}");

        Assert.Equal("ok", reply.Text("status"));
        await UntilAsync(() => kernel.LogText.Contains("where at most 131072 are taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_to_a_question_of_the_kernel_may_be_long_at_once()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.SendCodeAsync("ask name?");
        var question = await client.ReceiveAsync(client.Stdin);
        Assert.Equal("input_request", question.Type);

        await client.SendAsync(client.Stdin, "input_reply", new { value = new string('x', 500_000), status = "ok" });

        Assert.Equal("ok", (await client.ReceiveAsync(client.Shell)).Text("status"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_stranger_makes_the_kernel_say_and_does_not_read_is_not_kept(bool pings)
    {
        await using var kernel = new RunningKernel();
        var crowd = new List<ZmtpClient>();
        var said = Enumerable.Repeat(pings ? ZmtpClient.Frame(4, [4, .. "PING"u8, 0, 0, .. new byte[16]]) : ZmtpClient.Frame(0, new byte[4000]), pings ? 2000 : 200).SelectMany(each => each).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 100; i++)
        {
            crowd.Add(await ZmtpClient.ConnectAsync(JupyterClient.At(kernel.Connection.HeartbeatPort), "DEALER"));
            await crowd[i].WriteAsync(said);
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 24 * Megabyte);
        using var heart = await ZmtpClient.ConnectAsync(JupyterClient.At(kernel.Connection.HeartbeatPort), "REQ");
        await heart.SendAsync([], [1]);
        Assert.Equal([[], [1]], await heart.ReceiveAsync());
        crowd.ForEach(each => each.Dispose());
    }

    [Fact]
    public async Task Commands_inside_a_message_that_does_not_end_take_no_room_from_others()
    {
        await using var kernel = new RunningKernel();
        using var client = await ZmtpClient.ConnectAsync(JupyterClient.At(kernel.Connection.ShellPort), "DEALER");
        await client.WriteAsync(ZmtpClient.Frame(1, [1, 2, 3]));
        for (var i = 0; i < 100; i++)
            await client.CommandAsync("UNHEARD", new byte[4000]);
        await client.SynchronizeAsync();

        Assert.InRange(kernel.ReceivingBytes, 3, 1000);
    }

    [Fact]
    public void Room_is_made_by_strangers_of_other_machines_first_then_by_the_oldest_and_never_by_who_signed()
    {
        var hosts = new KnownHosts();
        var places = new Places(4, hosts);
        var here = IPAddress.Loopback;
        var there = IPAddress.Parse("192.0.2.7");
        var peers = new[] { here, here, there, here, here, here, here }.Select(address => Peer(address, hosts)).ToList();
        peers[0].Prove();
        peers.Take(4).ToList().ForEach(peer => places.Add(peer, Task.CompletedTask));

        places.Add(peers[4], Task.CompletedTask);
        Assert.Equal([peers[0], peers[1], peers[3], peers[4]], Now());
        places.Add(peers[5], Task.CompletedTask);
        Assert.Equal([peers[0], peers[3], peers[4], peers[5]], Now());
        peers.ForEach(peer => peer.Prove());
        Assert.Throws<ZmtpException>(() => places.Add(peers[6], Task.CompletedTask));
        places.Remove(peers[3]);
        places.Add(peers[6], Task.CompletedTask);
        Assert.Equal([peers[0], peers[4], peers[5], peers[6]], Now());

        IEnumerable<ZmtpPeer> Now() => places.All().Select(each => each.Peer).OrderBy(peers.IndexOf);
    }

    private static ZmtpPeer Peer(IPAddress address, KnownHosts hosts)
    {
        var limits = ZmtpLimits.Requests;
        var reader = new FrameReader(Stream.Null, limits, new ReceiveBudget(limits.ReceivingBytes));
        var writer = new FrameWriter(Stream.Null, limits.SendTimeout, CancellationToken.None);
        return new ZmtpPeer([], address, reader, writer, limits, hosts, new CancellationTokenSource());
    }

    private static IEnumerable<(int Port, string Type)> Sockets(RunningKernel kernel) =>
    [
        (kernel.Connection.ShellPort, "DEALER"), (kernel.Connection.ControlPort, "DEALER"), (kernel.Connection.StdinPort, "DEALER"),
        (kernel.Connection.IopubPort, "SUB"), (kernel.Connection.HeartbeatPort, "REQ"),
    ];

    /// <summary>A connection that announces a message of <paramref name="length"/> and sends some of it.</summary>
    private static async Task<ZmtpClient> BeginAsync(int port, int length, ReadOnlyMemory<byte> some)
    {
        var client = await ZmtpClient.ConnectAsync(JupyterClient.At(port), "DEALER");
        try
        {
            var head = new byte[8];
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(head, length);
            await client.WriteAsync([2, .. head]);
            await client.Stream.WriteAsync(some, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It was left before all was sent.
        }

        return client;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var patience = Environment.TickCount64 + 15_000; !condition() && Environment.TickCount64 < patience;)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
