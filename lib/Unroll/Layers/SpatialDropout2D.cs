namespace Unroll.Layers;

/// <summary>
/// In training, sets a share of the channels of each picture to 0, and raises the others so that the sum stays as expected;
/// otherwise hands its input on. (Tompson and others, 2015.)
/// </summary>
public sealed class SpatialDropout2D : Layer
{
    private readonly RandomState? _generator;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="rate">The share of channels that are set to 0, at least 0 and below 1.</param>
    /// <param name="seed">A seed, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="inputShape">The shape of one sample, (rows, columns, channels), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">rate is not within [0, 1).</exception>
    public SpatialDropout2D(double rate, long? seed = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Rate = Arguments.Rate(rate, Name);
        SupportsMasking = true;
        InputSpec = InputSpec.Picture;
        Seed = seed;
        if (seed is { } own)
            _generator = new RandomState(own);
    }

    /// <summary>The share of channels that are set to 0.</summary>
    public double Rate { get; }

    /// <summary>The seed of its own random numbers, or null.</summary>
    public long? Seed { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return training && Rate > 0 ? input * Dropout.Mask(input.Shape.With(1, 1).With(2, 1), Rate, _generator) : input;
    }
}
