using Unroll.Tests.Support;

namespace Unroll.Tests.TensorTests;

public class MatMulTests
{
    /// <summary>Around the widths of vectors and of the kernel's tiles, and none at all.</summary>
    private static readonly int[] Sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33];

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 150));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Equals_a_loop_in_double(int seed)
    {
        var random = new RandomState(seed);
        var (m, k, n) = (Size(), Size(), Size());
        Check(random.Normal(0, 1, [m, k]), random.Normal(0, 1, [k, n]), "matrices");
        Check(random.Normal(0, 1, [2, 3, m, k]), random.Normal(0, 1, [k, n]), "a stack times a matrix");
        Check(random.Normal(0, 1, [m, k]), random.Normal(0, 1, [2, k, n]), "a matrix times a stack");
        Check(random.Normal(0, 1, [3, 1, m, k]), random.Normal(0, 1, [2, k, n]), "stacks that broadcast");

        int Size() => Sizes[random.RandInt(Sizes.Length)];
    }

    [Fact]
    public void Long_sums_keep_their_digits()
    {
        var random = new RandomState(1);
        Check(random.Normal(0, 1, [5, 3000]), random.Normal(0, 1, [3000, 19]), "long");
    }

    [Fact]
    public void One_axis_is_a_row_on_the_left_and_a_column_on_the_right()
    {
        Tensor vector = Tensor.Of([1, 2]), matrix = Tensor.Of([[1, 2], [3, 4]]);
        Assert.Equal("[ 7. 10.]", vector.MatMul(matrix).ToString());
        Assert.Equal("[ 5. 11.]", matrix.MatMul(vector).ToString());
        Assert.Equal("()", vector.MatMul(vector).Shape.ToString());
        Assert.Equal(5, vector.MatMul(vector).Item());
        Assert.Equal("(3, 2)", vector.MatMul(Tensor.Zeros(3, 2, 2)).Shape.ToString());
        Assert.Equal("(3, 2)", Tensor.Zeros(3, 2, 2).MatMul(vector).Shape.ToString());
    }

    [Fact]
    public void NaN_reaches_its_row_alone()
    {
        var left = Tensor.Of([[1, float.NaN], [1, 2]]);
        Assert.Equal([float.NaN, float.NaN, 5, 5], left.MatMul(Tensor.Of([[1, 1], [2, 2]])).ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_refused()
    {
        Assert.Equal(
            "MatMul: shapes (2, 3) and (2, 3): the left has 3 columns, the right 2 rows.",
            Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 3).MatMul(Tensor.Zeros(2, 3))).Message);
        Assert.Equal(
            "MatMul: shapes () and (2, 3); use * with a number.",
            Assert.Throws<ArgumentException>(() => Tensor.Of(1).MatMul(Tensor.Zeros(2, 3))).Message);
        Assert.Equal(
            "MatMul: shapes (2,) and (3,) cannot be broadcast together: 2 meets 3 on axis -1. Axes must be equal, or one of them 1.",
            Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 1, 3).MatMul(Tensor.Zeros(3, 3, 1))).Message);
    }

    private static void Check(Tensor left, Tensor right, string what)
    {
        var actual = left.MatMul(right);
        var (m, k, n) = (left.Shape[^2], left.Shape[^1], right.Shape[^1]);
        var expected = Tensor.Zeros(actual.Shape);
        var head = actual.Shape.Axes[..^2].ToArray();
        Tensor lefts = left.BroadcastTo([.. head, m, k]), rights = right.BroadcastTo([.. head, k, n]);
        for (var i = 0; i < expected.Size; i++)
        {
            var (row, column) = Math.DivRem(i, n);
            var matrix = row / m;
            var sum = 0.0;
            for (var j = 0; j < k; j++)
                sum += (double)lefts.Span[row * k + j] * rights.Span[(matrix * k + j) * n + column];
            expected.Span[i] = (float)sum;
        }

        // Rounding grows with the length of the sum, like a random walk.
        Close.Assert(expected, actual, 2e-7 * Math.Sqrt(Math.Max(1, k)) * 2, what);
    }
}
