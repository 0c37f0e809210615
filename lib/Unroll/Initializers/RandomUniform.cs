namespace Unroll.Initializers;

/// <summary>Evenly distributed numbers from <paramref name="minval"/> up to <paramref name="maxval"/>.</summary>
public sealed class RandomUniform(double minval = -0.05, double maxval = 0.05, long? seed = null) : RandomInitializer(seed)
{
    /// <summary>The least number.</summary>
    public double Minval { get; } = minval;

    /// <summary>Below what the numbers stay.</summary>
    public double Maxval { get; } = maxval;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        var generator = NewGenerator();
        return Drawn(shape, () => generator.Uniform(Minval, Maxval));
    }
}
