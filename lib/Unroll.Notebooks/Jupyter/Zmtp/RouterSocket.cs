using System.Net;
using System.Text;
using Unroll.Notebooks.Jupyter.Log;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// ROUTER: a message comes with the identity of its peer as first frame, and goes to the peer that its first frame names.
/// </summary>
internal sealed class RouterSocket(
    EndPoint address,
    ZmtpLimits limits,
    KernelLog log,
    Func<ZmtpPeer, byte[][], CancellationToken, ValueTask> receive,
    KnownHosts? hosts = null)
    : ZmtpSocket(address, limits, log, hosts)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ZmtpPeer> _routes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override string Pattern => "ROUTER";

    /// <inheritdoc/>
    protected override string[] Partners { get; } = ["DEALER", "REQ", "ROUTER"];

    /// <summary>Whether somebody with this identity is connected.</summary>
    public bool Knows(byte[] identity)
    {
        lock (_gate)
            return _routes.ContainsKey(Key(identity));
    }

    /// <summary>Sends to the peer that the first frame names; false when it is unknown or does not keep up.</summary>
    public bool TrySend(byte[][] message)
    {
        ZmtpPeer? peer;
        lock (_gate)
            _routes.TryGetValue(Key(message[0]), out peer);

        // We name only peers that a signed message has named: who goes by the name of one belongs to its front end.
        peer?.Prove();
        if (peer is not null && peer.TrySend(message[1..]))
            return true;
        Log.Drop($"ROUTER: a message to a peer that {(peer is null ? "is gone" : "does not read")} was dropped");
        return false;
    }

    /// <inheritdoc/>
    protected override void Connected(ZmtpPeer peer)
    {
        ZmtpPeer? before;
        lock (_gate)
        {
            _routes.TryGetValue(Key(peer.Identity), out before);
            _routes[Key(peer.Identity)] = peer;
        }

        // A peer that reconnects replaces its stale connection.
        before?.Close();
    }

    /// <inheritdoc/>
    protected override void Disconnected(ZmtpPeer peer)
    {
        lock (_gate)
        {
            if (_routes.TryGetValue(Key(peer.Identity), out var current) && current == peer)
                _routes.Remove(Key(peer.Identity));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ZmtpPeer peer, byte[][] message, CancellationToken cancellation) =>
        receive(peer, [peer.Identity, .. message], cancellation);

    private static string Key(byte[] identity) => Encoding.Latin1.GetString(identity);
}
