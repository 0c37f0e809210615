using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Hands its input on, and adds its price, <c>l1 · Σ|x| + l2 · Σx²</c>, to the loss of the model that trains or evaluates.
/// </summary>
public sealed class ActivityRegularization : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="l1">The factor of the sizes.</param>
    /// <param name="l2">The factor of the squares.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public ActivityRegularization(double l1 = 0, double l2 = 0, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        (L1, L2) = (l1, l2);
        ActivityRegularizer = new L1L2(l1, l2);
        SupportsMasking = true;
    }

    /// <summary>The factor of the sizes.</summary>
    public double L1 { get; }

    /// <summary>The factor of the squares.</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training) => input;
}
