namespace Unroll.Layers;

/// <summary>The greatest number of a picture, for each channel: (batch, rows, columns, channels) becomes (batch, channels).</summary>
public sealed class GlobalMaxPooling2D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="keepdims">Whether rows and columns stay, as axes of length 1.</param>
    /// <param name="inputShape">The shape of one sample, (rows, columns, channels), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public GlobalMaxPooling2D(bool keepdims = false, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Keepdims = keepdims;
        InputSpec = InputSpec.Picture;
    }

    /// <summary>Whether rows and columns stay, as axes of length 1.</summary>
    public bool Keepdims { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return Keepdims ? inputShape.With(1, 1).With(2, 1) : inputShape.Without(1).Without(1);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = input.Shape;
        var result = input.Reshape(shape[0], shape[1] * shape[2], shape[3]).Max(1);
        return Keepdims ? result.Reshape(shape[0], 1, 1, shape[3]) : result;
    }
}
