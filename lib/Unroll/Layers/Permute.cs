namespace Unroll.Layers;

/// <summary>Puts the axes of each sample in another order: <c>new Permute([2, 1])</c> turns (batch, time, features) round.</summary>
public sealed class Permute : Layer
{
    private readonly int[] _dims;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="dims">The order, without the batch axis and counted from 1: axis i of the output is axis dims[i - 1] of the input.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">dims does not hold each number from 1 on once.</exception>
    public Permute(int[] dims, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(dims);
        if (!dims.Order().SequenceEqual(Enumerable.Range(1, dims.Length)))
            throw new ArgumentException($"{Name}: dims ({string.Join(", ", dims)}) must hold each number from 1 to {dims.Length} once; the batch axis stays.");
        _dims = [.. dims];
        InputSpec = new InputSpec(Rank: dims.Length + 1, Axes: dims.Length == 2 ? "batch, time, features" : "batch, …");
    }

    /// <summary>The order, without the batch axis and counted from 1.</summary>
    public IReadOnlyList<int> Dims => _dims;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return Shape.Create([inputShape.At(0), .. _dims.Select(axis => inputShape.At(axis))]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Transpose([0, .. _dims]);
    }
}
