namespace Unroll.Benchmarks.Comparing;

/// <summary>How long to measure: rounds, and milliseconds of each turn in a round.</summary>
internal sealed record Effort(int Rounds, double Milliseconds)
{
    /// <summary>For numbers to keep: about forty minutes with three peers.</summary>
    public static Effort Full { get; } = new(7, 150);

    /// <summary>For a look: about ten minutes.</summary>
    public static Effort Quick { get; } = new(3, 50);
}
