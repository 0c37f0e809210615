using Unroll.Tests.Support;

namespace Unroll.Tests.TensorTests;

public class ReductionTests
{
    private static Tensor Cube => new RandomState(6).Normal(0, 1, [3, 4, 5]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(-3)]
    public void Along_an_axis(int axis)
    {
        Check(Cube.Sum(axis), values => values.Sum(value => (double)value));
        Check(Cube.Mean(axis), values => values.Average(value => (double)value));
        Check(Cube.Max(axis), values => values.Max());
        Check(Cube.Min(axis), values => values.Min());
        Check(Cube.ArgMax(axis), values => Array.IndexOf(values, values.Max()));
        foreach (var (kept, gone) in new[] { (Cube.Sum(axis, true), Cube.Sum(axis)), (Cube.Mean(axis, true), Cube.Mean(axis)), (Cube.Max(axis, true), Cube.Max(axis)), (Cube.Min(axis, true), Cube.Min(axis)) })
        {
            Assert.Equal(1, kept.Shape[(axis + 3) % 3]);
            Assert.Equal(3, kept.Rank);
            Assert.Equal(gone.ToArray(), kept.ToArray());
        }

        void Check(Tensor actual, Func<float[], double> reduce)
        {
            var lines = Cube.MoveAxis(axis, -1);
            var expected = Tensor.Zeros(lines.Shape[0], lines.Shape[1]);
            for (var i = 0; i < expected.Size; i++)
                expected.Span[i] = (float)reduce(lines.Span.Slice(i * lines.Shape[2], lines.Shape[2]).ToArray());
            Close.Assert(expected, actual, 1e-6, "reduced");
        }
    }

    [Fact]
    public void Of_all_elements()
    {
        var x = Tensor.Of([[1, -2], [7, 4]]);
        Assert.Equal("10 2.5 7 -2", $"{x.Sum().Item()} {x.Mean().Item()} {x.Max().Item()} {x.Min().Item()}");
        Assert.Equal("()", x.Sum().Shape.ToString());
        Assert.Equal(3, Tensor.Of(3).Sum().Item());
        Assert.Equal(3, Tensor.Of(3).Max().Item());
    }

    [Fact]
    public void Long_sums_do_not_lose_digits() => Assert.Equal(1e6f, Tensor.Full([10_000_000], 0.1f).Sum().Item());

    [Fact]
    public void ArgMax_takes_the_first_of_equal_ones() => Assert.Equal([1, 0], Tensor.Of([[1, 3, 3], [2, 2, 1]]).ArgMax().ToArray());

    [Fact]
    public void Of_no_elements()
    {
        Assert.Equal(0, Tensor.Zeros(0).Sum().Item());
        Assert.Equal(float.NaN, Tensor.Zeros(0).Mean().Item());
        Assert.Equal([0, 0], Tensor.Zeros(2, 0).Sum(1).ToArray());
        Assert.Equal("(0,)", Tensor.Zeros(0, 2).Sum(1).Shape.ToString());
        Assert.Equal(
            "Max over axis 1 of shape (2, 0): there is no element.",
            Assert.Throws<InvalidOperationException>(() => Tensor.Zeros(2, 0).Max(1)).Message);
        Assert.Equal(
            "ArgMax over axis 1 of shape (2, 0): there is no element.",
            Assert.Throws<InvalidOperationException>(() => Tensor.Zeros(2, 0).ArgMax()).Message);
    }

    [Fact]
    public void An_axis_that_is_not_there_is_refused()
    {
        Assert.Equal(
            "Shape (3, 4, 5) has no axis 3. (Parameter 'axis')", Assert.Throws<ArgumentOutOfRangeException>(() => Cube.Sum(3)).Message);
        Assert.Equal(
            "Shape (3, 4, 5) has no axis -4. (Parameter 'axis')", Assert.Throws<ArgumentOutOfRangeException>(() => Cube.Mean(-4)).Message);
    }

    [Fact]
    public void Softmax_adds_up_to_one_and_does_not_overflow()
    {
        var x = Tensor.Of([[1000, 1001, 999], [-1000, 0, 1]]);
        Close.Assert(Tensor.Ones(2), x.Softmax().Sum(1), 1e-6, "sum");
        Close.Assert(Tensor.Of([0.24472848f, 0.66524094f, 0.09003057f]), x.Softmax()[0], 1e-6, "row");
        Close.Assert(x.Transpose().Softmax(), x.Softmax(axis: 0).Transpose(), 0, "axis");
    }
}
