namespace Unroll.Models;

/// <summary>The numbers of a batch.</summary>
/// <param name="Losses">The loss of each output.</param>
/// <param name="Metrics">For each output its metrics, in the order in which Compile got them.</param>
public sealed record BatchResult(IReadOnlyList<float> Losses, IReadOnlyList<IReadOnlyList<float>> Metrics);
