namespace Unroll.Initializers;

/// <summary>Evenly distributed numbers from <paramref name="minval"/> up to <paramref name="maxval"/>.</summary>
public sealed class RandomUniform(float minval = -0.05f, float maxval = 0.05f, long? seed = null) : RandomInitializer(seed)
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        var generator = NewGenerator();
        return Drawn(shape, () => generator.Uniform(minval, maxval));
    }
}
