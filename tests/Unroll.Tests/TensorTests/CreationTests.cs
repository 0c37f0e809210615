namespace Unroll.Tests.TensorTests;

public class CreationTests
{
    [Fact]
    public void From_a_number()
    {
        AssertTensor("()", [1.5f], Tensor.Of(1.5f));
        AssertTensor("()", [0.1f], Tensor.Of(0.1));
        AssertTensor("()", [2], Tensor.Of(2));
        Tensor fromInt = 3;
        Tensor fromDouble = 0.25;
        AssertTensor("()", [3], fromInt);
        AssertTensor("()", [0.25f], fromDouble);
    }

    [Fact]
    public void From_brackets_of_whole_numbers()
    {
        AssertTensor("(3,)", [1, 2, 3], Tensor.Of([1, 2, 3]));
        AssertTensor("(2, 2)", [1, 2, 3, 4], Tensor.Of([[1, 2], [3, 4]]));
        AssertTensor("(1, 2, 2)", [1, 2, 3, 4], Tensor.Of([[[1, 2], [3, 4]]]));
        AssertTensor("(1, 2, 1, 2)", [1, 2, 3, 4], Tensor.Of([[[[1, 2]], [[3, 4]]]]));
    }

    [Fact]
    public void From_brackets_of_doubles_rounded_to_float32()
    {
        AssertTensor("(3,)", [0.1f, 0.2f, 0.3f], Tensor.Of([0.1, 0.2, 0.3]));
        AssertTensor("(2, 2)", [1, 2.5f, 3, 4], Tensor.Of([[1, 2.5], [3, 4]]));
        AssertTensor("(1, 1, 2)", [0.1f, 2], Tensor.Of([[[0.1, 2]]]));
        AssertTensor("(1, 1, 1, 2)", [0.1f, 2], Tensor.Of([[[[0.1, 2]]]]));
    }

    [Fact]
    public void From_arrays_and_jagged_arrays()
    {
        AssertTensor("(2,)", [1, 2], Tensor.Of(new[] { 1f, 2f }));
        AssertTensor("(2,)", [1, 2], Tensor.Of(new[] { 1.0, 2.0 }));
        AssertTensor("(2, 1)", [1, 2], Tensor.Of(new float[][] { [1], [2] }));
        AssertTensor("(2, 1)", [1, 2], Tensor.Of(new double[][] { [1], [2] }));
        AssertTensor("(1, 2, 1)", [1, 2], Tensor.Of(new float[][][] { [[1], [2]] }));
        AssertTensor("(1, 2, 1)", [1, 2], Tensor.Of(new double[][][] { [[1], [2]] }));
        AssertTensor("(1, 1, 2, 1)", [1, 2], Tensor.Of(new float[][][][] { [[[1], [2]]] }));
        AssertTensor("(1, 1, 2, 1)", [1, 2], Tensor.Of(new double[][][][] { [[[1], [2]]] }));
    }

    [Fact]
    public void From_rectangular_arrays()
    {
        AssertTensor("(2, 3)", [1, 2, 3, 4, 5, 6], Tensor.Of(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        AssertTensor("(2, 3)", [1, 2, 3, 4, 5, 6], Tensor.Of(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        AssertTensor("(1, 2, 2)", [1, 2, 3, 4], Tensor.Of(new float[,,] { { { 1, 2 }, { 3, 4 } } }));
        AssertTensor("(1, 2, 2)", [1, 2, 3, 4], Tensor.Of(new double[,,] { { { 1, 2 }, { 3, 4 } } }));
        AssertTensor("(1, 1, 1, 2)", [1, 2], Tensor.Of(new float[,,,] { { { { 1, 2 } } } }));
        AssertTensor("(1, 1, 1, 2)", [1, 2], Tensor.Of(new double[,,,] { { { { 1, 2 } } } }));
    }

    [Fact]
    public void Rows_of_unequal_length_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Of([[1, 2], [3]]));
        Assert.Equal("Rows of unequal length: axis 1 has 2 values in the first row and 1 in a later one.", error.Message);
        error = Assert.Throws<ArgumentException>(() => Tensor.Of([[[1.5], [2]], [[3]]]));
        Assert.Equal("Rows of unequal length: axis 1 has 2 values in the first row and 1 in a later one.", error.Message);
    }

    [Fact]
    public void A_tensor_does_not_share_the_array_it_was_made_from()
    {
        float[] source = [1, 2];
        var tensor = Tensor.Of(source);
        var fromSpan = Tensor.FromSpan(source, 2);
        source[0] = 9;
        Assert.Equal([1, 2], tensor.ToArray());
        Assert.Equal([1, 2], fromSpan.ToArray());
    }

    [Fact]
    public void Filled_with_one_value()
    {
        AssertTensor("(2, 2)", [0, 0, 0, 0], Tensor.Zeros(2, 2));
        AssertTensor("(3,)", [1, 1, 1], Tensor.Ones(3));
        AssertTensor("()", [1], Tensor.Ones());
        AssertTensor("(1, 2)", [0.5f, 0.5f], Tensor.Full([1, 2], 0.5f));
        AssertTensor("(2, 0)", [], Tensor.Zeros(2, 0));
        AssertTensor("(2, 1)", [0, 0], Tensor.Zeros(Tensor.Of([[1], [2]]).Shape));
    }

    [Fact]
    public void Eye_as_NumPy()
    {
        AssertTensor("(3, 3)", [1, 0, 0, 0, 1, 0, 0, 0, 1], Tensor.Eye(3));
        AssertTensor("(0, 0)", [], Tensor.Eye(0));
        Assert.Throws<ArgumentException>(() => Tensor.Eye(-1));
    }

    [Fact]
    public void Arange_as_NumPy()
    {
        AssertTensor("(4,)", [0, 1, 2, 3], Tensor.Arange(4));
        AssertTensor("(0,)", [], Tensor.Arange(0));
        AssertTensor("(3,)", [2, 3, 4], Tensor.Arange(2, 5));
        AssertTensor("(3,)", [5, 3, 1], Tensor.Arange(5, 0, -2));
        AssertTensor("(0,)", [], Tensor.Arange(5, 0));
        AssertTensor("(10,)", [0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f], Tensor.Arange(0, 1, 0.1));
        Assert.Equal(
            "Arange needs a step other than 0. (Parameter 'step')",
            Assert.Throws<ArgumentException>(() => Tensor.Arange(0, 1, 0)).Message);
    }

    [Fact]
    public void From_a_span_with_the_wrong_shape_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.FromSpan([1, 2, 3], 2, 2));
        Assert.Equal("Shape (2, 2) holds 4 values but 3 came.", error.Message);
    }

    [Fact]
    public void Item_is_the_only_element()
    {
        Assert.Equal(7, Tensor.Of([[7]]).Item());
        var error = Assert.Throws<InvalidOperationException>(() => Tensor.Zeros(2).Item());
        Assert.Equal("Item() needs a tensor with one element, but this one has shape (2,).", error.Message);
    }

    [Fact]
    public void The_span_reads_and_writes_in_row_major_order()
    {
        var tensor = Tensor.Zeros(2, 3);
        tensor.Span[4] = 5;
        Assert.Equal(5, tensor[1, 1].Item());
        var copy = tensor.Copy();
        tensor.Span.Fill(1);
        Assert.Equal([0, 0, 0, 0, 5, 0], copy.ToArray());
    }

    private static void AssertTensor(string shape, float[] values, Tensor actual)
    {
        Assert.Equal(shape, actual.Shape.ToString());
        Assert.Equal(values, actual.ToArray());
        Assert.Equal(values.Length, actual.Size);
        Assert.Equal(actual.Shape.Count, actual.Rank);
    }
}
