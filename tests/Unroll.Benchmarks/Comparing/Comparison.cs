using Unroll.Benchmarks.Measuring;

namespace Unroll.Benchmarks.Comparing;

/// <summary>
/// Times us and the peers in turn: ours, a peer, ours, the next peer, …, some rounds long. A ratio is taken between
/// neighbours and the median of all rounds counts, so that what else the machine does falls on both.
/// </summary>
internal sealed class Comparison(IReadOnlyList<Peer> peers, Effort effort)
{
    // The thread pools of the peers spin for a while before they sleep; they must not do so at our cost.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public ComparisonRow Run(Workload workload, Mode mode, int threads)
    {
        var ours = new Ours();
        var result = ours.Prepare(workload, mode, threads);
        var present = peers.Where(peer => peer.Knows(workload.Shape, mode, threads)).ToList();
        var differences = present.ToDictionary(
            peer => peer.Library, peer => ResultCheck.Compare(peer.Name, mode, result, peer.Prepare(workload, mode, threads)), StringComparer.Ordinal);

        Stopclock.WarmUp(ours.Call, effort.Milliseconds);
        foreach (var peer in present)
            peer.Time(effort.Milliseconds);
        var (own, peaks) = (new List<Timing>(), new List<double>());
        var turns = present.ToDictionary(peer => peer.Library, _ => new List<(Timing Ours, Timing Theirs)>(), StringComparer.Ordinal);
        for (var round = 0; round < effort.Rounds; round++)
        {
            peaks.Add(FmaPeak.Measure(threads));
            if (present.Count == 0)
                own.Add(ours.Time(effort.Milliseconds));
            foreach (var peer in present)
            {
                own.Add(ours.Time(effort.Milliseconds));
                turns[peer.Library].Add((own[^1], peer.Time(effort.Milliseconds)));
                Thread.Sleep(Pause);
            }
        }

        return new ComparisonRow(
            workload.Shape,
            mode,
            threads,
            Timing.Of(own),
            peaks.Max(),
            Allocated(ours, result.Length / ResultCheck.Calls(workload.Shape), workload.Shape, mode),
            [.. present.Select(peer => PeerResult.Of(peer, turns[peer.Library], differences[peer.Library]))]);
    }

    /// <summary>Bytes of a call beyond its result; in training nothing is a result.</summary>
    private static long Allocated(Ours ours, int size, NetworkShape shape, Mode mode)
    {
        var all = Allocations.PerCall(ours.Call);
        if (mode == Mode.Training)
            return all;
        Tensor? kept = null;
        var result = Allocations.PerCall(() => kept = Tensor.Zeros(shape.Batch, shape.Time, shape.Width));
        return kept!.Size == size ? all - result : throw new InvalidOperationException("The result has another size than it should.");
    }
}
