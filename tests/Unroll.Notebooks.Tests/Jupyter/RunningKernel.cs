using System.Net;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Server;

namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>A kernel on free ports of this machine, around the fake engine.</summary>
internal sealed class RunningKernel : IAsyncDisposable
{
    public const string Key = "a key that nobody knows";

    private readonly CancellationTokenSource _end = new();
    private readonly LogBook _book = new();
    private readonly KernelServer _server;

    public RunningKernel(string key = Key, string? socketPath = null)
    {
        Log = new KernelLog(_book);
        _server = new KernelServer(
            socketPath is null
                ? new ConnectionFile(IPAddress.Loopback, 0, 0, 0, 0, 0, key)
                : new ConnectionFile(IPAddress.None, 1, 2, 3, 4, 5, key, socketPath),
            Engine,
            Log);
        End = _server.RunAsync(_end.Token);
    }

    public FakeEngine Engine { get; } = new();

    public KernelLog Log { get; }

    /// <summary>What was logged so far.</summary>
    public string LogText => _book.Text;

    /// <summary>Ends with whether a restart was asked for.</summary>
    public Task<bool> End { get; }

    public ConnectionFile Connection => _server.Connection;

    public long ReceivingBytes => _server.ReceivingBytes;

    public int PeerCount => _server.PeerCount;

    public Task<JupyterClient> ConnectAsync(byte minor = 1) => JupyterClient.ConnectAsync(Connection, minor);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await End;
        await _server.DisposeAsync();
        _end.Dispose();
        Engine.Dispose();
        await _book.DisposeAsync();
    }
}
