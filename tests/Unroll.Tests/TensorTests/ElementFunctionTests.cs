using Unroll.Tests.Support;

namespace Unroll.Tests.TensorTests;

/// <summary>Functions of each element against their definitions in double.</summary>
public class ElementFunctionTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Function, Func<double, double> Definition, double From, double To)> Functions =
        new(StringComparer.Ordinal)
        {
            ["Exp"] = (x => x.Exp(), Math.Exp, -5, 5),
            ["Log"] = (x => x.Log(), Math.Log, 0.01, 9),
            ["Log1P"] = (x => x.Log1P(), x => Math.Log(1 + x), -0.9, 9),
            ["Sqrt"] = (x => x.Sqrt(), Math.Sqrt, 0, 9),
            ["Square"] = (x => x.Square(), x => x * x, -3, 3),
            ["Pow 3"] = (x => x.Pow(3), x => x * x * x, -2, 2),
            ["Pow 0.5"] = (x => x.Pow(0.5f), Math.Sqrt, 0, 4),
            ["Pow -1"] = (x => x.Pow(-1), x => 1 / x, 0.5, 4),
            ["Abs"] = (x => x.Abs(), Math.Abs, -3, 3),
            ["Sign"] = (x => x.Sign(), x => Math.Sign(x), -3, 3),
            ["Clip"] = (x => x.Clip(-1, 2), x => Math.Clamp(x, -1, 2), -4, 4),
            ["Tanh"] = (x => x.Tanh(), Math.Tanh, -12, 12),
            ["Sigmoid"] = (x => x.Sigmoid(), x => 1 / (1 + Math.Exp(-x)), -30, 30),
            ["Relu"] = (x => x.Relu(), x => Math.Max(0, x), -3, 3),
            ["Softplus"] = (x => x.Softplus(), x => Math.Log(1 + Math.Exp(x)), -30, 30),
        };

    public static TheoryData<string> Names => new(Functions.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_its_definition(string name)
    {
        var (function, definition, from, to) = Functions[name];
        var x = new RandomState(1).Uniform(from, to, [1003]);
        x.Span[0] = (float)from;
        var expected = Tensor.FromSpan(Array.ConvertAll(x.ToArray(), value => (float)definition(value)), 1003);
        Close.Assert(expected, function(x), 2.5e-7, name);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-7, 1.1283791670955126e-7)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(1.9, 0.9927904292352575)]
    [InlineData(2.1, 0.997020533343667)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(7, 1)]
    public void Erf_equals_the_tables(float x, double expected)
    {
        Assert.Equal(expected, Tensor.Of(x).Erf().Item(), 1e-7);
        Assert.Equal(-expected, Tensor.Of(-x).Erf().Item(), 1e-7);
    }

    [Fact]
    public void Log1P_and_Softplus_are_exact_where_the_plain_forms_are_not()
    {
        Assert.Equal(1e-20f, Tensor.Of(1e-20f).Log1P().Item());
        Assert.Equal(100f, Tensor.Of(100f).Softplus().Item());
        Assert.Equal(MathF.Exp(-80), Tensor.Of(-80f).Softplus().Item(), 1e-40f);
    }

    [Fact]
    public void Tanh_is_accurate_near_zero_and_odd()
    {
        float[] x = [0, 1e-30f, 1e-8f, 1e-4f, 0.01f, 0.3f, 0.5999f, 0.6001f, 1, 3, 9, 20];
        var found = Tensor.Of(x).Tanh().ToArray();
        for (var i = 0; i < x.Length; i++)
            Assert.Equal(Math.Tanh(x[i]), found[i], 2e-7 * Math.Tanh(x[i]));
        Assert.Equal(found.Select(value => -value), (-Tensor.Of(x)).Tanh().ToArray());
        Assert.Equal(0, Tensor.Of(0).Tanh().Item());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Round_numbers_come_out_round(int length)
    {
        var zeros = Tensor.Zeros(length);
        var ones = Tensor.Ones(length);
        Assert.All(zeros.Exp().ToArray(), value => Assert.Equal(1, value));
        Assert.All(ones.Log().ToArray(), value => Assert.Equal(0, value));
        Assert.All(zeros.Sigmoid().ToArray(), value => Assert.Equal(0.5f, value));
        Assert.All((ones * 3).Pow(2).ToArray(), value => Assert.Equal(9, value));
        Assert.All((ones * 9).Sqrt().ToArray(), value => Assert.Equal(3, value));
        Assert.All((ones * 2).Pow(-1).ToArray(), value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void A_numbers_place_does_not_change_its_tangent()
    {
        foreach (var length in new[] { 1, 3, 7, 8, 9, 17 })
            Assert.Single(Tensor.Full([length], 0.7f).Tanh().ToArray().Distinct());
    }

    [Fact]
    public void Clip_with_bounds_the_wrong_way_round_is_refused() =>
        Assert.Equal("Clip: min 2 is above max 1.", Assert.Throws<ArgumentException>(() => Tensor.Zeros(1).Clip(2, 1)).Message);
}
