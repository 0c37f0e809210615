namespace Unroll.Benchmarks.Comparing;

/// <summary>A peer that ended or hangs: the comparison goes on without it.</summary>
internal sealed class PeerLostException(string name, string why) : Exception($"{name}: {why}.")
{
    /// <summary>The peer's <see cref="Peer.Name"/>.</summary>
    public string Name => name;

    public string Why => why;
}
