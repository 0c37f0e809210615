namespace Unroll.Models;

/// <summary>The numbers of a batch that an engine computed.</summary>
public sealed class BatchResult
{
    /// <summary>The loss of each output.</summary>
    public required IReadOnlyList<float> Losses { get; init; }

    /// <summary>For each output its metrics, in the order in which Compile got them.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Metrics { get; init; }
}
