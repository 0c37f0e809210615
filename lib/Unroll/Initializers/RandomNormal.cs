namespace Unroll.Initializers;

/// <summary>Normally distributed numbers.</summary>
public sealed class RandomNormal(double mean = 0, double stddev = 0.05, long? seed = null) : RandomInitializer(seed)
{
    /// <summary>The middle of the numbers.</summary>
    public double Mean { get; } = mean;

    /// <summary>The standard deviation.</summary>
    public double Stddev { get; } = stddev;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        var generator = NewGenerator();
        return Drawn(shape, () => generator.Normal(Mean, Stddev));
    }
}
