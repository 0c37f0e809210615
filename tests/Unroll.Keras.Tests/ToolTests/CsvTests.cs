namespace Unroll.Keras.Tests.ToolTests;

/// <summary>What a CSV file may look like, and what is said of one that does not.</summary>
public sealed class CsvTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("1,2,3\n4,5,6\n")]
    [InlineData("1,2,3\n4,5,6")]
    [InlineData("1,2,3\r\n4,5,6\r\n")]
    [InlineData("\uFEFF1,2,3\n4,5,6\n")]
    [InlineData("\uFEFFa,b,c\r\n1,2,3\r\n4,5,6\r\n")]
    [InlineData("\n\n1,2,3\n\n  \n4,5,6\n\n")]
    [InlineData("\"1\",\"2\",\"3\"\n 4 , \"5\" ,6\n")]
    [InlineData("\"the \"\"first\"\", here\",b,c\n1,2,3\n4,5,6\n")]
    [InlineData("a,,c\n1.0,2e0,+3\n.4e1,5.,06\n")]
    public void It_is_read(string text)
    {
        var (model, path) = _bench.Plain();
        var expected = model.Predict(Tensor.Arange(1, 7).Reshape(2, 3)).ToArray();
        Assert.Equal(expected, Bench.Fine(path, "--predict", _bench.Text("x.csv", text)).Numbers);
    }

    [Theory]
    [InlineData("NaN,0,0\n", "NaN")]
    [InlineData("nan,0,0\n", "NaN")]
    public void A_number_that_is_missing_on_purpose_is_kept(string text, string expected)
    {
        var (_, path) = _bench.Plain();
        Assert.Equal($"price\n{expected}\n", Bench.Fine(path, "--predict", _bench.Text("x.csv", text)).Output);
    }

    [Theory]
    [InlineData("inf,0,0\n")]
    [InlineData("-inf,0,0\n")]
    [InlineData("Infinity,0,0\n")]
    public void What_is_without_end_is_kept(string text)
    {
        var (_, path) = _bench.Plain();
        Assert.Matches("^price\n(-?Infinity)\n$", Bench.Fine(path, "--predict", _bench.Text("x.csv", text)).Output);
    }

    [Theory]
    [InlineData("1;2;3\n", "x.csv, line 1: the fields are separated by semicolons")]
    [InlineData("1,5;2,5;3,5\n", "x.csv, line 1: the fields are separated by semicolons")]
    [InlineData("1\t2\t3\n", "x.csv, line 1: the fields are separated by tabs")]
    [InlineData("1,2,3\n4,5\n", "x.csv, line 2 has 2 columns, and those before it have 3")]
    [InlineData("1,2,3\n\n4,5,6,7\n", "x.csv, line 3 has 4 columns")]
    [InlineData("a,b,c\n1,2,3\n4,x,6\n", "x.csv, line 3, column 2: \"x\" of b is not a number")]
    [InlineData("1,b,3\n", "x.csv, line 1, column 2: \"b\" is not a number")]
    [InlineData("1,2,3\n4,,6\n", "x.csv, line 2, column 2: the number is missing. Write it, or NaN.")]
    [InlineData("1,2,\n", "x.csv, line 1, column 3: the number is missing")]
    [InlineData(",,\n", "x.csv, line 1, column 1: the number is missing")]
    [InlineData("1,2,1e40\n", "x.csv, line 1, column 3: 1e40 is beyond what float32 holds")]
    [InlineData("1,\"2,3\n", "x.csv, line 1, column 2: the quote is not closed")]
    [InlineData("1,\"2\"5,3\n", "x.csv, line 1, column 2: \"5\" follows the closing quote")]
    [InlineData("1,1 000,3\n", "x.csv, line 1, column 2: \"1 000\" is not a number")]
    [InlineData("1,0x10,3\n", "x.csv, line 1, column 2: \"0x10\" is not a number")]
    [InlineData("a,b,c\na,b,c\n", "x.csv, line 2, column 1: \"a\" of a is not a number")]
    [InlineData("", "x.csv has no lines")]
    [InlineData("\n\n", "x.csv has no lines")]
    [InlineData("a,b,c\n", "x.csv has a header and no numbers after it")]
    public void It_is_refused_with_line_and_column(string text, string said)
    {
        var (_, path) = _bench.Plain();
        Bench.Refused(1, [path, "--predict", _bench.Text("x.csv", text), "--output", _bench["y.csv"]], said);
        Assert.Equal(["plain.keras", "x.csv"], _bench.Files);
    }
}
