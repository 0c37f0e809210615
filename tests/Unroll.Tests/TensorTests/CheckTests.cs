namespace Unroll.Tests.TensorTests;

/// <summary>A check that holds says nothing; one that fails says what is wrong, and where.</summary>
public class CheckTests
{
    private static readonly Tensor Y = Tensor.Zeros(2, 5);

    [Fact]
    public void A_check_that_holds_is_silent()
    {
        Check.Shape(Y, [2, 5]);
        Check.Shape(Y, [null, 5]);
        Check.Shape(Y.Shape, [2, 5]);
        Check.Equal(Y, Tensor.Full([2, 5], 5e-7));
        Check.Equal(Tensor.Zeros(0, 2), Tensor.Zeros(0, 2));
        Check.Equal(12416, 64 * 128 + 32 * 128 + 128);
        Check.Equal(double.NaN, double.NaN);
        Check.That(condition: true, "never said");
    }

    [Fact]
    public void A_missing_time_axis_is_named_with_its_usual_reason() => Fails(
        "Y has the wrong shape: (2, 5) came, and (2, 3, 5) was expected. It has 2 axes instead of 3. "
        + "The time axis is missing: by default a recurrent layer returns only its last step.",
        () => Check.Shape(Y, [2, 3, 5]));

    [Fact]
    public void A_time_axis_too_many_is_named_with_its_usual_reason()
    {
        var sequence = Tensor.Zeros(2, 3, 5);
        Fails(
            "sequence has the wrong shape: (2, 3, 5) came, and (2, 5) was expected. It has 3 axes instead of 2. "
            + "There is a time axis too many: a recurrent layer returned every step, not only the last.",
            () => Check.Shape(sequence, [2, 5]));
    }

    [Fact]
    public void The_axis_that_differs_is_named() => Fails(
        "Y has the wrong shape: (2, 5) came, and (2, 4) was expected. Only axis 1 differs: 5 instead of 4.", () => Check.Shape(Y, [2, 4]));

    [Fact]
    public void Several_axes_that_differ_are_named() => Fails(
        "Y has the wrong shape: (2, 5) came, and (1, 4) was expected. Axes 0 and 1 differ.", () => Check.Shape(Y, [1, 4]));

    [Fact]
    public void An_unknown_axis_of_a_shape_is_not_a_known_one()
    {
        Shape open = [null, 5];
        Check.Shape(open, [null, 5]);
        Fails("open is wrong: (None, 5) came, and (2, 5) was expected. Only axis 0 differs: None instead of 2.", () => Check.Shape(open, [2, 5]));
        Fails("Y.Shape is wrong: (2, 5) came, and (None, 5) was expected. Only axis 0 differs: 2 instead of None.", () => Check.Shape(Y.Shape, [null, 5]));
    }

    [Fact]
    public void The_place_of_the_greatest_difference_is_named()
    {
        var h = Tensor.Of([[1, 2], [3, 4.5]]);
        Fails("h should equal Tensor.Of([[1, 2.25], [3, 4]]), but at [1, 1] it is 4.5 and not 4.", () => Check.Equal(Tensor.Of([[1, 2.25], [3, 4]]), h));
        Fails("h should equal Tensor.Full([2, 2], double.NaN), but at [0, 0] it is 1 and not NaN.", () => Check.Equal(Tensor.Full([2, 2], double.NaN), h));
        Check.Equal(Tensor.Of([[1, 2.25], [3, 4]]), h, tolerance: 0.5);
    }

    [Fact]
    public void Tensors_of_different_shapes_are_not_equal()
    {
        var row = Tensor.Zeros(1, 5);
        Fails("row has shape (1, 5), and Y, which it should equal, has (2, 5).", () => Check.Equal(Y, row));
    }

    [Fact]
    public void A_number_is_named_as_the_cell_writes_it()
    {
        var parameters = 160;
        Fails("parameters is 160, but 200 was expected. Count the bias too.", () => Check.Equal(200, parameters, hint: "Count the bias too."));
        Fails("0.25 is 0.25, but NaN was expected.", () => Check.Equal(double.NaN, 0.25));
    }

    [Fact]
    public void A_condition_fails_with_its_message() => Fails("Both calls gave the same.", () => Check.That(condition: false, "Both calls gave the same."));

    private static void Fails(string message, Action check) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(check).Message);
}
