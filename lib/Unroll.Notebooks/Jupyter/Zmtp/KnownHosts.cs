using System.Net;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// The addresses from which a peer has proven that it knows the key, on any socket of a kernel. Subscribers and heartbeats
/// have nothing to sign with: this is what tells those of a front end from those of other machines.
/// </summary>
internal sealed class KnownHosts
{
    /// <summary>As many as a socket has peers: addresses of front ends that left long ago may stay.</summary>
    private const int Most = 256;

    private readonly Lock _gate = new();
    private readonly HashSet<IPAddress> _addresses = [];

    /// <summary>Remembers <paramref name="address"/>.</summary>
    public void Add(IPAddress address)
    {
        lock (_gate)
        {
            if (_addresses.Count < Most)
                _addresses.Add(address);
        }
    }

    /// <summary>Whether a peer at <paramref name="address"/> has proven itself.</summary>
    public bool Contains(IPAddress address)
    {
        lock (_gate)
            return _addresses.Contains(address);
    }
}
