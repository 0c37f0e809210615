using System.Collections.Concurrent;
using System.Net;
using Unroll.Notebooks.Jupyter.Log;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// PUB: a message goes to every peer that subscribed to a prefix of its first frame. A peer that does not keep up misses
/// messages; nobody waits for it.
/// </summary>
internal sealed class PubSocket(EndPoint address, ZmtpLimits limits, KernelLog log, KnownHosts? hosts = null) : ZmtpSocket(address, limits, log, hosts)
{
    private const byte Unsubscribe = 0;
    private const byte Subscribe = 1;

    private readonly ConcurrentDictionary<ZmtpPeer, Subscriptions> _subscribers = new();

    /// <inheritdoc/>
    protected override string Pattern => "PUB";

    /// <inheritdoc/>
    protected override string[] Partners { get; } = ["SUB", "XSUB"];

    /// <summary>Sends to all who want it.</summary>
    public void Send(byte[][] message)
    {
        foreach (var (peer, subscriptions) in _subscribers)
        {
            if (!subscriptions.Matches(message[0]))
                continue;
            var sent = peer.TrySend(message);
            if (!sent && !peer.IsBehind)
                Log.Drop("PUB: a subscriber does not keep up and misses messages");
            peer.IsBehind = !sent;
        }
    }

    /// <inheritdoc/>
    protected override void Connected(ZmtpPeer peer) => _subscribers[peer] = new Subscriptions(Limits.Subscriptions, Limits.PrefixBytes);

    /// <inheritdoc/>
    protected override void Disconnected(ZmtpPeer peer) => _subscribers.TryRemove(peer, out _);

    /// <summary>Peers of ZMTP 3.0 subscribe by messages.</summary>
    protected override ValueTask ReceiveAsync(ZmtpPeer peer, byte[][] message, CancellationToken cancellation)
    {
        if (message is [[Subscribe, .. var wanted]])
            _subscribers[peer].Add(wanted);
        else if (message is [[Unsubscribe, .. var unwanted]])
            _subscribers[peer].Remove(unwanted);
        return ValueTask.CompletedTask;
    }

    /// <summary>Peers of ZMTP 3.1 subscribe by commands.</summary>
    protected override void Obey(ZmtpPeer peer, Command command)
    {
        if (command.Name is "SUBSCRIBE")
            _subscribers[peer].Add(command.Data.ToArray());
        else if (command.Name is "CANCEL")
            _subscribers[peer].Remove(command.Data.ToArray());
    }
}
