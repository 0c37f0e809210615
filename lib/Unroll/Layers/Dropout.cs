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
    /// <param name="noiseShape">
    /// The shape of what is drawn, with the batch: along an axis of length 1, elements are set to 0 together, and an axis without a
    /// length is as long as the input's. <c>Shape.Create([null, 1, 16])</c> drops features of a sequence at all steps. Default:
    /// the shape of the input.
    /// </param>
    /// <param name="seed">A seed, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">rate is not within [0, 1).</exception>
    public Dropout(double rate, Shape? noiseShape = null, long? seed = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Rate = Arguments.Rate(rate, Name);
        SupportsMasking = true;
        NoiseShape = noiseShape;
        Seed = seed;
        if (seed is { } own)
            _generator = new RandomState(own);
    }

    /// <summary>The share of elements that are set to 0.</summary>
    public double Rate { get; }

    /// <summary>The shape of what is drawn; null for that of the input.</summary>
    public Shape? NoiseShape { get; }

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
        return training && Rate > 0 ? input * Mask(MaskShape(input.Shape), Rate, _generator) : input;
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

    private Shape MaskShape(Shape input)
    {
        if (NoiseShape is null)
            return input;
        if (NoiseShape.Rank != input.Rank || Enumerable.Range(0, input.Rank).Any(axis => NoiseShape.At(axis) is { } length && length != 1 && length != input[axis]))
        {
            throw new ArgumentException(
                $"{Name}: noiseShape {NoiseShape} does not fit the input {input}: it must have as many axes, each of length 1, of no length, or as long.");
        }

        return Shape.Create([.. Enumerable.Range(0, input.Rank).Select(axis => NoiseShape.At(axis) ?? input[axis])]);
    }
}
