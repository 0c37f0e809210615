namespace Unroll.Tests.Printing;

/// <summary>The options themselves: NumPy's defaults, and counts that cannot be negative.</summary>
public class PrintOptionsTests
{
    [Fact]
    public void Defaults_are_those_of_NumPy()
    {
        var options = new PrintOptions();
        Assert.Equal(
            (8, 1000, 3, 75, false),
            (options.Precision, options.Threshold, options.EdgeItems, options.LineWidth, options.Suppress));
    }

    [Fact]
    public void Default_can_be_replaced_but_not_removed()
    {
        var before = PrintOptions.Default;
        Assert.Throws<ArgumentNullException>(() => PrintOptions.Default = null!);
        try
        {
            // A copy with the same values: tests that print at this moment see no difference.
            var copy = before with { };
            PrintOptions.Default = copy;
            Assert.Same(copy, PrintOptions.Default);
        }
        finally
        {
            PrintOptions.Default = before;
        }
    }

    [Fact]
    public void Negative_counts_are_refused()
    {
        AssertRefused("Precision", () => new PrintOptions { Precision = -1 });
        AssertRefused("Threshold", () => new PrintOptions { Threshold = -1 });
        AssertRefused("EdgeItems", () => new PrintOptions { EdgeItems = -1 });
        AssertRefused("LineWidth", () => new PrintOptions { LineWidth = -1 });
    }

    private static void AssertRefused(string option, Func<PrintOptions> create)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.Equal(
            $"PrintOptions.{option} is a count: expected 0 or more but got -1. (Parameter '{option}')", error.Message);
    }
}
