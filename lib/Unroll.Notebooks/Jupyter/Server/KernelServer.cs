using System.Net;
using System.Net.Sockets;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>A Jupyter kernel around an engine: its five sockets, and who serves what. The engine stays its owner's.</summary>
internal sealed class KernelServer : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    private readonly List<ZmtpSocket> _sockets = [];
    private readonly IopubPublisher _iopub;
    private readonly InputChannel _input;
    private readonly RequestChannel _shell;
    private readonly RequestChannel _control;
    private readonly LifeHandlers _life;

    /// <summary>Binds the sockets that <paramref name="connection"/> names; they take connections when the server runs.</summary>
    /// <exception cref="BadConnectionFileException">One of the ports cannot be bound.</exception>
    public KernelServer(ConnectionFile connection, IKernelEngine engine, KernelLog log)
    {
        T Bind<T>(string name, int port, Func<EndPoint, T> create, Func<T, ZmtpSocket> socketOf)
        {
            try
            {
                var bound = create(connection.At(port));
                _sockets.Add(socketOf(bound));
                return bound;
            }
            catch (SocketException error)
            {
                foreach (var socket in _sockets)
                    _ = socket.DisposeAsync().AsTask();
                throw new BadConnectionFileException($"The kernel cannot listen on {connection.At(port)} ({name}_port): {error.Message}.");
            }
        }

        var codec = new MessageCodec(connection.Key);
        var hosts = new KnownHosts();
        var heartbeat = Bind("hb", connection.HeartbeatPort, at => new EchoSocket(at, ZmtpLimits.Heartbeats, log, hosts), each => each);
        var pub = Bind("iopub", connection.IopubPort, at => new PubSocket(at, ZmtpLimits.Subscribers, log, hosts), each => each);
        _iopub = new IopubPublisher(pub, codec);
        _input = Bind("stdin", connection.StdinPort, at => new InputChannel(at, codec, log, hosts), each => each.Socket);

        var interruption = new Interruption();
        var history = new SessionHistory();
        var info = new InfoHandlers(engine.Description, history, _iopub);
        var code = new CodeHandlers(engine, interruption);
        var execute = new ExecuteHandler(engine, _iopub, _input, history, interruption);
        _life = new LifeHandlers(engine, interruption, _iopub);
        var onControl = new Dictionary<string, Handler>(StringComparer.Ordinal)
        {
            ["kernel_info_request"] = info.KernelInfoAsync,
            ["history_request"] = info.HistoryAsync,
            ["comm_info_request"] = InfoHandlers.CommInfoAsync,
            ["comm_open"] = info.CommOpenAsync,
            ["comm_msg"] = InfoHandlers.IgnoreAsync,
            ["comm_close"] = InfoHandlers.IgnoreAsync,
            ["is_complete_request"] = code.IsCompleteAsync,
            ["interrupt_request"] = _life.InterruptAsync,
            ["shutdown_request"] = _life.ShutdownAsync,
        };
        var onShell = new Dictionary<string, Handler>(onControl, StringComparer.Ordinal)
        {
            ["execute_request"] = execute.ExecuteAsync,
            ["complete_request"] = code.CompleteAsync,
            ["inspect_request"] = code.InspectAsync,
        };
        RequestChannel BindChannel(string name, int port, Dictionary<string, Handler> handlers) =>
            Bind(name, port, at => new RequestChannel(name, at, codec, _iopub, log, hosts, handlers), each => each.Socket);
        _shell = BindChannel("shell", connection.ShellPort, onShell);
        _control = BindChannel("control", connection.ControlPort, onControl);
        Connection = connection with
        {
            ShellPort = _shell.Socket.Port ?? connection.ShellPort,
            ControlPort = _control.Socket.Port ?? connection.ControlPort,
            StdinPort = _input.Socket.Port ?? connection.StdinPort,
            IopubPort = pub.Port ?? connection.IopubPort,
            HeartbeatPort = heartbeat.Port ?? connection.HeartbeatPort,
        };
    }

    /// <summary>Where it listens, with the ports that were taken where the connection file left them open.</summary>
    public ConnectionFile Connection { get; }

    /// <summary>The bytes of messages that are being received, over all sockets.</summary>
    public long ReceivingBytes => _sockets.Sum(socket => socket.ReceivingBytes);

    /// <summary>How many connections there are, over all sockets.</summary>
    public int PeerCount => _sockets.Sum(socket => socket.PeerCount);

    /// <summary>Serves front ends until one of them shuts the kernel down, or <paramref name="cancellation"/> comes.</summary>
    /// <returns>Whether the kernel is to be started again.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        foreach (var socket in _sockets)
            socket.Start();
        _iopub.Publish("status", new StatusContent("starting"), parent: null);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var loops = new[] { _shell, _control }
            .Select(channel => Task.Run(() => channel.ServeAsync(ending.Token), CancellationToken.None))
            .ToArray();
        await Task.WhenAny(loops).ConfigureAwait(false);

        // The cell that still runs gets a moment to end, and all that was said gets a moment to arrive.
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(loops).WaitAsync(EndTimeout, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _iopub.Dispose();
        await Task.WhenAll(_sockets.Select(socket => socket.FlushAsync(FlushTimeout))).ConfigureAwait(false);
        return _life.IsRestart;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _iopub.Dispose();
        await _shell.DisposeAsync().ConfigureAwait(false);
        await _control.DisposeAsync().ConfigureAwait(false);
        await _input.DisposeAsync().ConfigureAwait(false);
        foreach (var socket in _sockets)
            await socket.DisposeAsync().ConfigureAwait(false);
    }
}
