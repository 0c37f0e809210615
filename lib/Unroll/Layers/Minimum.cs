namespace Unroll.Layers;

/// <summary>
/// The smallest of several inputs, element by element. Where two are equal, both get half of the gradient. See
/// <see cref="Merge"/> for shapes.
/// </summary>
public sealed class Minimum(string? name = null) : Merge(name)
{
    private protected override Tensor Merged(Tensor[] inputs) => inputs.Aggregate(Tensor.Minimum);
}
