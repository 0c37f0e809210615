namespace Unroll.Initializers;

/// <summary>The base of initializers that draw numbers.</summary>
/// <param name="seed">
/// A seed that gives the same values at each use, or null to draw from the generator that
/// <see cref="Backend.SetRandomSeed"/> seeds.
/// </param>
public abstract class RandomInitializer(long? seed) : Initializer
{
    /// <summary>The seed that gives the same values at each use, or null.</summary>
    public long? Seed { get; } = seed;

    /// <summary>A generator for one weight.</summary>
    private protected RandomState NewGenerator() => new(Seed ?? Session.Current.NextSeed());

    /// <summary>A tensor of numbers drawn one by one.</summary>
    private protected static Tensor Drawn(Shape shape, Func<double> draw)
    {
        var result = Tensor.Zeros(shape);
        foreach (ref var value in result.Values)
            value = (float)draw();
        return result;
    }
}
