namespace Unroll.Layers;

/// <summary>x · scale + offset for each element: <c>new Rescaling(1 / 255.0)</c> brings bytes between 0 and 1.</summary>
public sealed class Rescaling : Layer
{
    /// <summary>Makes the layer; the arguments are Keras', of which both are one number here.</summary>
    /// <param name="scale">What each element is multiplied with.</param>
    /// <param name="offset">What is added then.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public Rescaling(double scale, double offset = 0, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        (Scale, Offset) = (scale, offset);
        SupportsMasking = true;
    }

    /// <summary>What each element is multiplied with.</summary>
    public double Scale { get; }

    /// <summary>What is added then.</summary>
    public double Offset { get; }

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
        return input * Scale + Offset;
    }
}
