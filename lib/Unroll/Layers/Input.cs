namespace Unroll.Layers;

/// <summary>
/// The start of a model: a symbolic tensor of shape (batch, …shape). <c>new Input([9, 3])</c> prints
/// <c>&lt;KerasTensor: shape=(None, 9, 3) dtype=float32 (created by layer 'input_1')&gt;</c>.
/// </summary>
public sealed class Input : KerasTensor
{
    /// <summary>Starts a graph.</summary>
    /// <param name="shape">The shape of one sample, without the batch axis; null for a length not known yet.</param>
    /// <param name="batchSize">The number of samples in every batch; needed by stateful layers.</param>
    /// <param name="name">The name, or null for <c>input_1</c>, <c>input_2</c>, ….</param>
    public Input(Shape shape, int? batchSize = null, string? name = null)
        : base((shape ?? throw new ArgumentNullException(nameof(shape))).Prepend(batchSize))
    {
        if (batchSize <= 0)
            throw new ArgumentOutOfRangeException(nameof(batchSize), $"batchSize must be positive but is {batchSize}.");
        var layer = new InputLayer(Shape, name);
        layer.EnsureBuilt([Shape], from: null);
        Producer = Node.Start(layer, this);
    }
}
