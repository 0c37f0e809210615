namespace Unroll.Notebooks.Tests;

/// <summary>What <c>Kernel.Root</c>, commands, formatters and tables of .NET Interactive do in a cell.</summary>
public sealed class KernelTests(KernelScenario scenario) : IClassFixture<KernelScenario>
{
    private const string Result = "execute_result text/plain: ";

    [Theory]
    [InlineData("kernels", Result + "csharp fsharp value html javascript markdown mermaid; csharp")]
    [InlineData("not there", Result + "True")]
    [InlineData("variable of code", Result + "5")]
    [InlineData("code in code", "display_data text/plain: 2")]
    [InlineData("variable of code in code", Result + "1")]
    [InlineData("other languages", "display_data text/html: <b>x</b>")]
    [InlineData("value of a line", Result + "abc")]
    [InlineData("value set", Result + "4")]
    [InlineData("question", Result + "Ada")]
    [InlineData("questions", Result + "Ada")]
    [InlineData("update by id", "display_data text/html: <i>new</i>")]
    [InlineData("any element", "execute_result text/html: <section id=\"s\"><article>x</article><hr></section>")]
    [InlineData("types", Result + "application/json text/html text/plain text/csv application/table-schema+json")]
    [InlineData("of a formatter", Result + "<div>1.2</div>{\"A\":1}")]
    [InlineData("table as JSON", Result + "{\"profile\":\"tabular-data-resource\",\"schema\":{\"fields\":[{\"name\":\"a\",\"type\":\"integer\"}],\"primaryKey\":[]},\"data\":[{\"a\":1},{\"a\":null}]}")]
    [InlineData("command that does itself", "display_data text/plain: done")]
    [InlineData("own line with parameters", "display_data text/plain: Hello Ada! Hello Ada!")]
    [InlineData("own line with a variable", "display_data text/plain: Hello Bob")]
    [InlineData("variable of an own line", Result + "Hello Bob")]
    [InlineData("after the cell", "stdout: later")]
    public void Shows(string cell, string output) => Assert.Equal([output], scenario[cell].Shown);

    [Theory]
    [InlineData("own command that fails", "never")]
    [InlineData("values", "(\"[1]\", True)")]
    [InlineData("kernel of C#", "(True, 5, False)")]
    [InlineData("display id", "(True, \"second\", True, \"second\")")]
    [InlineData("schema", "[\"A:Number\", \"B:DateTime\", \"C:Boolean\"]")]
    public void Gives(string cell, string value) => Assert.Equal(Result + value, scenario[cell].Shown[^1]);

    [Fact]
    public void Code_of_a_cell_shows_what_it_shows_and_tells_the_cell() => Assert.Equal(
        [
            "stdout: out\n", "display_data text/plain: 7", "display_data text/plain: 6",
            "execute_result text/html: <pre>(&quot;StandardOutputValueProduced DisplayedValueProduced ReturnValueProduced CommandSucceeded&quot;, 6)</pre>",
            Result + "(\"StandardOutputValueProduced DisplayedValueProduced ReturnValueProduced CommandSucceeded\", 6)",
        ],
        scenario["code"].Shown);

    [Fact]
    public void A_command_of_a_cell_s_own_is_done_as_the_cell_says_and_tells_the_cell()
    {
        Assert.Equal(["display_data text/plain: Hello Ada", Result + "DisplayedValueProduced CommandSucceeded"], scenario["own command"].Shown);
        Assert.Equal(
            Result + "No kernel of this host does Nobody: register a handler, csharpKernel.RegisterCommandHandler<Nobody>((command, context) => …).",
            scenario["command that nothing does"].Shown[^1]);
    }

    [Fact]
    public void A_line_of_a_cell_s_own_stands_among_code_and_in_the_list()
    {
        Assert.Equal(["display_data text/plain: 1", "display_data text/plain: Heads", "display_data text/plain: 2"], scenario["own line"].Shown);
        Assert.Contains("#!flip-coin", scenario["own lines of the list"].Shown[^1], StringComparison.Ordinal);
        Assert.Contains("Flips a coin.", scenario["own lines of the list"].Shown[^1], StringComparison.Ordinal);
        Assert.Contains("--who-else", scenario["help of an own line"].Shown[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("handler of the host's", "NotSupportedException", "SubmitCode is done by this host")]
    [InlineData("own line without what it needs", "DirectiveError", "#!greet needs --who-else: write #!greet [--who-else] … [--times …] [--loudly].")]
    [InlineData("own line with a text for a number", "DirectiveError", "#!greet cannot be made into Greet: The JSON value could not be converted to System.Int32.")]
    [InlineData("name without a mark", "ArgumentException", "\"greet\" is not the name of a directive: begin it with #!, and use no blanks.")]
    [InlineData("name of a language", "ArgumentException", "#!html switches to the language html: choose another name.")]
    public void Refuses(string cell, string name, string message)
    {
        Assert.Equal(name, scenario[cell].Error.Name);
        Assert.StartsWith(message, scenario[cell].Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_fails_is_seen_and_fails_nothing()
    {
        Assert.Equal(["stderr: System.FormatException: bad\n   at Cell[Kernel.SendAsync], line 1\n", Result + "bad"], scenario["code that fails"].Shown);
        Assert.Equal(Result + "CommandFailed", scenario["code that does not compile"].Shown[^1]);
        Assert.StartsWith("stderr: Cell[Kernel.SendAsync], line 1, column 1: error CS0103", scenario["code that does not compile"].Shown[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Formatters_of_a_type_make_its_views() =>
        Assert.Equal(["execute_result text/html: <div>1.2</div>", Result + "version 1.2"], scenario["formatters"].Shown);

    [Fact]
    public void A_table_is_shown_as_HTML_CSV_and_text() => Assert.Equal(
        [
            "execute_result text/csv: A,B\n1,x\n2,\n",
            "execute_result text/html: <table><thead><tr><th>index</th><th>A</th><th>B</th></tr></thead><tbody><tr><td>0</td><td>1</td><td>x</td></tr><tr><td>1</td><td>2</td><td>null</td></tr></tbody></table>",
        ],
        scenario["table"].Shown.Take(2));

    [Fact]
    public void Values_without_names_make_no_table() => Assert.Equal(
        ("ArgumentException", "A row of a table has properties; int has none. Make objects of the values: select new { Value = x }."), scenario["no table"].Error);

    [Fact]
    public void The_notebook_runs_to_its_end() =>
        Assert.True(scenario.Result.ExitCode == 0, scenario.Result.Output + scenario.Result.Error);
}
