namespace Unroll.Tests.TensorTests;

public class ShapeTests
{
    [Fact]
    public void Prints_as_a_Python_tuple()
    {
        Shape known = [2, 9, 3], one = [20], unknown = [null, 9, 3], onlyUnknown = [null];
        Assert.Equal("(2, 9, 3)", known.ToString());
        Assert.Equal("(20,)", one.ToString());
        Assert.Equal("()", Shape.Scalar.ToString());
        Assert.Equal("(None, 9, 3)", unknown.ToString());
        Assert.Equal("(None,)", onlyUnknown.ToString());
    }

    [Fact]
    public void Is_equal_by_its_axes()
    {
        Shape left = [2, null], same = [2, null], other = [2, 3];
        Assert.True(left == same);
        Assert.True(left != other);
        Assert.Equal(left, same);
        Assert.Equal(left.GetHashCode(), same.GetHashCode());
        Assert.False(left.Equals((object?)null));
        Assert.False(left == null);
        Assert.NotEqual(Tensor.Zeros(6).Shape, Tensor.Zeros(2, 3).Shape);
    }

    [Fact]
    public void Gives_its_lengths()
    {
        Shape shape = [2, 9, 3];
        Assert.Equal((3, 3, 54), (shape.Rank, shape.Count, shape.Size));
        Assert.Equal((2, 3), (shape[0], shape[^1]));
        Assert.Equal(new int?[] { 2, 9, 3 }, shape.ToArray());
        Assert.True(shape.IsKnown);
        Assert.Equal(1, Shape.Scalar.Size);
        var (batch, time, features) = (shape[0], shape[1], shape[2]);
        Assert.Equal("2 9 3", $"{batch} {time} {features}");
    }

    [Fact]
    public void Errors_name_the_shape()
    {
        Shape shape = [null, 9, 3];
        Assert.False(shape.IsKnown);
        Assert.Equal(
            "Shape (None, 9, 3) has 3 axes; there is no axis 3. (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => shape[3]).Message);
        Assert.Equal(
            "Axis 0 of shape (None, 9, 3) is not known before data come.",
            Assert.Throws<InvalidOperationException>(() => shape.Size).Message);
        Assert.Equal(
            "An axis cannot have the length -2. Use null for an axis that is not known yet.",
            Assert.Throws<ArgumentException>(() => Shape.Create([2, -2])).Message);
        Assert.Equal(
            "An axis cannot have the length -1. Use null for an axis that is not known yet.",
            Assert.Throws<ArgumentException>(() => Tensor.Zeros(-1)).Message);
    }
}
