using Unroll.Tests.Support;

namespace Unroll.Tests.TensorTests;

public class BroadcastingTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 60));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Equals_a_loop_over_the_elements(int seed)
    {
        var random = new RandomState(seed);
        var rank = (int)random.RandInt(0, 5);
        var shape = new int[rank];
        for (var i = 0; i < rank; i++)
            shape[i] = (int)random.RandInt(seed % 7 == 0 ? 0 : 1, 6);
        Tensor left = Repeated(), right = Repeated();

        Check(left + right, (a, b) => a + b);
        Check(left - right, (a, b) => a - b);
        Check(left * right, (a, b) => a * b);
        Check(left / right, (a, b) => a / b);
        Check(Tensor.Maximum(left, right), Math.Max);
        Check(Tensor.Minimum(left, right), Math.Min);
        Check(Tensor.Greater(left, right), (a, b) => a > b ? 1 : 0);
        Check(Tensor.Equal(left, right), (a, b) => a == b ? 1 : 0);
        Check(Tensor.Where(Tensor.Greater(left, 0), left, right), (a, b) => a > 0 ? a : b);

        // Some axes of length 1 and some at the front left out.
        Tensor Repeated()
        {
            var axes = shape.Select(axis => random.RandInt(3) == 0 ? 1 : axis).Skip((int)random.RandInt(0, rank + 1)).ToArray();
            return random.Normal(0, 1, axes);
        }

        void Check(Tensor actual, Func<float, float, float> operation)
        {
            var expected = Tensor.Zeros(actual.Shape);
            for (var i = 0; i < expected.Size; i++)
                expected.Span[i] = operation(At(left, expected.Shape, i), At(right, expected.Shape, i));
            Close.Assert(expected, actual, 1e-7, "result");
            Assert.Equal(Axes(left, right), actual.Shape);
        }
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 3) + Tensor.Zeros(2));
        Assert.Equal(
            "+: shapes (2, 3) and (2,) cannot be broadcast together: 3 meets 2 on axis -1. Axes must be equal, or one of them 1.",
            error.Message);
        error = Assert.Throws<ArgumentException>(() => Tensor.Maximum(Tensor.Zeros(4, 3), Tensor.Zeros(2, 3)));
        Assert.Equal(
            "Maximum: shapes (4, 3) and (2, 3) cannot be broadcast together: 4 meets 2 on axis -2. Axes must be equal, or one of them 1.",
            error.Message);
        error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 3).BroadcastTo(3));
        Assert.Equal("A tensor of shape (2, 3) cannot be broadcast to (3,).", error.Message);
    }

    [Fact]
    public void Numbers_stand_for_tensors_on_either_side()
    {
        var x = Tensor.Of([1, 2]);
        Assert.Equal([3, 5], (2 * x + 1).ToArray());
        Assert.Equal([1, 0.5f], (1 / x).ToArray());
        Assert.Equal([0.5f, 1], (x / 2.0).ToArray());
        Assert.Equal([-1, -2], (-x).ToArray());
        Assert.Equal([4, 3], (5 - x).ToArray());
    }

    [Fact]
    public void Named_forms_equal_the_operators()
    {
        Tensor a = Tensor.Of([6, 8]), b = Tensor.Of([2, 4]);
        Assert.Equal([8, 12], Tensor.Add(a, b).ToArray());
        Assert.Equal([4, 4], Tensor.Subtract(a, b).ToArray());
        Assert.Equal([12, 32], Tensor.Multiply(a, b).ToArray());
        Assert.Equal([3, 2], Tensor.Divide(a, b).ToArray());
        Assert.Equal([-6, -8], Tensor.Negate(a).ToArray());
    }

    [Fact]
    public void NaN_and_infinity_go_on()
    {
        var x = Tensor.Of([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0]);
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1], (x + 1).ToArray());
        Assert.Equal([float.NaN, float.NaN, float.NaN, 0], (x * 0).ToArray());
        Assert.Equal([float.NaN, float.PositiveInfinity, 0, 0], x.Relu().ToArray());
        Assert.Equal([float.NaN, 1, -1, 0], x.Tanh().ToArray());
        Assert.Equal([float.NaN, 1, 0, 0.5f], x.Sigmoid().ToArray());
        Assert.Equal([float.NaN, float.PositiveInfinity, 0, 1], x.Exp().ToArray());
        Assert.Equal([float.NaN, 1, -1, 0], x.Sign().ToArray());
        Assert.Equal([float.NaN, 1, -1, 0], x.Erf().ToArray());
        Assert.Equal([float.NaN, float.PositiveInfinity, 0, MathF.Log(2)], x.Softplus().ToArray());
        Assert.Equal([float.NaN, float.PositiveInfinity, 2, 2], Tensor.Maximum(x, 2).ToArray());
        Assert.Equal(float.NaN, x.Max().Item());
        Assert.Equal(float.NaN, x.Sum().Item());
    }

    [Fact]
    public void Where_keeps_NaN_of_the_other_branch_out() => Assert.Equal(
        [1, 2], Tensor.Where(Tensor.Of([1, 0]), Tensor.Of([1, float.NaN]), Tensor.Of([float.NaN, 2])).ToArray());

    [Fact]
    public void Empty_tensors_stay_empty()
    {
        var empty = Tensor.Zeros(0, 3);
        Tensor[] results =
        [
            empty + 1, empty * empty, empty + Tensor.Zeros(1, 3), empty.Exp(), empty.Sigmoid(), empty.Tanh(), empty.Relu(), -empty, empty.Clip(0, 1),
            empty.Softmax(),
        ];
        Assert.All(results, result => Assert.Equal("(0, 3)", result.Shape.ToString()));
    }

    private static Shape Axes(Tensor left, Tensor right)
    {
        var axes = new int[Math.Max(left.Rank, right.Rank)];
        for (var i = 1; i <= axes.Length; i++)
        {
            var a = i <= left.Rank ? left.Shape[^i] : 1;
            axes[^i] = a == 1 && i <= right.Rank ? right.Shape[^i] : a;
        }

        return axes;
    }

    /// <summary>The element that broadcasting puts at place <paramref name="index"/> of <paramref name="shape"/>.</summary>
    private static float At(Tensor tensor, Shape shape, int index)
    {
        int place = 0, step = 1;
        for (var i = 1; i <= shape.Rank; i++)
        {
            (index, var along) = Math.DivRem(index, shape[^i]);
            if (i > tensor.Rank)
                continue;
            if (tensor.Shape[^i] != 1)
                place += along * step;
            step *= tensor.Shape[^i];
        }

        return tensor.Span[place];
    }
}
