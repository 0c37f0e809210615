namespace Unroll.Layers;

/// <summary>In training, adds normally distributed noise of mean 0 to each element; otherwise hands its input on.</summary>
public sealed class GaussianNoise : Layer
{
    private readonly RandomState? _generator;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="stddev">The noise's standard deviation, from 0 to 1.</param>
    /// <param name="seed">A seed, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">stddev is not within [0, 1].</exception>
    public GaussianNoise(double stddev, long? seed = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        if (!(stddev is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"{Name}: stddev must be from 0 to 1 but is {stddev}."));
        Stddev = stddev;
        SupportsMasking = true;
        Seed = seed;
        if (seed is { } own)
            _generator = new RandomState(own);
    }

    /// <summary>The noise's standard deviation.</summary>
    public double Stddev { get; }

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
        return training && Stddev > 0
            ? input + (_generator ?? new RandomState(Session.Current.NextSeed())).Normal(0, Stddev, input.Shape)
            : input;
    }
}
