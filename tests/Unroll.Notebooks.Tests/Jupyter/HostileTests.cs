using System.Diagnostics;
using System.Security.Cryptography;
using Unroll.Notebooks.Jupyter.Protocol;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>Ten thousand of everything that no front end sends: afterwards the kernel answers, and is no larger.</summary>
[Collection(nameof(AloneCollection))]
public sealed class HostileTests
{
    private const long MemoryBound = 16 * 1024 * 1024;

    [Fact]
    public async Task Ten_thousand_broken_messages_change_nothing()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.RunAsync("print warm");
        var random = new Random(20_261);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 10_000; i++)
            await client.Shell.SendAsync(Broken(random, i));
        await client.Shell.SynchronizeAsync();
        var (reply, _) = await client.RunAsync("print still here");

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(2, kernel.Engine.Ran.Count);
        Assert.Equal(10_000, kernel.Log.DropCount);
        Assert.InRange(kernel.LogText.Length, 100, 20_000);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < MemoryBound);
        Assert.Equal(0, kernel.ReceivingBytes);
    }

    [Fact]
    public async Task Ten_thousand_broken_connections_change_nothing()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.RunAsync("print warm");
        var peers = kernel.PeerCount;
        var random = new Random(20_262);
        var ports = Ports(kernel.Connection);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 10_000; i++)
            await BreakAsync(JupyterClient.At(ports[i % ports.Length]), random, i);
        var (reply, _) = await client.RunAsync("print still here");
        using var newcomer = await kernel.ConnectAsync();
        var (second, _) = await newcomer.RunAsync("print new here");
        newcomer.Dispose();

        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal("ok", second.Text("status"));
        var patience = Environment.TickCount64 + 10_000;
        while ((kernel.PeerCount > peers || kernel.ReceivingBytes > 0) && Environment.TickCount64 < patience)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(peers, kernel.PeerCount);
        Assert.Equal(0, kernel.ReceivingBytes);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < MemoryBound);
    }

    [Fact]
    public async Task Signed_requests_that_say_nonsense_all_get_their_answer()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        string[] types = ["execute", "complete", "inspect", "history", "is_complete", "comm_info", "shutdown"];
        string[] contents =
        [
            "null", "[]", "7", "\"x\"", "{", "", "\u0000", new string('[', 10_000),
            """{"code":[],"target_name":[],"hist_access_type":[],"restart":"maybe"}""",
        ];
        var asked = 0;

        foreach (var type in types)
        {
            foreach (var content in contents)
            {
                await client.SendAsync(client.Shell, $"{type}_request", content);
                var reply = await client.ReceiveAsync(client.Shell);
                Assert.Equal(($"{type}_reply", "error"), (reply.Type, reply.Text("status")));
                asked++;
            }
        }

        Assert.Equal(63, asked);
        Assert.Equal("ok", (await client.RunAsync("print still here")).Reply.Text("status"));
    }

    [Fact]
    public async Task Waiting_requests_have_only_so_much_room_and_none_is_lost()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.SendCodeAsync("print begun\nhold");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // 180 MB of requests behind a cell that runs: 64 MB may wait in the kernel, the rest waits on its way.
        var code = "print " + new string('x', 1_000_000);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 180; i++)
                await client.SendAsync(client.Shell, "execute_request", new { code, silent = true });
        }, TestContext.Current.CancellationToken);

        // Until the kernel takes no more.
        var held = 0L;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            var now = GC.GetTotalMemory(forceFullCollection: true) - before;
            var isFull = now >= 32_000_000 && now <= held + 1_000_000;
            held = Math.Max(held, now);
            if (isFull)
                break;
        }

        kernel.Engine.LetGo();
        for (var i = 0; i < 181; i++)
            Assert.Equal("ok", (await client.ReceiveAsync(client.Shell)).Text("status"));
        await sending;

        // The queue's 64 MB, and what the test itself holds of the message under way.
        Assert.InRange(held, 32_000_000, 120_000_000);
        Assert.Equal(181, kernel.Engine.Ran.Count);
    }

    [Fact]
    public async Task Twenty_front_ends_work_at_once()
    {
        await using var kernel = new RunningKernel();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            using var client = await kernel.ConnectAsync(minor: (byte)(number % 2));
            for (var i = 0; i < 10; i++)
            {
                var (reply, published) = await client.RunAsync($"print {number} {i}");
                Assert.Equal("ok", reply.Text("status"));
                Assert.Equal($"{number} {i}\n", published.Single(message => message.Type == "stream").Text("text"));
            }
        }));

        Assert.Equal(200, kernel.Engine.Ran.Count);
    }

    /// <summary>A message that is nearly right in one of several ways, or not at all.</summary>
    private static byte[][] Broken(Random random, int i)
    {
        var message = JupyterMessage.Write(RunningKernel.Key, $"{i}", "execute_request", """{"code":"print bad"}""");
        switch (i % 5)
        {
            case 0:
                return [Noise(random, 300), Noise(random, 3000)];
            case 1:
                return message[..random.Next(1, message.Length)];
            case 2:
                message[1] = System.Text.Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(64, lowercase: true));
                return message;
            case 3:
                message[random.Next(2, 6)] = Noise(random, 200);
                return message;
            default:
                return [message[0], message[1], .. Enumerable.Repeat(Noise(random, 50), 20)];
        }
    }

    /// <summary>A connection that goes wrong at one of its stages, and is left open or closed.</summary>
    private static async Task BreakAsync(System.Net.IPEndPoint address, Random random, int i)
    {
        using var client = await ZmtpClient.OpenAsync(address);
        try
        {
            switch (i % 4)
            {
                case 0:
                    await client.WriteAsync(Noise(random, 200));
                    break;
                case 1:
                    await client.WriteAsync(ZmtpClient.Greeting()[..random.Next(64)]);
                    break;
                case 2:
                    await client.WriteAsync([.. ZmtpClient.Greeting(), .. Noise(random, 200)]);
                    break;
                default:
                    // A length of anything up to 2^64, and a little of what it announces.
                    var type = (i / 4 % 2) == 0 ? "DEALER" : "SUB";
                    var ready = ZmtpClient.Frame(4, [5, .. "READY"u8, .. ZmtpClient.Property("Socket-Type", type)]);
                    await client.WriteAsync([.. ZmtpClient.Greeting(), .. ready, (byte)random.Next(8), .. Noise(random, 100)]);
                    break;
            }
        }
        catch (IOException)
        {
            // The kernel was quicker to leave.
        }
    }

    private static byte[] Noise(Random random, int most)
    {
        var noise = new byte[random.Next(1, most)];
        random.NextBytes(noise);
        return noise;
    }

    private static int[] Ports(ConnectionFile connection) =>
        [connection.ShellPort, connection.ControlPort, connection.StdinPort, connection.IopubPort, connection.HeartbeatPort];
}
