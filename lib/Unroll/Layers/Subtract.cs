namespace Unroll.Layers;

/// <summary>Takes the second of two inputs from the first, element by element. See <see cref="Merge"/> for shapes.</summary>
public sealed class Subtract(string? name = null) : Merge(name)
{
    private protected override int LeastInputs => 2;

    private protected override int MostInputs => 2;

    private protected override Tensor Merged(Tensor[] inputs) => inputs[0] - inputs[1];
}
