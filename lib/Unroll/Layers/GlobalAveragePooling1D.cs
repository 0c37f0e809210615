namespace Unroll.Layers;

/// <summary>
/// The mean over time, for each feature: (batch, time, features) becomes (batch, features). Steps that a mask passes over do
/// not count.
/// </summary>
public sealed class GlobalAveragePooling1D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="keepdims">Whether time stays, as an axis of length 1.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public GlobalAveragePooling1D(bool keepdims = false, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Keepdims = keepdims;
        InputSpec = InputSpec.Sequence;
    }

    /// <summary>Whether time stays, as an axis of length 1.</summary>
    public bool Keepdims { get; }

    internal override bool MakesMasks => false;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return Keepdims ? inputShape.With(1, 1) : inputShape.Without(1);
    }

    /// <summary>The result has no time axis, and so no mask.</summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask) => [];

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Mask is not { } mask)
            return input.Mean(1, Keepdims);
        var counts = (1 - Tensor.Equal(mask, 0)).ExpandDims(2);
        return Tensor.Where(counts, input, 0).Sum(1, Keepdims) / counts.Sum(1, Keepdims);
    }
}
