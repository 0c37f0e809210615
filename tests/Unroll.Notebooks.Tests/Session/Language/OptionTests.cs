using Unroll.Notebooks.Session.Language;

namespace Unroll.Notebooks.Tests;

/// <summary>What may follow the name of a command, as .NET Interactive read it.</summary>
public class OptionTests
{
    private static readonly OptionInfo[] Known =
    [
        new("--name", "") { IsRequired = true, MayBeBare = true }, new("--value", ""), new("--byref", "") { IsFlag = true },
    ];

    [Theory]
    [InlineData("--name x --value 123", "x", "123", null)]
    [InlineData("x --value=123", "x", "123", null)]
    [InlineData("--value \"one two\" x", "x", "one two", null)]
    [InlineData("x --value \"a \\\"b\\\" c\"", "x", "a \"b\" c", null)]
    [InlineData("x --value \"C:\\temp\\new\"", "x", "C:\\temp\\new", null)]
    [InlineData("x --value {\"a\": [1, \"}\"]}", "x", "{\"a\": [1, \"}\"]}", null)]
    [InlineData("x --value https://a.example/?q=1", "x", "https://a.example/?q=1", null)]
    [InlineData("x --value @fsharp:y", "x", "y", "fsharp")]
    [InlineData("x --value @input", "x", "", "input")]
    [InlineData("x --value @input:\"Your name, please?\"", "x", "Your name, please?", "input")]
    [InlineData("x --value \"@input:Your name?\"", "x", "Your name?", "input")]
    [InlineData("x --value @password:{\"prompt\": \"a b\"}", "x", "{\"prompt\": \"a b\"}", "password")]
    [InlineData("x --value user@example.org", "x", "user@example.org", null)]
    public void Options_are_read(string arguments, string name, string value, string? source)
    {
        var options = DirectiveOptions.Read("#!test", arguments, Known, line: 3);
        Assert.Equal((name, value, source), (options["--name"]!.Text, options["--value"]!.Text, options["--value"]!.Source));
        Assert.False(options.Has("--byref"));
    }

    [Fact]
    public void A_flag_takes_no_value() =>
        Assert.Equal("x", DirectiveOptions.Read("#!test", "--byref x", Known, line: 1)["--name"]!.Text);

    [Theory]
    [InlineData("", "#!test needs --name: write #!test [--name] … [--value …] [--byref].")]
    [InlineData("--valeu 3", "#!test has no option --valeu: write #!test [--name] … [--value …] [--byref].")]
    [InlineData("--name", "#!test --name has no value: write #!test [--name] … [--value …] [--byref].")]
    [InlineData("--name --value 3", "#!test --name has no value: write #!test [--name] … [--value …] [--byref].")]
    [InlineData("x y", "#!test has --name twice.")]
    public void What_is_wrong_is_said_with_the_way_to_write_it(string arguments, string message)
    {
        var error = Assert.Throws<DirectiveException>(() => DirectiveOptions.Read("#!test", arguments, Known, line: 3));
        Assert.Equal((message, 3), (error.Message, error.Line));
    }
}
