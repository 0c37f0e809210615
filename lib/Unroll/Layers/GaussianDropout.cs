namespace Unroll.Layers;

/// <summary>
/// In training, multiplies each element with normally distributed noise of mean 1, as spread as that of Dropout with the same
/// rate; otherwise hands its input on. (Srivastava and others, 2014.)
/// </summary>
public sealed class GaussianDropout : Layer
{
    private readonly RandomState? _generator;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="rate">
    /// The rate of a Dropout of the same strength, at least 0 and below 1: the standard deviation is √(rate / (1 - rate)).
    /// </param>
    /// <param name="seed">A seed, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">rate is not within [0, 1).</exception>
    public GaussianDropout(double rate, long? seed = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Rate = Arguments.Rate(rate, Name);
        SupportsMasking = true;
        Seed = seed;
        if (seed is { } own)
            _generator = new RandomState(own);
    }

    /// <summary>The rate of a Dropout of the same strength.</summary>
    public double Rate { get; }

    /// <summary>The seed of its own random numbers, or null.</summary>
    public long? Seed { get; }

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
        return training && Rate > 0
            ? input * (_generator ?? new RandomState(Session.Current.NextSeed())).Normal(1, Math.Sqrt(Rate / (1 - Rate)), input.Shape)
            : input;
    }
}
