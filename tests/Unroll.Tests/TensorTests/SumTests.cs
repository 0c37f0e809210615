using Unroll.Layers;

namespace Unroll.Tests.TensorTests;

/// <summary>Sums along an axis are as exact as those of all elements.</summary>
public class SumTests
{
    [Theory]
    [InlineData(10_000_000, 1)]
    [InlineData(1_000_000, 3)]
    [InlineData(200_000, 17)]
    public void Long_axes_do_not_lose_digits(int length, int others)
    {
        Near(length * 0.1, Tensor.Full([length, others], 0.1).Sum(0));
        Near(length * 0.1, Tensor.Full([others, length], 0.1).Sum(1));
        Near(length * 0.1, Tensor.Full([1, length, others], 0.1).Sum(1, keepDims: true));
        Near(0.1, Tensor.Full([length, others], 0.1).Mean(0));
        Near(0.1, Tensor.Full([others, length], 0.1).Mean(-1));
    }

    [Fact]
    public void Small_numbers_beside_great_ones_are_not_lost()
    {
        var values = Tensor.Ones(1_000_001, 2);
        values.Span[0] = values.Span[1] = 1e8f;
        Near(1e8 + 1e6, values.Sum(0));
        Near(1e8 + 1e6, values.Transpose().Sum(1));
        Assert.Equal([1, 1], Tensor.Of([[1e10, 1e10], [1, 1], [-1e10, -1e10]]).Sum(0).ToArray());
    }

    [Fact]
    public void Gradients_of_broadcasts_sum_as_exactly()
    {
        var bias = Tensor.Of([0, 0]);
        var x = Tensor.Full([2_000_000, 2], 0.1);
        using var tape = new GradientTape();
        tape.Watch(bias);
        Near(200_000, tape.Gradient(x * (x + bias) / x, bias)! * 0.1);
    }

    [Fact]
    public void The_bias_of_an_LSTM_too()
    {
        // With zero weights every gate's slope is the same at every step of every sample: the bias' gradient is their number times one.
        var layer = new LSTM(2, kernelInitializer: "zeros", recurrentInitializer: "zeros", unitForgetBias: false);
        var one = Gradient(1);
        Near(one * 500_000, Gradient(500_000));

        double Gradient(int batch)
        {
            var x = Tensor.Full([batch, 1, 1], 0.1);
            layer.Apply(x);
            using var tape = new GradientTape();
            return tape.Gradient(layer.Apply(x).Sum(), layer.Weights)[2]!.ToArray()[4];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(1000)]
    public void Every_width_and_length_gives_the_sum_of_doubles(int columns)
    {
        for (var rows = 0; rows < 70; rows += 3)
        {
            var x = new RandomState(rows).Normal(0, 1, [rows, columns]);
            for (var column = 0; column < columns; column++)
            {
                var expected = x[.., column].ToArray().Sum(value => (double)value);
                Assert.Equal((float)expected, x.Sum(0).Span[column], 1e-6f);
            }

            Assert.Equal(x.ToArray().Sum(value => (double)value), x.Sum().Item(), 1e-4);
            Assert.Equal(x.Sum(0).ToArray(), x.Transpose().Sum(1).ToArray());
        }
    }

    private static void Near(double expected, Tensor actual)
    {
        foreach (var value in actual.ToArray())
            Near(expected, value);
    }

    private static void Near(double expected, double actual) => Assert.True(Math.Abs(actual - expected) <= Math.Abs(expected) * 2e-7, $"{actual:R} is not {expected:R}.");
}
