namespace Unroll.Layers;

/// <summary>The greatest number over time, for each feature: (batch, time, features) becomes (batch, features).</summary>
public sealed class GlobalMaxPooling1D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="keepdims">Whether time stays, as an axis of length 1.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public GlobalMaxPooling1D(bool keepdims = false, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Keepdims = keepdims;
        InputSpec = InputSpec.Sequence;
    }

    /// <summary>Whether time stays, as an axis of length 1.</summary>
    public bool Keepdims { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return Keepdims ? inputShape.With(1, 1) : inputShape.Without(1);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Max(1, Keepdims);
    }
}
