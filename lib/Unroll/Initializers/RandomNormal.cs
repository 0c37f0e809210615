namespace Unroll.Initializers;

/// <summary>Normally distributed numbers.</summary>
public sealed class RandomNormal(double mean = 0, double stddev = 0.05, long? seed = null) : RandomInitializer(seed)
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        var generator = NewGenerator();
        return Drawn(shape, () => generator.Normal(mean, stddev));
    }
}
