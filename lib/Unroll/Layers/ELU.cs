namespace Unroll.Layers;

/// <summary>x where it is above 0, and alpha · (exp(x) - 1) elsewhere, for each element. (Clevert and others, 2015.)</summary>
public sealed class ELU : Layer
{
    /// <summary>Makes the layer; the argument is Keras'.</summary>
    /// <param name="alpha">How far below 0 the result can come.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public ELU(double alpha = 1, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Alpha = alpha;
        SupportsMasking = true;
    }

    /// <summary>How far below 0 the result can come.</summary>
    public double Alpha { get; }

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
        return Rectifiers.Elu(input, Alpha);
    }
}
