using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

public class InitializerTests
{
    private static readonly int[] Wide = [300, 200];

    [Fact]
    public void Constants()
    {
        Assert.Equal([0, 0], new Zeros().Create([2]).ToArray());
        Assert.Equal([1, 1], new Ones().Create([2]).ToArray());
        Assert.Equal([2.5f, 2.5f], new Constant(2.5f).Create([2]).ToArray());
        Assert.Equal([0, 0], new Constant().Create([2]).ToArray());
    }

    [Theory]
    [InlineData("glorotUniform", 0.10954451150103322)]
    [InlineData("heUniform", 0.1414213562373095)]
    [InlineData("lecunUniform", 0.1)]
    [InlineData("randomUniform", 0.05)]
    public void Uniform_ones_stay_within_their_limit_and_fill_it(string name, double limit)
    {
        var values = Initializer.FromString(name).Create(Wide).ToArray();
        Assert.All(values, value => Assert.True(Math.Abs(value) <= limit * 1.000001));
        Assert.True(values.Max() > limit * 0.999 && values.Min() < -limit * 0.999);
        Assert.Equal(0, values.Average(), limit * 0.02);
        Assert.Equal(limit / Math.Sqrt(3), Deviation(values), limit * 0.01);
    }

    [Theory]
    [InlineData("glorotNormal", 0.06324555320336758, true)]
    [InlineData("heNormal", 0.0816496580927726, true)]
    [InlineData("lecunNormal", 0.05773502691896258, true)]
    [InlineData("randomNormal", 0.05, false)]
    public void Normal_ones_have_their_deviation(string name, double deviation, bool isCut)
    {
        var values = Initializer.FromString(name).Create(Wide).ToArray();
        Assert.Equal(0, values.Average(), deviation * 0.02);
        Assert.Equal(deviation, Deviation(values), deviation * 0.02);

        // The cut at two deviations of the normal that is cut, which is wider than what is left of it.
        var cut = 2 * deviation / 0.87962566103423978;
        Assert.Equal(isCut, values.Max(value => Math.Abs(value)) <= cut);
    }

    [Fact]
    public void Identity_is_a_diagonal()
    {
        Assert.Equal([2, 0, 0, 0, 2, 0], new Identity(gain: 2).Create([2, 3]).ToArray());
        Assert.Throws<InvalidOperationException>(() => new Identity().Create([3]));
    }

    [Fact]
    public void A_truncated_normal_ends_at_two_deviations()
    {
        var values = new TruncatedNormal(mean: 1, stddev: 0.5, seed: 1).Create(Wide).ToArray();
        Assert.InRange(values.Min(), 0, 0.01f);
        Assert.InRange(values.Max(), 1.99f, 2);
        Assert.Equal(0.5 * 0.87962566103423978, Deviation(values), 0.01);
    }

    [Fact]
    public void Arguments_of_the_random_ones()
    {
        var normal = new RandomNormal(mean: 3, stddev: 0.5f, seed: 1).Create(Wide).ToArray();
        Assert.Equal(3, normal.Average(), 0.01);
        Assert.Equal(0.5, Deviation(normal), 0.01);
        var uniform = new RandomUniform(minval: 2, maxval: 4, seed: 1).Create(Wide).ToArray();
        Assert.Equal((2f, 4f), (MathF.Round(uniform.Min(), 2), MathF.Round(uniform.Max(), 2)));
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(20, 80)]
    [InlineData(80, 20)]
    [InlineData(1, 4)]
    public void Orthogonal_rows_or_columns(int rows, int columns)
    {
        var matrix = new Orthogonal(seed: 2).Create([rows, columns]);
        var product = rows <= columns ? matrix.MatMul(matrix.Transpose()) : matrix.Transpose().MatMul(matrix);
        var unit = Tensor.Zeros(product.Shape);
        for (var i = 0; i < unit.Shape[0]; i++)
            unit.Span[i * unit.Shape[0] + i] = 1;
        Close.Assert(unit, product, 1e-5, "product");
        Close.Assert(matrix * 3, new Orthogonal(gain: 3, seed: 2).Create([rows, columns]), 1e-6, "gain");
    }

    [Fact]
    public void Orthogonal_needs_a_matrix()
    {
        Assert.Equal(
            "Orthogonal needs at least two axes, but the weight has shape (3,).",
            Assert.Throws<ArgumentException>(() => new Orthogonal().Create([3])).Message);
        Assert.Equal("(2, 3, 4)", new Orthogonal().Create([2, 3, 4]).Shape.ToString());
    }

    [Fact]
    public void A_convolutions_window_counts_as_inputs()
    {
        // Keras: fan in is 5·20, fan out 5·30; the limit is √(6 / 250).
        var values = new GlorotUniform(seed: 1).Create([5, 20, 30]).ToArray();
        Assert.Equal(Math.Sqrt(6.0 / 250), values.Max(), 1e-3);
    }

    [Fact]
    public void A_seed_of_its_own_gives_the_same_values_at_each_use()
    {
        var initializer = new HeNormal(seed: 5);
        Assert.Equal(initializer.Create([9]).ToArray(), initializer.Create([9]).ToArray());
        Assert.NotEqual(new HeNormal().Create([9]).ToArray(), new HeNormal().Create([9]).ToArray());
    }

    [Fact]
    public void A_model_made_again_after_the_global_seed_has_the_same_weights()
    {
        var first = Weights(313);
        Assert.Equal(first, Weights(313));
        Assert.NotEqual(first, Weights(314));

        static float[] Weights(long seed)
        {
            Backend.SetRandomSeed(seed);
            var model = new Sequential([new Conv1D(3, 2, inputShape: [5, 2]), new Bidirectional(new LSTM(3, returnSequences: true)), new LSTM(2), new Dense(1)]);
            return [.. model.GetWeights().SelectMany(weight => weight.ToArray())];
        }
    }

    [Fact]
    public void The_defaults_of_layers_are_those_of_Keras()
    {
        var layer = new LSTM(64);
        layer.Apply(Tensor.Zeros(1, 1, 32));
        var (kernel, recurrent, bias) = (layer.GetWeights()[0], layer.GetWeights()[1], layer.GetWeights()[2]);
        Assert.Equal(Math.Sqrt(6.0 / (32 + 256)), kernel.Max().Item(), 1e-3);
        Close.Assert(Tensor.Ones(64), recurrent.Square().Sum(1), 1e-5, "rows of the recurrent kernel");
        Assert.Equal([.. Enumerable.Repeat(0f, 64), .. Enumerable.Repeat(1f, 64), .. Enumerable.Repeat(0f, 128)], bias.ToArray());

        var plain = new LSTM(2, unitForgetBias: false, biasInitializer: new Constant(0.5f));
        plain.Apply(Tensor.Zeros(1, 1, 1));
        Assert.All(plain.GetWeights()[2].ToArray(), value => Assert.Equal(0.5f, value));
    }

    private static double Deviation(float[] values)
    {
        var mean = values.Average(value => (double)value);
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
