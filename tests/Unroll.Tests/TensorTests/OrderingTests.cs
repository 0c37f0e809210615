namespace Unroll.Tests.TensorTests;

/// <summary>Order, places and comparisons, as NumPy has them.</summary>
public class OrderingTests
{
    private static readonly Tensor X = Tensor.Of([[3.0, 1, 2], [1, 1, 0]]);

    [Fact]
    public void Elements_are_sorted_along_an_axis()
    {
        Assert.Equal([1f, 2, 3, 0, 1, 1], X.Sort().ToArray());
        Assert.Equal([1f, 1, 0, 3, 1, 2], X.Sort(0).ToArray());
        Assert.Equal([1f, 2, 0, 2, 0, 1], X.ArgSort().ToArray());
        Assert.Equal([1f, 3, 2, 0], Tensor.Of([double.NaN, -1, 5, 2]).ArgSort().ToArray());
        Assert.True(float.IsNaN(Tensor.Of([double.NaN, -1]).Sort().ToArray()[1]));
        Assert.Equal([1f, 2], X.ArgMin().ToArray());
    }

    [Fact]
    public void Sums_run_along_an_axis()
    {
        Assert.Equal([3f, 4, 6, 1, 2, 2], X.CumSum(1).ToArray());
        Assert.Equal([3f, 1, 2, 4, 2, 2], X.CumSum(0).ToArray());
    }

    [Fact]
    public void Rows_are_taken_by_their_places_along_any_axis()
    {
        Assert.Equal([1f, 1, 0, 3, 1, 2, 1, 1, 0], X.Gather(Tensor.Of([1.0, 0, 1])).ToArray());
        var taken = X.Gather(Tensor.Of([[2.0, 0], [0, 1]]), axis: 1);
        Assert.Equal([2, 2, 2], (int[])[.. (ReadOnlySpan<int>)taken.Shape]);
        Assert.Equal([2f, 3, 3, 1, 0, 1, 1, 1], taken.ToArray());
        var error = Assert.Throws<ArgumentException>(() => X.Gather(Tensor.Of([2.0])));
        Assert.Equal("Gather: 2 is not a place along axis 0 of (2, 3): they are 0 to 1.", error.Message);
        Assert.Throws<ArgumentException>(() => X.Gather(Tensor.Of([0.5])));
    }

    [Fact]
    public void Comparisons_count_as_whole_numbers()
    {
        Assert.Equal([0f, 0, 0, 0, 0, 1], Tensor.Less(X, 1).ToArray());
        Assert.Equal([0f, 1, 0, 1, 1, 1], Tensor.LessEqual(X, 1).ToArray());
        Assert.Equal([1f, 1, 1, 1, 1, 0], Tensor.GreaterEqual(X, 1).ToArray());
        Assert.Equal([1f, 0, 1, 0, 0, 1], Tensor.NotEqual(X, 1).ToArray());
        Assert.Equal(3, Tensor.Equal(X, 1).CountNonzero());
    }

    [Fact]
    public void Gradients_go_where_the_numbers_came_from()
    {
        var weights = Tensor.Arange(1, 7).Reshape(2, 3);
        Assert.Equal([3f, 1, 2, 5, 6, 4], Slope(x => (x.Sort() * weights).Sum(), X));
        Assert.Equal([6f, 5, 3, 15, 11, 6], Slope(x => (x.CumSum(1) * weights).Sum(), X));
        Assert.Equal([2f, 2, 2, 1, 1, 1], Slope(x => x.Gather(Tensor.Of([1.0, 0, 0])).Sum(), X));
    }

    private static float[] Slope(Func<Tensor, Tensor> function, Tensor x)
    {
        using var tape = new GradientTape();
        var watched = x.Copy();
        tape.Watch(watched);
        return tape.Gradient(function(watched), watched)!.ToArray();
    }
}
