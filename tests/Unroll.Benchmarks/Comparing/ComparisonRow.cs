using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Comparing;

/// <summary>One network, one mode and one number of threads, timed.</summary>
/// <param name="Shape">The network.</param>
/// <param name="Mode">The mode.</param>
/// <param name="Threads">The threads that everyone might use.</param>
/// <param name="Ours">Our time.</param>
/// <param name="PeakGflops">The multiply-add peak of so many threads, measured between the rounds.</param>
/// <param name="AllocatedBytes">What a call allocates beyond its result; in training, all.</param>
/// <param name="Peers">The peers that know the mode.</param>
internal sealed record ComparisonRow(
    NetworkShape Shape, Mode Mode, int Threads, Timing Ours, double PeakGflops, long AllocatedBytes, IReadOnlyList<PeerResult> Peers)
{
    /// <summary>Our share of the peak, by the median and by the least time; null for shapes that are not about multiplying.</summary>
    public Shares? PeakShare => Shape.IsLarge ? Shares.Of(Shape.Work(Mode), Ours, PeakGflops) : null;
}

/// <summary>What a peer took.</summary>
/// <param name="Library">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Time">Its time.</param>
/// <param name="Ratio">Its time over ours: the median of the rounds.</param>
/// <param name="LeastRatio">Its least time over our least.</param>
/// <param name="Difference">The largest difference between its result and ours.</param>
internal sealed record PeerResult(string Library, string Version, Timing Time, double Ratio, double LeastRatio, double Difference)
{
    public static PeerResult Of(Peer peer, IReadOnlyList<(Timing Ours, Timing Theirs)> turns, double difference) => new(
        peer.Library,
        peer.Version,
        Timing.Of([.. turns.Select(turn => turn.Theirs)]),
        Statistics.Median(turns.Select(turn => turn.Theirs.Median / turn.Ours.Median)),
        turns.Min(turn => turn.Theirs.Least) / turns.Min(turn => turn.Ours.Least),
        difference);
}
