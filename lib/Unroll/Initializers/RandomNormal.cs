namespace Unroll.Initializers;

/// <summary>Normally distributed numbers.</summary>
public sealed class RandomNormal(float mean = 0, float stddev = 0.05f, long? seed = null) : RandomInitializer(seed)
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        var generator = NewGenerator();
        return Drawn(shape, () => generator.Normal(mean, stddev));
    }
}
