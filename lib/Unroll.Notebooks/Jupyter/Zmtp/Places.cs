namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// The connections of a socket after their handshake. Their number is limited; when all places are taken, a stranger makes
/// room for the newest, so that no crowd keeps a front end out: one from a machine where nobody knows the key, and of those
/// the one that came first.
/// </summary>
internal sealed class Places(int limit, KnownHosts hosts)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ZmtpPeer, (long Order, Task Done)> _peers = [];
    private long _order;

    /// <summary>How many are taken.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _peers.Count;
        }
    }

    /// <summary>Gives <paramref name="peer"/> a place until <see cref="Remove"/>; <paramref name="done"/> ends with its connection.</summary>
    /// <exception cref="ZmtpException">All places belong to peers that have proven themselves.</exception>
    public void Add(ZmtpPeer peer, Task done)
    {
        ZmtpPeer? leaving = null;
        lock (_gate)
        {
            if (_peers.Count >= limit)
            {
                leaving = Stranger() ?? throw new ZmtpException($"there are {limit} connections already");
                _peers.Remove(leaving);
            }

            _peers.Add(peer, (_order++, done));
        }

        leaving?.Close();
    }

    /// <summary>Frees the place of <paramref name="peer"/>.</summary>
    public void Remove(ZmtpPeer peer)
    {
        lock (_gate)
            _peers.Remove(peer);
    }

    /// <summary>All peers, each with what ends with its connection.</summary>
    public IReadOnlyList<(ZmtpPeer Peer, Task Done)> All()
    {
        lock (_gate)
            return [.. _peers.Select(each => (each.Key, each.Value.Done))];
    }

    private ZmtpPeer? Stranger() => _peers
        .Where(each => !each.Key.IsProven)
        .OrderBy(each => hosts.Contains(each.Key.Address))
        .ThenBy(each => each.Value.Order)
        .Select(each => each.Key)
        .FirstOrDefault();
}
