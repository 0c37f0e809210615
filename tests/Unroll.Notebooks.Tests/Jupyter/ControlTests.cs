using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Server;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class ControlTests
{
    [Fact]
    public async Task Control_answers_while_a_cell_runs()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        var id = await client.SendCodeAsync("print begun\nwait");
        while ((await client.ReceiveAsync(client.Iopub)).Type != "stream")
        {
            // Until the cell runs.
        }

        var (info, published) = await client.AskAsync(client.Control, "kernel_info_request", new { });
        var (interrupted, _) = await client.AskAsync(client.Control, "interrupt_request", new { });
        var reply = await client.ReceiveAsync(client.Shell);
        var (after, _) = await client.RunAsync("print after");

        Assert.Equal("kernel_info_reply", info.Type);
        Assert.Equal(["busy", "idle"], published.Select(message => message.Summary));
        Assert.Equal(("interrupt_reply", "ok"), (interrupted.Type, interrupted.Text("status")));
        Assert.Equal((id, "error"), (reply.ParentId, reply.Text("status")));
        Assert.Equal("ok", after.Text("status"));
    }

    [Fact]
    public async Task Control_runs_no_cells()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();

        var id = await client.SendAsync(client.Control, "execute_request", new { code = "print x" });
        await client.UntilIdleAsync(id);

        Assert.Empty(kernel.Engine.Ran);
    }

    [Theory]
    [InlineData("control", true)]
    [InlineData("control", false)]
    [InlineData("shell", false)]
    public async Task Shutdown_is_answered_told_to_all_and_done(string channel, bool restart)
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        using var other = await kernel.ConnectAsync();

        var (reply, _) = await client.AskAsync(channel == "shell" ? client.Shell : client.Control, "shutdown_request", new { restart });
        var told = await other.UntilIdleAsync(reply.ParentId!);

        Assert.Equal(("shutdown_reply", "ok", restart), (reply.Type, reply.Text("status"), reply.Content.GetProperty("restart").GetBoolean()));
        Assert.Equal(["busy", "shutdown_reply", "idle"], told.Select(message => message.Summary));
        Assert.Equal(restart, await kernel.End.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Shutdown_ends_a_cell_that_runs()
    {
        await using var kernel = new RunningKernel();
        using var client = await kernel.ConnectAsync();
        await client.SendCodeAsync("print begun\nwait");
        while ((await client.ReceiveAsync(client.Iopub)).Type != "stream")
        {
            // Until the cell runs.
        }

        await client.SendAsync(client.Control, "shutdown_request", new { restart = false });

        Assert.Equal("shutdown_reply", (await client.ReceiveAsync(client.Control)).Type);
        Assert.Equal("error", (await client.ReceiveAsync(client.Shell)).Text("status"));
        Assert.False(await kernel.End.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_kernel_comes_back_on_the_same_ports()
    {
        ConnectionFile connection;
        await using (var first = new RunningKernel())
        {
            connection = first.Connection;
            using var client = await first.ConnectAsync();
            await client.AskAsync(client.Control, "shutdown_request", new { restart = true });
        }

        using var engine = new FakeEngine();
        using var end = new CancellationTokenSource();
        await using var second = new KernelServer(connection, engine, new KernelLog(TextWriter.Null));
        var run = second.RunAsync(end.Token);
        using var again = await JupyterClient.ConnectAsync(connection);
        var (reply, _) = await again.RunAsync("print again");
        await end.CancelAsync();
        await run;

        Assert.Equal(1, reply.Content.GetProperty("execution_count").GetInt32());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var kernel = new RunningKernel();
        using var engine = new FakeEngine();

        var error = Assert.Throws<BadConnectionFileException>(
            () => new KernelServer(kernel.Connection, engine, new KernelLog(TextWriter.Null)));

        Assert.Contains($"127.0.0.1:{kernel.Connection.HeartbeatPort} (hb_port)", error.Message);
    }
}
