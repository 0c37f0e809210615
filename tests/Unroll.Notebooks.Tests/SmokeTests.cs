namespace Unroll.Notebooks.Tests;

public class SmokeTests
{
    [Fact]
    public void Runs() => Assert.Equal(4, int.Parse("4", System.Globalization.CultureInfo.InvariantCulture));
}
