namespace Unroll.Layers;

/// <summary>
/// The greatest of several inputs, element by element. Where two are equal, both get half of the gradient. See
/// <see cref="Merge"/> for shapes.
/// </summary>
public sealed class Maximum(string? name = null) : Merge(name)
{
    private protected override Tensor Merged(Tensor[] inputs) => inputs.Aggregate(Tensor.Maximum);
}
