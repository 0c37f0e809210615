using Unroll.Notebooks.Documents.Comparing;

namespace Unroll.Notebooks.Tests;

public class NumericTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("loss: 0.50001", "loss: 0.50002")]
    [InlineData("[0.1 0.25]", "[0.10000001 0.25      ]")]
    [InlineData("[[ 0.5  -0.25]", "[[ 0.50000001 -0.25]")]
    [InlineData("[1. 2.5]", "[0.99999999 2.5]")]
    [InlineData("-0.", "0.")]
    [InlineData("1.5e-05", "1.50001e-05")]
    [InlineData("1e-9", "3e-8")]
    [InlineData(".5", "0.5")]
    [InlineData("x=0.00000012", "x=0.00000091")]
    [InlineData("<td>3.14159</td>", "<td>3.14160</td>")]
    [InlineData("M12.50001,3.5L4.25", "M12.50002,3.5L4.25")]
    [InlineData("took 12.00001px.", "took 12.00002px.")]
    public void Same(string expected, string actual) => Assert.True(NumericText.Same(expected, actual));

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a ", "a")]
    [InlineData("(2, 3, 5)", "(2, 3, 6)")]
    [InlineData("(2, 3, 5)", "(2, 3,  5)")]
    [InlineData("100000", "100001")]
    [InlineData("100000.", "100001.")]
    [InlineData("0.5", "0.501")]
    [InlineData("0.5", "-0.5")]
    [InlineData("0.5 0.5", "0.5")]
    [InlineData("0.5", "1")]
    [InlineData("3", "3.")]
    [InlineData("1.2.3", "1.2.4")]
    [InlineData("1e5", "2e5")]
    [InlineData("a1e5f", "a1e6f")]
    [InlineData("0.5 x", "0.5 y")]
    [InlineData("nan", "0.5")]
    [InlineData("0.00001", "0.00002")]
    [InlineData("1.5", "1 .5")]
    public void Different(string expected, string actual)
    {
        Assert.False(NumericText.Same(expected, actual));
        Assert.False(NumericText.Same(actual, expected));
    }
}
