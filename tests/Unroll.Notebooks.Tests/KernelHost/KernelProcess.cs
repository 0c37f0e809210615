using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Tests.Jupyter;
using Unroll.Notebooks.Tests.Support;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests.KernelHost;

/// <summary>The real kernel, started as a front end starts it: a process, and a connection file.</summary>
public sealed class KernelProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly Process _process;
    private readonly Task<string> _log;

    public KernelProcess()
        : this(parent: null)
    {
    }

    /// <summary>A kernel that a process <paramref name="parent"/> says it has started.</summary>
    internal KernelProcess(int? parent)
    {
        var ports = FreePorts(5);
        Connection = new ConnectionFile(IPAddress.Loopback, ports[0], ports[1], ports[2], ports[3], ports[4], RunningKernel.Key);
        File.WriteAllText(_folder["connection.json"], JsonSerializer.Serialize(new
        {
            transport = "tcp",
            ip = "127.0.0.1",
            key = Connection.Key,
            signature_scheme = "hmac-sha256",
            shell_port = ports[0],
            control_port = ports[1],
            stdin_port = ports[2],
            iopub_port = ports[3],
            hb_port = ports[4],
        }));
        var start = HostCommand.Create(["kernel", "run", _folder["connection.json"]], _folder.Path);
        start.Environment.Remove("JPY_PARENT_PID");
        if (parent is { } id)
            start.Environment["JPY_PARENT_PID"] = FormattableString.Invariant($"{id}");
        _process = Process.Start(start)!;
        _log = _process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public int Id => _process.Id;

    internal ConnectionFile Connection { get; }

    /// <summary>Waits for the kernel's end; its exit code, and what it logged.</summary>
    public async Task<(int ExitCode, string Log)> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(StartTimeout);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _log);
    }

    /// <summary>Connects once the kernel listens.</summary>
    internal async Task<JupyterClient> ConnectAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await JupyterClient.ConnectAsync(Connection);
            }
            catch (SocketException) when (watch.Elapsed < StartTimeout && !_process.HasExited)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Dispose();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
