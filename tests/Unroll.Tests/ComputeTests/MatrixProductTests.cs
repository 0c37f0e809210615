using Unroll.Compute;

namespace Unroll.Tests.ComputeTests;

/// <summary>The packed product against a plain one in double precision, around the sizes of tiles, panels and blocks.</summary>
[Collection(nameof(Support.OneByOne))]
public class MatrixProductTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 3, 5, 7 }, { 4, 4, 4 }, { 5, 17, 63 }, { 6, 64, 64 }, { 7, 65, 65 }, { 12, 33, 128 },
        { 13, 511, 31 }, { 17, 513, 97 }, { 95, 8, 16 }, { 97, 40, 130 }, { 200, 1025, 33 }, { 64, 0, 8 }, { 250, 128, 200 }, { 40, 30, 32 }, { 50, 600, 1 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Equals_the_plain_product(int m, int k, int n)
    {
        var random = new RandomState(m + k + n);
        var (left, right) = (random.Normal(0, 1, [m, k]), random.Normal(0, 1, [k, n]));
        var start = random.Normal(0, 1, [m, n]);
        foreach (var accumulate in (bool[])[false, true])
        {
            var expected = Plain(left.Span, right.Span, accumulate ? start.Span : Tensor.Zeros(m, n).Span, m, k, n);
            Check(expected, k, result => MatrixProduct.Multiply(left.Span, right.Span, result, m, k, n, accumulate), start);
            var turnedRight = right.Transpose();
            Check(expected, k, result => MatrixProduct.MultiplyTransposedRight(left.Span, turnedRight.Span, result, m, k, n, accumulate), start);
            var turnedLeft = left.Transpose();
            Check(expected, k, result => MatrixProduct.MultiplyTransposedLeft(turnedLeft.Span, right.Span, result, m, k, n, accumulate), start);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_bias_is_added_to_every_row(int m, int k, int n)
    {
        var random = new RandomState(m + k + n);
        Tensor left = random.Normal(0, 1, [m, k]), right = random.Normal(0, 1, [k, n]), bias = random.Normal(0, 1, [n]);
        var expected = Plain(left.Span, right.Span, (Tensor.Zeros(m, n) + bias).Span, m, k, n);
        Check(expected, k, result => MatrixProduct.MultiplyAndAdd(left.Span, right.Span, bias.Span, result, m, k, n), Tensor.Ones(m, n));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var before = Backend.Threads;
        try
        {
            var random = new RandomState(5);
            foreach (var (m, k, n) in (IEnumerable<(int, int, int)>)[(257, 300, 130), (20, 512, 700), (3000, 60, 20)])
            {
                var (left, right) = (random.Normal(0, 1, [m, k]), random.Normal(0, 1, [k, n]));
                Backend.Threads = 1;
                var alone = left.MatMul(right).ToArray();
                foreach (var threads in (int[])[2, 3, 8])
                {
                    Backend.Threads = threads;
                    Assert.Equal(alone, left.MatMul(right).ToArray());
                }
            }
        }
        finally
        {
            Backend.Threads = before;
        }
    }

    private static void Check(double[] expected, int depth, Product product, Tensor start)
    {
        var result = start.ToArray();
        product(result);
        var tolerance = 1e-6 * Math.Sqrt(depth + 1) * 4;
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], result[i], tolerance);
    }

    private static double[] Plain(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> start, int m, int k, int n)
    {
        var result = new double[m * n];
        for (var row = 0; row < m; row++)
        {
            for (var column = 0; column < n; column++)
            {
                double sum = start[row * n + column];
                for (var i = 0; i < k; i++)
                    sum += (double)left[row * k + i] * right[i * n + column];
                result[row * n + column] = sum;
            }
        }

        return result;
    }

    private delegate void Product(Span<float> result);
}
