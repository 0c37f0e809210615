namespace Unroll.Initializers;

/// <summary>Normally distributed numbers; those beyond two standard deviations are drawn again.</summary>
public sealed class TruncatedNormal(double mean = 0, double stddev = 0.05, long? seed = null) : RandomInitializer(seed)
{
    /// <summary>The middle of the numbers.</summary>
    public double Mean { get; } = mean;

    /// <summary>The standard deviation, before the cut.</summary>
    public double Stddev { get; } = stddev;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        var generator = NewGenerator();
        return Drawn(shape, () => Mean + Stddev * Cut(generator));
    }

    /// <summary>A standard normal number between -2 and 2.</summary>
    internal static double Cut(RandomState generator)
    {
        double value;
        do
            value = generator.Normal(0, 1);
        while (Math.Abs(value) > 2);
        return value;
    }
}
