namespace Unroll.Benchmarks.Measuring;

/// <summary>What one turn of calls took, in milliseconds a call.</summary>
internal sealed record Timing(double Median, double Least, int Calls)
{
    /// <summary>The medians' median and the least of all.</summary>
    public static Timing Of(IReadOnlyList<Timing> turns) =>
        new(Statistics.Median(turns.Select(turn => turn.Median)), turns.Min(turn => turn.Least), turns.Sum(turn => turn.Calls));
}
