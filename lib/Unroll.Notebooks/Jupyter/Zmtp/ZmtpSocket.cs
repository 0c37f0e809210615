using System.Net;
using System.Net.Sockets;
using Unroll.Notebooks.Jupyter.Log;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// A bound socket: accepts connections, shakes hands, and gives what peers send to the pattern that derives from it.
/// Whatever a peer does ends its own connection at most.
/// </summary>
internal abstract class ZmtpSocket : IAsyncDisposable
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(2);

    private readonly KernelLog _log;
    private readonly ZmtpLimits _limits;
    private readonly ReceiveBudget _budget;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _closing = new();
    private readonly PendingHandshakes _handshakes;
    private readonly KnownHosts _hosts;
    private readonly Places _places;
    private Task _accepting = Task.CompletedTask;
    private uint _unnamed;

    /// <summary>Binds to <paramref name="address"/>; port 0 takes a free one, and the file of a Unix socket is made anew.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    protected ZmtpSocket(EndPoint address, ZmtpLimits limits, KernelLog log, KnownHosts? hosts)
    {
        _hosts = hosts ?? new KnownHosts();
        _places = new Places(limits.Peers, _hosts);
        _log = log;
        _limits = limits;
        _budget = new ReceiveBudget(limits.ReceivingBytes);
        _handshakes = new PendingHandshakes(limits.Handshakes, limits.HandshakeTimeout, _closing.Token);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, address is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            // A kernel that was killed leaves its file, and the next one has the same name.
            if (address is UnixDomainSocketEndPoint file)
                File.Delete(file.ToString());
            _listener.Bind(address);
            _listener.Listen();
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public EndPoint Address => _listener.LocalEndPoint!;

    /// <summary>The port that it took, or null where it listens on a Unix socket.</summary>
    public int? Port => (Address as IPEndPoint)?.Port;

    /// <summary>How many connections there are after their handshake.</summary>
    public int PeerCount => _places.Count;

    /// <summary>What waits for room or for its end in messages that are being received.</summary>
    public long ReceivingBytes => _budget.Used;

    /// <summary>The limits it keeps to.</summary>
    protected ZmtpLimits Limits => _limits;

    /// <summary>Where it tells what it dropped.</summary>
    protected KernelLog Log => _log;

    /// <summary>The name of the pattern.</summary>
    protected abstract string Pattern { get; }

    /// <summary>The patterns it talks to.</summary>
    protected abstract string[] Partners { get; }

    /// <summary>Takes connections from now on.</summary>
    public void Start() => _accepting = Task.Run(AcceptAsync);

    /// <summary>Sends what waits for peers, for <paramref name="limit"/> at most.</summary>
    public async Task FlushAsync(TimeSpan limit)
    {
        var peers = _places.All();
        foreach (var (peer, _) in peers)
            peer.Finish();
        await Task.WhenAll(peers.Select(each => each.Done)).WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_places.All().Select(each => each.Done)).WaitAsync(EndTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        GC.SuppressFinalize(this);
    }

    /// <summary>A peer is there.</summary>
    protected abstract void Connected(ZmtpPeer peer);

    /// <summary>A peer is gone.</summary>
    protected abstract void Disconnected(ZmtpPeer peer);

    /// <summary>A peer sent a message; it is not read from again before this is done.</summary>
    protected abstract ValueTask ReceiveAsync(ZmtpPeer peer, byte[][] message, CancellationToken cancellation);

    /// <summary>A peer sent a command of its pattern; unknown ones are nothing to us.</summary>
    protected virtual void Obey(ZmtpPeer peer, Command command)
    {
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var connection = await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false);

                // Begun in the order of the connections, or a newcomer could be taken for the oldest.
                var handshake = _handshakes.Begin();
                _ = Task.Run(() => ServeAsync(connection, handshake));
            }
            catch (SocketException error) when (!_closing.IsCancellationRequested)
            {
                // The peer gave up in between, or we are out of handles for a moment.
                _log.Drop($"{Pattern}: a connection could not be taken: {error.SocketErrorCode}");
                await Task.Delay(AcceptPause).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket connection, CancellationTokenSource handshake)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        using var owned = connection;
        try
        {
            Prepare(connection);
            using var stream = new NetworkStream(connection, ownsSocket: true);
            using var writer = new FrameWriter(stream, _limits.SendTimeout, closing.Token);
            var reader = new FrameReader(stream, _limits, _budget);
            var metadata = await ShakeHandsAsync(stream, reader, writer, handshake).ConfigureAwait(false);
            var identity = metadata.Identity is [] ? NextIdentity() : metadata.Identity;

            // Who reaches a Unix socket is on this machine, and may open the file.
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.Loopback;
            await ServeAsync(new ZmtpPeer(identity, address, reader, writer, _limits, _hosts, closing)).ConfigureAwait(false);
        }
        catch (ZmtpException error)
        {
            _log.Drop($"{Pattern}: a connection was dropped: {error.Message}");
        }
        catch (Exception error)
            when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer went, was too slow, or we are closing.
        }
        catch (Exception error)
        {
            _log.Drop($"{Pattern}: a connection was dropped: {error}");
        }
        finally
        {
            _handshakes.End(handshake);
        }
    }

    private async Task ServeAsync(ZmtpPeer peer)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _places.Add(peer, done.Task);
        try
        {
            Connected(peer);
            await peer.RunAsync(
                (message, cancellation) => ReceiveAsync(peer, message, cancellation),
                command => Obey(peer, command)).ConfigureAwait(false);
        }
        finally
        {
            Disconnected(peer);
            _places.Remove(peer);
            done.SetResult();
        }
    }

    private async Task<PeerMetadata> ShakeHandsAsync(
        Stream stream, FrameReader reader, FrameWriter writer, CancellationTokenSource handshake)
    {
        try
        {
            return await Handshake.PerformAsync(reader, writer, stream, Pattern, Partners, handshake.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            throw new ZmtpException("its handshake did not end in time, or too many others had begun");
        }
        finally
        {
            reader.GiveBack();
            _handshakes.End(handshake);
        }
    }

    /// <summary>Names that no peer can choose begin with a zero.</summary>
    private byte[] NextIdentity() => [0, .. BitConverter.GetBytes(Interlocked.Increment(ref _unnamed))];

    private static void Prepare(Socket connection)
    {
        if (connection.AddressFamily == AddressFamily.Unix)
            return;
        connection.NoDelay = true;

        // A peer whose machine is gone says nothing; the system finds out for us.
        connection.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 20);
    }
}
