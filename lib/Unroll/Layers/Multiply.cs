namespace Unroll.Layers;

/// <summary>Multiplies several inputs, element by element. See <see cref="Merge"/> for shapes.</summary>
public sealed class Multiply(string? name = null) : Merge(name)
{
    private protected override Tensor Merged(Tensor[] inputs) => inputs.Aggregate((product, input) => product * input);
}
