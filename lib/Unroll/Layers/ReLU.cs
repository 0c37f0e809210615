namespace Unroll.Layers;

/// <summary>
/// The rectifier on each element, with Keras' three options: x where it is above threshold, at most maxValue, and
/// negativeSlope · (x - threshold) elsewhere.
/// </summary>
public sealed class ReLU : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="maxValue">The greatest value that comes out; null for any.</param>
    /// <param name="negativeSlope">The slope below threshold.</param>
    /// <param name="threshold">What an element must be above to be handed on.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public ReLU(double? maxValue = null, double negativeSlope = 0, double threshold = 0, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        MaxValue = maxValue is { } max ? Arguments.NotNegative(max, Name, nameof(maxValue)) : null;
        NegativeSlope = Arguments.NotNegative(negativeSlope, Name);
        Threshold = Arguments.NotNegative(threshold, Name);
        SupportsMasking = true;
    }

    /// <summary>The greatest value that comes out; null for any.</summary>
    public double? MaxValue { get; }

    /// <summary>The slope below the threshold.</summary>
    public double NegativeSlope { get; }

    /// <summary>What an element must be above to be handed on.</summary>
    public double Threshold { get; }

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
        if (NegativeSlope == 0)
            return Above(input);
        return MaxValue is null && Threshold == 0
            ? Rectifiers.Leaky(input, NegativeSlope)
            : Above(input) - (Threshold - input).Relu() * NegativeSlope;
    }

    private Tensor Above(Tensor x)
    {
        // At its bound Keras' relu6 has the slope 0, and any other maximum 1.
        if (MaxValue == 6 && Threshold == 0)
            return Rectifiers.Relu6(x);
        var above = Threshold == 0 ? x.Relu() : Tensor.Where(Tensor.Greater(x, Threshold), x, 0);
        return MaxValue is { } max ? above.Clip(0, max) : above;
    }
}
