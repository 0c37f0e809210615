namespace Unroll.Tests.RandomNumbers;

/// <summary>Arguments that no distribution has are refused, with what was expected and what came.</summary>
public class RandomArgumentTests
{
    private readonly RandomState _random = new(1);

    [Theory]
    [InlineData(-1)]
    [InlineData(4294967296)]
    public void Seeds_have_32_bits(long seed)
    {
        var expected = $"A seed lies between 0 and 2**32 - 1 (4294967295) but got {seed}. (Parameter 'seed')";
        AssertRefused(expected, () => _ = new RandomState(seed));
        AssertRefused(expected, () => _random.Seed(seed));
    }

    [Theory]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.NaN, "NaN")]
    public void Normal_needs_a_standard_deviation(double scale, string shown)
    {
        var expected =
            $"Normal expects a standard deviation (scale) of 0 or more but got {shown}. (Parameter 'scale')";
        AssertRefused(expected, () => _random.Normal(0, scale));
        AssertRefused(expected, () => _random.FillNormal(new double[2], 0, scale));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, -2)]
    public void RandInt_needs_a_number_to_choose(long low, long high)
    {
        var expected = "RandInt excludes its upper end: expected low < high but got "
            + $"low = {low}, high = {high}. (Parameter 'high')";
        AssertRefused(expected, () => _random.RandInt(low, high));
        AssertRefused(expected, () => _random.FillRandInt(new long[2], low, high));
    }

    [Fact]
    public void Uniform_needs_a_finite_interval()
    {
        var expected = "Uniform expects a finite interval but got low = 0.5 and high = Infinity. (Parameter 'high')";
        AssertRefused(expected, () => _random.Uniform(0.5, double.PositiveInfinity));
        AssertRefused(expected, () => _random.FillUniform(new double[2], 0.5, double.PositiveInfinity));
    }

    [Fact]
    public void Permutation_needs_a_count() =>
        AssertRefused(
            "Permutation expects n of 0 or more but got -1. (Parameter 'n')", () => _random.Permutation(-1));

    [Fact]
    public void RandInt_spans_all_numbers_of_64_bits()
    {
        var halves = new HashSet<bool>();
        for (var i = 0; i < 64; i++)
            halves.Add(_random.RandInt(long.MinValue, long.MaxValue) < 0);
        Assert.Equal(2, halves.Count);
    }

    [Fact]
    public void RandInt_with_one_argument_starts_at_zero()
    {
        var other = new RandomState(1);
        Assert.Equal(other.RandInt(0, 1000), _random.RandInt(1000));
    }

    private static void AssertRefused(string message, Action call) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(call).Message);
}
