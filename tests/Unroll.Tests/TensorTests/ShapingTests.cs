using Unroll.Tests.Support;

namespace Unroll.Tests.TensorTests;

public class ShapingTests
{
    private static Tensor Cube => Tensor.Arange(24).Reshape(2, 3, 4);

    [Fact]
    public void Reshape_keeps_the_order_and_finds_one_length()
    {
        AssertTensor("(2, 3)", [0, 1, 2, 3, 4, 5], Tensor.Arange(6).Reshape(2, -1));
        AssertTensor("(3, 2)", [0, 1, 2, 3, 4, 5], Tensor.Arange(6).Reshape(-1, 2));
        AssertTensor("(6,)", [0, 1, 2, 3, 4, 5], Tensor.Arange(6).Reshape(2, 3).Reshape(-1));
        AssertTensor("()", [7], Tensor.Of([7]).Reshape());
        AssertTensor("(0, 3)", [], Tensor.Zeros(0).Reshape(-1, 3));
        var tensor = Tensor.Arange(2);
        tensor.Reshape(2, 1).Span[0] = 9;
        Assert.Equal(0, tensor.Span[0]);
    }

    [Fact]
    public void Reshape_to_another_size_is_refused()
    {
        Assert.Equal(
            "Reshape: shape (6,) has 6 elements, shape (2, 2) has 4.",
            Assert.Throws<ArgumentException>(() => Tensor.Arange(6).Reshape(2, 2)).Message);
        Assert.Equal(
            "Reshape: 6 elements of shape (6,) do not fit (4, -1).",
            Assert.Throws<ArgumentException>(() => Tensor.Arange(6).Reshape(4, -1)).Message);
        Assert.Equal(
            "Reshape: only one length may be -1, but got (-1, -1).",
            Assert.Throws<ArgumentException>(() => Tensor.Arange(6).Reshape(-1, -1)).Message);
    }

    [Fact]
    public void Transpose_turns_the_axes_round()
    {
        AssertTensor("(2, 2)", [1, 3, 2, 4], Tensor.Of([[1, 2], [3, 4]]).Transpose());
        AssertTensor("(3,)", [0, 1, 2], Tensor.Arange(3).Transpose());
        Assert.Equal("(4, 3, 2)", Cube.Transpose().Shape.ToString());
        Assert.Equal("(0, 2)", Tensor.Zeros(2, 0).Transpose().Shape.ToString());
    }

    [Fact]
    public void Transpose_with_an_order_equals_element_by_element()
    {
        var source = Tensor.Arange(120).Reshape(2, 3, 4, 5);
        foreach (var order in Orders(4))
        {
            var result = source.Transpose(order);
            foreach (var place in Places(result.Shape))
            {
                var from = new Slice[4];
                for (var i = 0; i < 4; i++)
                    from[order[i]] = place[i];
                Assert.Equal(source[from].Item(), result[[.. place.Select(Slice.FromInt)]].Item());
            }
        }
    }

    [Fact]
    public void Transpose_needs_each_axis_once()
    {
        Assert.Equal(
            "Transpose of shape (2, 3, 4) needs each of its 3 axes once, but got (0, 1, 1).",
            Assert.Throws<ArgumentException>(() => Cube.Transpose(0, 1, 1)).Message);
        Assert.Equal(
            "Shape (2, 3, 4) has no axis 3. (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => Cube.Transpose(0, 1, 3)).Message);
        Assert.Equal("(4, 2, 3)", Cube.Transpose(-1, 0, 1).Shape.ToString());
    }

    [Fact]
    public void MoveAxis_keeps_the_order_of_the_others()
    {
        Assert.Equal("(3, 4, 2)", Cube.MoveAxis(0, -1).Shape.ToString());
        Assert.Equal("(4, 2, 3)", Cube.MoveAxis(-1, 0).Shape.ToString());
        Assert.Equal("(4, 3, 2)", Cube.MoveAxis([0, 1], [-1, -2]).Shape.ToString());
        Assert.Equal(Cube.Transpose(1, 2, 0).ToArray(), Cube.MoveAxis(0, 2).ToArray());
        Assert.Equal("MoveAxis got 1 axes to move and 2 places.", Assert.Throws<ArgumentException>(() => Cube.MoveAxis([0], [1, 2])).Message);
        Assert.Equal("MoveAxis names an axis twice.", Assert.Throws<ArgumentException>(() => Cube.MoveAxis([0, 0], [1, 2])).Message);
    }

    [Fact]
    public void Slices_by_index_drop_the_axis_and_ranges_keep_it()
    {
        AssertTensor("(3, 4)", [.. Enumerable.Range(12, 12).Select(number => (float)number)], Cube[1]);
        AssertTensor("(4,)", [20, 21, 22, 23], Cube[1, 2]);
        AssertTensor("()", [23], Cube[1, 2, 3]);
        AssertTensor("()", [23], Cube[-1, -1, -1]);
        AssertTensor("(2, 4)", [8, 9, 10, 11, 20, 21, 22, 23], Cube[.., ^1]);
        AssertTensor("(2, 2)", [8, 9, 20, 21], Cube[.., 2, ..2]);
        AssertTensor("(1, 3, 1)", [13, 17, 21], Cube[1.., .., 1..2]);
        AssertTensor("(2, 3, 2)", [2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23], Cube[.., .., ^2..]);
        AssertTensor("(2, 0, 4)", [], Cube[.., 1..1]);
        Assert.Equal("(2, 3, 4)", Cube[[]].Shape.ToString());
    }

    [Fact]
    public void A_slice_is_a_copy()
    {
        var tensor = Tensor.Arange(4);
        tensor[..2].Span[0] = 9;
        Assert.Equal(0, tensor.Span[0]);
    }

    [Fact]
    public void Slices_outside_are_refused()
    {
        Assert.Equal(
            "3 is outside axis 1, which has the length 3, of a tensor of shape (2, 3, 4). (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => Cube[0, 3]).Message);
        Assert.Equal(
            "^4 is outside axis 1, which has the length 3, of a tensor of shape (2, 3, 4). (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => Cube[0, -4]).Message);
        Assert.Equal(
            "2..9 is outside axis 2, which has the length 4, of a tensor of shape (2, 3, 4). (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => Cube[.., .., 2..9]).Message);
        Assert.Equal(
            "4 places were asked of a tensor of shape (2, 3, 4), which has 3 axes.",
            Assert.Throws<ArgumentException>(() => Cube[0, 0, 0, 0]).Message);
    }

    [Fact]
    public void Concat_joins_along_an_axis()
    {
        Tensor a = Tensor.Of([[1, 2], [3, 4]]), b = Tensor.Of([[5], [6]]);
        AssertTensor("(2, 3)", [1, 2, 5, 3, 4, 6], Tensor.Concat([a, b], axis: 1));
        AssertTensor("(2, 3)", [1, 2, 5, 3, 4, 6], Tensor.Concat([a, b], axis: -1));
        AssertTensor("(4, 2)", [1, 2, 3, 4, 1, 2, 3, 4], Tensor.Concat([a, a]));
        AssertTensor("(2, 2)", [1, 2, 3, 4], Tensor.Concat([a, Tensor.Zeros(0, 2)]));
        Assert.Equal(
            "Concat along axis 0: (2, 1) differs from (2, 2) on another axis.",
            Assert.Throws<ArgumentException>(() => Tensor.Concat([a, b])).Message);
        Assert.Equal(
            "Concat needs at least one tensor. (Parameter 'tensors')",
            Assert.Throws<ArgumentException>(() => Tensor.Concat([])).Message);
        Assert.Equal(
            "Shape (2, 2) has no axis 2. (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Concat([a, a], axis: 2)).Message);
    }

    [Fact]
    public void Stack_makes_a_new_axis()
    {
        Tensor a = Tensor.Of([1, 2]), b = Tensor.Of([3, 4]);
        AssertTensor("(2, 2)", [1, 2, 3, 4], Tensor.Stack([a, b]));
        AssertTensor("(2, 2)", [1, 3, 2, 4], Tensor.Stack([a, b], axis: 1));
        AssertTensor("(2, 2)", [1, 3, 2, 4], Tensor.Stack([a, b], axis: -1));
        Assert.Equal(
            "Stack of (2,): there is no new axis 2 to make. (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Stack([a, b], axis: 2)).Message);
        Assert.Equal(
            "Stack needs tensors of one shape, but got (2,) and (3,).",
            Assert.Throws<ArgumentException>(() => Tensor.Stack([a, Tensor.Arange(3)])).Message);
    }

    [Fact]
    public void Split_and_Unstack_take_apart_what_Concat_and_Stack_joined()
    {
        var (left, right) = Cube.Split(2, axis: -1);
        Close.Assert(Cube[.., .., ..2], left, 0, "left");
        Close.Assert(Cube, Tensor.Concat([left, right], axis: 2), 0, "joined");
        Assert.Equal(["(2, 1, 4)", "(2, 0, 4)", "(2, 2, 4)"], Cube.Split([1, 0, 2], axis: 1).Select(part => part.Shape.ToString()).ToArray());
        Close.Assert(Cube, Tensor.Stack(Cube.Unstack(axis: 1), axis: 1), 0, "stacked");
        Assert.Empty(Tensor.Zeros(2, 0).Unstack(axis: 1));
        Assert.Equal(
            "Axis 2 of shape (2, 3, 4) cannot be cut into 3 equal parts.",
            Assert.Throws<ArgumentException>(() => Cube.Split(3, axis: 2)).Message);
        Assert.Equal(
            "Lengths 1 + 1 do not add up to axis 1 of shape (2, 3, 4).",
            Assert.Throws<ArgumentException>(() => Cube.Split([1, 1], axis: 1)).Message);
    }

    [Fact]
    public void Taking_apart_into_another_number_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            var (_, _, _) = Cube.Split(2, axis: 0);
        });
        Assert.Equal("There are 2 tensors here; they were taken apart into 3.", error.Message);
    }

    [Fact]
    public void Flip_turns_one_axis_round()
    {
        AssertTensor("(3,)", [2, 1, 0], Tensor.Arange(3).Flip(0));
        AssertTensor("(2, 2)", [2, 1, 4, 3], Tensor.Of([[1, 2], [3, 4]]).Flip(-1));
        AssertTensor("(2, 2)", [3, 4, 1, 2], Tensor.Of([[1, 2], [3, 4]]).Flip(0));
    }

    [Fact]
    public void ExpandDims_puts_in_an_axis_of_one()
    {
        Assert.Equal("(1, 2, 3, 4)", Cube.ExpandDims(0).Shape.ToString());
        Assert.Equal("(2, 3, 1, 4)", Cube.ExpandDims(2).Shape.ToString());
        Assert.Equal("(2, 3, 4, 1)", Cube.ExpandDims(-1).Shape.ToString());
        Assert.Equal(
            "ExpandDims of (2, 3, 4): there is no new axis 4 to make. (Parameter 'axis')",
            Assert.Throws<ArgumentOutOfRangeException>(() => Cube.ExpandDims(4)).Message);
    }

    private static void AssertTensor(string shape, float[] values, Tensor actual)
    {
        Assert.Equal(shape, actual.Shape.ToString());
        Assert.Equal(values, actual.ToArray());
    }

    /// <summary>All orders of so many axes: the last one put at each place of every order of the others.</summary>
    private static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count), (order, place) => (int[])[.. order[..place], count - 1, .. order[place..]]);

    private static IEnumerable<int[]> Places(Shape shape)
    {
        for (var i = 0; i < shape.Size; i++)
        {
            var place = new int[shape.Rank];
            var rest = i;
            for (var axis = shape.Rank - 1; axis >= 0; axis--)
                (rest, place[axis]) = Math.DivRem(rest, shape[axis]);
            yield return place;
        }
    }
}
