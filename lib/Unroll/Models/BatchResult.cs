namespace Unroll.Models;

/// <summary>The numbers of a batch that an engine computed.</summary>
public sealed class BatchResult
{
    /// <summary>The loss of each output.</summary>
    public required IReadOnlyList<float> Losses { get; init; }

    /// <summary>What the model gave for the batch; null where it has no metrics.</summary>
    public Tensors? Outputs { get; init; }
}
