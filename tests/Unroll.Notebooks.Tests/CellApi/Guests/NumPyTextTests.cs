using Unroll.Notebooks.CellApi.Guests;

namespace Unroll.Notebooks.Tests.Guests;

/// <summary>Numbers as NumPy prints them; the expected texts are what NumPy 1.24 prints for arrays of the same values and type.</summary>
public sealed class NumPyTextTests
{
    public static TheoryData<double[], string, string> Rows => new()
    {
        { [1, 2, 3], "Float32", "[1. 2. 3.]" },
        { [0.1f, 1f / 3, -2], "Float32", "[ 0.1         0.33333334 -2.        ]" },
        { [1e10, 1.5e-5, -2, 0], "Float64", "[ 1.0e+10  1.5e-05 -2.0e+00  0.0e+00]" },
        { [1f / 3, 2, double.NaN, double.NegativeInfinity], "Float32", "[0.33333334 2.                nan       -inf]" },
        { [double.NaN, double.PositiveInfinity], "Float64", "[nan inf]" },
        { [1.5, 200.25], "Float64", "[  1.5  200.25]" },
        { [0.1], "Float16", "[0.1]" },
        { [123456789], "Float64", "[1.23456789e+08]" },
        { [1e-100, 1], "Float64", "[1.e-100 1.e+000]" },
        { [0.123456789123], "Float64", "[0.12345679]" },
        { [-0.0, 0], "Float32", "[-0.  0.]" },
        { [], "Float32", "[]" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row(double[] values, string type, string text) => Assert.Equal(text, Write(values, [values.Length], type));

    [Fact]
    public void A_number_alone() => Assert.Equal(("3.5", "3.0"), (Write([3.5], []), Write([3], [])));

    [Fact]
    public void Axes_are_brackets_and_blank_lines() => Assert.Equal(
        "[[[0. 1.]\n  [2. 3.]]\n\n [[4. 5.]\n  [6. 7.]]]",
        Write([0, 1, 2, 3, 4, 5, 6, 7], [2, 2, 2]));

    [Fact]
    public void A_long_row_is_wrapped() => Assert.Equal(
        "[ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.\n 18. 19.]",
        Write([.. Enumerable.Range(0, 20).Select(i => (double)i)], [20]));

    [Fact]
    public void A_line_does_not_end_in_the_room_of_a_shorter_number() => Assert.Equal(
        "[0.11111111 0.11111111 0.11111111 0.11111111 0.11111111 0.5\n 0.5       ]",
        Write([1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f, 1 / 9f, 0.5, 0.5], [7]));

    [Fact]
    public void Of_a_large_array_the_ends_of_its_axes_are_shown()
    {
        Assert.True(NumPyText.IsCut([40, 50]));
        Assert.Equal(
            "[[0. 1. 2. ... 3. 4. 5.]\n [0. 1. 2. ... 3. 4. 5.]]",
            Write([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], [2, 501]));
    }

    private static string? Write(double[] values, long[] shape, string type = "Float32") =>
        NumPyText.Write(values, shape, all => new FloatFormat(all, type).Write);
}
