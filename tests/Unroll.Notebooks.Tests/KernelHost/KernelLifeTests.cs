using System.Diagnostics;
using System.Globalization;
using Unroll.Notebooks.Tests.Jupyter;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.KernelHost;

/// <summary>However a kernel ends, nothing of it stays.</summary>
public sealed class KernelLifeTests
{
    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("KILL", 137)]
    public async Task A_signal_ends_the_kernel_and_its_session(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends Unix signals");
        await using var kernel = new KernelProcess();
        using var client = await kernel.ConnectAsync();
        var session = await SessionOfAsync(client, busy: true);

        await Processes.SignalAsync(signal, kernel.Id);

        Assert.Equal(exitCode, (await kernel.EndAsync()).ExitCode);
        Assert.True(await Processes.EndsAsync(session), "the session's process is still there");
    }

    [Fact]
    public async Task A_shutdown_while_a_cell_runs_ends_both()
    {
        await using var kernel = new KernelProcess();
        using var client = await kernel.ConnectAsync();
        var session = await SessionOfAsync(client, busy: true);

        await client.SendAsync(client.Control, "shutdown_request", new { restart = false });
        var reply = await client.ReceiveAsync(client.Control);

        Assert.Equal(("shutdown_reply", "ok"), (reply.Type, reply.Text("status")));
        Assert.Equal(0, (await kernel.EndAsync()).ExitCode);
        Assert.True(await Processes.EndsAsync(session), "the session's process is still there");
    }

    [Fact]
    public async Task A_kernel_whose_front_end_is_gone_goes_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "starts a Unix program to be the front end");
        using var frontEnd = Process.Start("sleep", "1000");
        await using var kernel = new KernelProcess(parent: frontEnd.Id);
        using var client = await kernel.ConnectAsync();
        var session = await SessionOfAsync(client, busy: false);

        frontEnd.Kill();

        Assert.Equal(0, (await kernel.EndAsync()).ExitCode);
        Assert.True(await Processes.EndsAsync(session), "the session's process is still there");
    }

    /// <summary>The id of the process that runs the cells; afterwards one of them runs without end, or none does.</summary>
    private static async Task<int> SessionOfAsync(JupyterClient client, bool busy)
    {
        var (_, published) = await client.RunAsync("Environment.ProcessId");
        if (busy)
        {
            await client.SendCodeAsync("Console.WriteLine(\"begun\");\nwhile (true) { }");
            while ((await client.ReceiveAsync(client.Iopub)).Type != "stream")
            {
                // Until the cell runs.
            }
        }

        return int.Parse(published.Single(message => message.Type == "execute_result").Plain!, CultureInfo.InvariantCulture);
    }
}
