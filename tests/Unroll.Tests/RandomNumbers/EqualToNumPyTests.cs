using System.Text.Json;

namespace Unroll.Tests.RandomNumbers;

/// <summary>Replays recorded calls of np.random, in order on one generator, and finds the same numbers.</summary>
public class EqualToNumPyTests
{
    private const string GoldenFile = "numpy_random.json";

    public static TheoryData<string> CaseNames => Goldens.Names(GoldenFile);

    private delegate void Fill(Span<double> destination);

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void One_by_one(string name) => Replay(name, atOnce: false);

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Filled_at_once(string name) => Replay(name, atOnce: true);

    private static void Replay(string name, bool atOnce)
    {
        var golden = Goldens.Case(GoldenFile, name);
        var random = new RandomState(golden.GetProperty("seed").GetInt64());
        foreach (var call in golden.GetProperty("calls").EnumerateArray())
        {
            var method = call.GetProperty("method").GetString()!;
            var args = call.GetProperty("args");
            if (method is "seed")
                random.Seed(args.GetProperty("seed").GetInt64());
            else
                AssertSame(call, Numbers(random, method, args, atOnce), IsExact(method));
        }
    }

    private static double[] Numbers(RandomState random, string method, JsonElement args, bool atOnce)
    {
        return method switch
        {
            "random_sample" => Draw(random.FillRandomSample, random.RandomSample),
            "standard_normal" => Draw(span => random.FillNormal(span), random.StandardNormal),
            "normal" => Draw(
                span => random.FillNormal(span, Arg("loc"), Arg("scale")),
                () => random.Normal(Arg("loc"), Arg("scale"))),
            "uniform" => Draw(
                span => random.FillUniform(span, Arg("low"), Arg("high")),
                () => random.Uniform(Arg("low"), Arg("high"))),
            "randint" => Draw(
                span => FillRandInt(random, span, (long)Arg("low"), (long)Arg("high")),
                () => random.RandInt((long)Arg("low"), (long)Arg("high"))),
            "permutation" => Permuted(random, args.GetProperty("x")),
            "shuffle" => Shuffled(random, args.GetProperty("x")),
            _ => throw new NotSupportedException($"The golden file calls np.random.{method}, unknown to this test."),
        };

        double Arg(string name) => args.GetProperty(name).GetDouble();

        double[] Draw(Fill fill, Func<double> one)
        {
            var numbers = new double[Count(args)];
            if (atOnce)
                fill(numbers);
            else
                Array.ConvertAll(numbers, _ => one()).CopyTo(numbers, 0);
            return numbers;
        }
    }

    private static void FillRandInt(RandomState random, Span<double> destination, long low, long high)
    {
        var integers = new long[destination.Length];
        random.FillRandInt(integers, low, high);
        for (var i = 0; i < integers.Length; i++)
            destination[i] = integers[i];
    }

    /// <summary>NumPy permutes 0 … n-1, or an array's rows in the order that their numbers would take.</summary>
    private static double[] Permuted(RandomState random, JsonElement x)
    {
        if (x.ValueKind == JsonValueKind.Number)
            return Array.ConvertAll(random.Permutation(x.GetInt32()), i => (double)i);
        return [.. random.Permutation(x.GetArrayLength()).SelectMany(i => Flat(x[i]))];
    }

    private static double[] Shuffled(RandomState random, JsonElement x)
    {
        var rows = x.EnumerateArray().ToArray();
        random.Shuffle(rows.AsSpan());
        return [.. rows.SelectMany(Flat)];
    }

    private static int Count(JsonElement args)
    {
        if (!args.TryGetProperty("size", out var size))
            return 1;
        return Flat(size).Aggregate(1, (count, dim) => count * (int)dim);
    }

    private static IEnumerable<double> Flat(JsonElement numbers) =>
        numbers.ValueKind == JsonValueKind.Array ? numbers.EnumerateArray().SelectMany(Flat) : [numbers.GetDouble()];

    /// <summary>Normal numbers pass through a logarithm, whose last bit differs between systems.</summary>
    private static bool IsExact(string method) => method is not ("normal" or "standard_normal");

    private static void AssertSame(JsonElement call, double[] numbers, bool exact)
    {
        var first = call.TryGetProperty("expected_from", out var from) ? from.GetInt32() : 0;
        var expected = Flat(call.GetProperty("expected")).ToArray();
        Assert.Equal(expected.Length, numbers.Length - first);
        for (var i = 0; i < expected.Length; i++)
        {
            if (exact)
                Assert.Equal(expected[i], numbers[first + i]);
            else
                Assert.Equal(expected[i], numbers[first + i], tolerance: 1e-15 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
