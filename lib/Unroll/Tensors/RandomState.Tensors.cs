namespace Unroll;

public sealed partial class RandomState
{
    /// <summary>Normally distributed numbers in a tensor: <c>random.Normal(0, 1, [2, 9, 3])</c>.</summary>
    public Tensor Normal(double loc, double scale, Shape size) => Drawn(size, () => Normal(loc, scale));

    /// <summary>Evenly distributed numbers in a tensor.</summary>
    public Tensor Uniform(double low, double high, Shape size) => Drawn(size, () => Uniform(low, high));

    /// <summary>Whole numbers from <paramref name="low"/> up to, not including, <paramref name="high"/> in a tensor.</summary>
    public Tensor RandInt(long low, long high, Shape size) => Drawn(size, () => RandInt(low, high));

    private static Tensor Drawn(Shape size, Func<double> draw)
    {
        ArgumentNullException.ThrowIfNull(size);
        var result = Tensor.Zeros(size);
        foreach (ref var value in result.Values)
            value = (float)draw();
        return result;
    }
}
