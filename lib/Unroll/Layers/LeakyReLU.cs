namespace Unroll.Layers;

/// <summary>x where it is above 0, and negativeSlope · x elsewhere, for each element. (Maas and others, 2013.)</summary>
public sealed class LeakyReLU : Layer
{
    /// <summary>Makes the layer; the argument is Keras', which was called alpha before Keras 3.</summary>
    /// <param name="negativeSlope">The slope below 0.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">negativeSlope is negative.</exception>
    public LeakyReLU(double negativeSlope = 0.3, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        NegativeSlope = Arguments.NotNegative(negativeSlope, Name);
        SupportsMasking = true;
    }

    /// <summary>The slope below 0.</summary>
    public double NegativeSlope { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Rectifiers.Leaky(input, NegativeSlope);
    }
}
