namespace Unroll.Layers;

/// <summary>
/// In training, sets a share of the elements to 0 and raises the others so that the sum stays as expected; otherwise hands
/// its input on. (Srivastava and others, 2014.)
/// </summary>
public sealed class Dropout : Layer
{
    private readonly RandomState? _generator;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="rate">The share of elements that are set to 0, at least 0 and below 1.</param>
    /// <param name="seed">A seed, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">rate is not within [0, 1).</exception>
    public Dropout(double rate, long? seed = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Rate = Arguments.Rate(rate, Name);
        SupportsMasking = true;
        Seed = seed;
        if (seed is { } own)
            _generator = new RandomState(own);
    }

    /// <summary>The share of elements that are set to 0.</summary>
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
        return training && Rate > 0 ? input * Mask(input.Shape, Rate, _generator) : input;
    }

    /// <summary>0 with probability <paramref name="rate"/>, else 1 / (1 - rate).</summary>
    internal static Tensor Mask(Shape shape, double rate, RandomState? generator = null)
    {
        generator ??= new RandomState(Session.Current.NextSeed());
        var mask = Tensor.Zeros(shape);
        foreach (ref var value in mask.Values)
            value = generator.Uniform(0, 1) < rate ? 0 : (float)(1 / (1 - rate));
        return mask;
    }
}
