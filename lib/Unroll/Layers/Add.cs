namespace Unroll.Layers;

/// <summary>Adds several inputs, element by element. See <see cref="Merge"/> for shapes.</summary>
public sealed class Add(string? name = null) : Merge(name)
{
    private protected override Tensor Merged(Tensor[] inputs) => inputs.Aggregate((sum, input) => sum + input);
}
