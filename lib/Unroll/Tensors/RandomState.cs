using static System.FormattableString;

namespace Unroll;

/// <summary>
/// Random numbers equal to those of NumPy: <c>new RandomState(313)</c> gives what <c>np.random.seed(313)</c> and the
/// functions of <c>np.random</c> give, number by number, in the same order of calls. (That is NumPy's legacy
/// generator, <c>np.random.RandomState</c>, and not <c>np.random.default_rng</c>.)
/// </summary>
/// <remarks>
/// Filling a span draws the same numbers as so many single calls. One generator is not for several threads at once.
/// </remarks>
public sealed partial class RandomState
{
    private MersenneTwister _bits;
    private double? _waitingNormal;

    /// <summary>Starts the sequence that belongs to this seed.</summary>
    /// <param name="seed">From 0 to 2**32 - 1, as in NumPy.</param>
    public RandomState(long seed) => _bits = new MersenneTwister(CheckSeed(seed));

    /// <summary>Starts anew with the sequence that belongs to this seed.</summary>
    /// <param name="seed">From 0 to 2**32 - 1, as in NumPy.</param>
    public void Seed(long seed)
    {
        _bits = new MersenneTwister(CheckSeed(seed));
        _waitingNormal = null;
    }

    /// <summary>A number from the half-open interval [0, 1).</summary>
    public double RandomSample() => _bits.NextDouble();

    /// <summary>Fills a span with numbers from the half-open interval [0, 1).</summary>
    public void FillRandomSample(Span<double> destination)
    {
        foreach (ref var number in destination)
            number = RandomSample();
    }

    /// <summary>A number from [low, high). As in NumPy, the interval may be empty or run backwards.</summary>
    public double Uniform(double low = 0, double high = 1) => low + (CheckRange(low, high) * _bits.NextDouble());

    /// <summary>Fills a span with numbers from [low, high).</summary>
    public void FillUniform(Span<double> destination, double low = 0, double high = 1)
    {
        CheckRange(low, high);
        foreach (ref var number in destination)
            number = Uniform(low, high);
    }

    /// <summary>A number from the normal distribution of mean 0 and standard deviation 1.</summary>
    public double StandardNormal()
    {
        // Marsaglia's polar method gives two numbers at a time; the second waits for the next call.
        if (_waitingNormal is { } waiting)
        {
            _waitingNormal = null;
            return waiting;
        }

        double x, y, squaredRadius;
        do
        {
            x = (2 * _bits.NextDouble()) - 1;
            y = (2 * _bits.NextDouble()) - 1;
            squaredRadius = (x * x) + (y * y);
        }
        while (squaredRadius is 0 or >= 1);

        var factor = Math.Sqrt(-2 * Math.Log(squaredRadius) / squaredRadius);
        _waitingNormal = factor * x;
        return factor * y;
    }

    /// <summary>A number from a normal distribution.</summary>
    /// <param name="loc">The mean.</param>
    /// <param name="scale">The standard deviation, not negative.</param>
    public double Normal(double loc = 0, double scale = 1) => loc + (CheckScale(scale) * StandardNormal());

    /// <summary>Fills a span with numbers from a normal distribution.</summary>
    /// <param name="destination">The span to fill.</param>
    /// <param name="loc">The mean.</param>
    /// <param name="scale">The standard deviation, not negative.</param>
    public void FillNormal(Span<double> destination, double loc = 0, double scale = 1)
    {
        CheckScale(scale);
        foreach (ref var number in destination)
            number = Normal(loc, scale);
    }

    /// <summary>A whole number from 0 to just below <paramref name="high"/>.</summary>
    public long RandInt(long high) => RandInt(0, high);

    /// <summary>A whole number from <paramref name="low"/> to just below <paramref name="high"/>.</summary>
    public long RandInt(long low, long high) => unchecked(low + (long)_bits.NextUpTo(CheckWidth(low, high) - 1));

    /// <summary>Fills a span with whole numbers from <paramref name="low"/> to just below the other.</summary>
    public void FillRandInt(Span<long> destination, long low, long high)
    {
        CheckWidth(low, high);
        foreach (ref var number in destination)
            number = RandInt(low, high);
    }

    /// <summary>The numbers from 0 to <paramref name="n"/> - 1 in random order.</summary>
    public int[] Permutation(int n)
    {
        if (n < 0)
            throw new ArgumentOutOfRangeException(nameof(n), Invariant($"Permutation expects n of 0 or more but got {n}."));
        var numbers = Enumerable.Range(0, n).ToArray();
        Shuffle(numbers.AsSpan());
        return numbers;
    }

    /// <summary>Puts the items in random order, in place.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = (int)_bits.NextUpTo((ulong)i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static uint CheckSeed(long seed) =>
        seed is >= 0 and <= uint.MaxValue
            ? (uint)seed
            : throw new ArgumentOutOfRangeException(
                nameof(seed), Invariant($"A seed lies between 0 and 2**32 - 1 ({uint.MaxValue}) but got {seed}."));

    private static double CheckRange(double low, double high) =>
        double.IsFinite(high - low)
            ? high - low
            : throw new ArgumentOutOfRangeException(
                nameof(high), Invariant($"Uniform expects a finite interval but got low = {low} and high = {high}."));

    private static double CheckScale(double scale) =>
        scale >= 0
            ? scale
            : throw new ArgumentOutOfRangeException(
                nameof(scale), Invariant($"Normal expects a standard deviation (scale) of 0 or more but got {scale}."));

    private static ulong CheckWidth(long low, long high) =>
        low < high
            ? unchecked((ulong)high - (ulong)low)
            : throw new ArgumentOutOfRangeException(
                nameof(high),
                Invariant($"RandInt excludes its upper end: expected low < high but got low = {low}, high = {high}."));
}
