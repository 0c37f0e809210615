using System.Net;
using Unroll.Notebooks.Jupyter.Log;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>REP as a heartbeat: every message goes back as it came, envelope and all.</summary>
internal sealed class EchoSocket(EndPoint address, ZmtpLimits limits, KernelLog log, KnownHosts? hosts = null) : ZmtpSocket(address, limits, log, hosts)
{
    /// <inheritdoc/>
    protected override string Pattern => "REP";

    /// <inheritdoc/>
    protected override string[] Partners { get; } = ["REQ", "DEALER"];

    /// <inheritdoc/>
    protected override void Connected(ZmtpPeer peer)
    {
    }

    /// <inheritdoc/>
    protected override void Disconnected(ZmtpPeer peer)
    {
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ZmtpPeer peer, byte[][] message, CancellationToken cancellation)
    {
        if (!peer.TrySend(message))
            Log.Drop("REP: a heartbeat of a peer that does not read was dropped");
        return ValueTask.CompletedTask;
    }
}
