using System.Globalization;

namespace Unroll.Notebooks.Tests;

/// <summary>What cells see and show.</summary>
public sealed class CellTests(CellScenario scenario) : IClassFixture<CellScenario>
{
    private const string UnknownCommand = "There is no command #!clock. There are #!about, #!import, #!lsmagic, #!set, #!share, #!time, #!who, #!whos, "
        + "and the languages #!csharp, #!fsharp, #!html, #!javascript, #!markdown, #!mermaid, #!value.";

    public static TheoryData<string, string[]> Values => new()
    {
        { "sum", ["execute_result text/plain: 2"] },
        { "state", [] },
        { "uses state", ["execute_result text/plain: 42"] },
        { "no value", [] },
        { "null", ["execute_result text/plain: null"] },
        { "void", ["stdout: 3"] },
        { "using", [] },
        { "uses using", ["execute_result text/plain: 3"] },
        { "csharp 14", ["execute_result text/plain: 3"] },
        { "await", ["execute_result text/plain: done"] },
        { "streams", ["stdout: a1\n", "stderr: e\n", "stdout: 2.5\n1-c"] },
        { "set out", [] },
        { "after set out", ["stdout: back\n"] },
        { "native", ["stdout: onefrom a process\n"] },
        {
            "display",
            [
                "display_data text/plain: second", "display_data text/plain: x", "display_data image/svg+xml: <svg/>",
                "display_data application/json: {\"a\":[1]}",
            ]
        },
        { "update", ["execute_result text/plain: 1"] },
        { "display last", ["display_data text/plain: 3"] },
        {
            "html",
            [
                "display_data text/html: <script type=\"text/javascript\">go()</script>", "display_data text/html: <style>b {}</style>",
                "execute_result text/html: <b>x</b>",
            ]
        },
        {
            "table",
            [
                "display_data text/html: <table><thead><tr><th>index</th><th>A</th><th>B</th></tr></thead><tbody><tr><td>0</td><td>1</td><td>a</td></tr></tbody></table>",
                "display_data text/plain: Pair { A = 1, B = \"a\" }",
            ]
        },
        {
            "pairs",
            [
                "execute_result text/html: <table><thead><tr><th colspan=\"2\">Pair</th></tr></thead><tbody><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>a</td></tr></tbody></table>",
                "execute_result text/plain: Pair { A = 1, B = \"a\" }",
            ]
        },
        { "interactive", ["display_data text/plain: 7"] },
        { "shadows", ["execute_result text/plain: mine 1"] },
        { "selector", ["execute_result text/plain: selected"] },
        { "reference", ["execute_result text/plain: from below"] },
        { "load", ["execute_result text/plain: 8"] },
        { "folder", ["execute_result text/plain: True"] },
        { "keeps", ["execute_result text/plain: 5"] },
        { "not a directive", ["execute_result text/plain: #!time"] },
        { "allowed", ["execute_result text/plain: nothing raised"] },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Shows(string cell, string[] outputs) => Assert.Equal(outputs, scenario[cell].Shown);

    [Theory]
    [InlineData("throws", "InvalidOperationException", "no 5")]
    [InlineData("throws in async void", "FormatException", "nobody waits (on a background thread)")]
    [InlineData("compile", "CompilationError", "line 2, column 9: CS0103: The name 'missing' does not exist in the current context")]
    [InlineData("reads", "NotSupportedException", "Console input is not there: the notebook runs without a person. Put the value into the cell, or tag the cell skip-execution.")]
    [InlineData("reads key", "InvalidOperationException", "Cannot read keys when either application does not have a console or when console input has been redirected. Try Console.Read.")]
    [InlineData("formatter", "FormatException", "not shown")]
    [InlineData("missing dll", "CompilationError", "line 2, column 2: CS7009: Cannot use #r after first token in file")]
    [InlineData("missing dll first", "CompilationError", "line 1, column 1: CS0006: Metadata file 'nowhere/No.dll' could not be found")]
    [InlineData("unknown command", "DirectiveError", UnknownCommand)]
    [InlineData("unknown command first", "DirectiveError", UnknownCommand)]
    [InlineData("path", "FileNotFoundException", "Could not find file 'none.txt'.")]
    public void Fails(string cell, string name, string message) => Assert.Equal((name, message), scenario[cell].Error);

    public static TheoryData<string, string[]> Tracebacks => new()
    {
        { "throws", ["System.InvalidOperationException: no 5", "   at Thrower in {0}, line 5", "   at {0}, line 7"] },
        { "throws later", ["System.InvalidOperationException: no 1", "   at Thrower in {throws}, line 5", "   at {0}, line 2"] },
        { "throws inside", ["System.FormatException: inside", "   at Holder.Get in {0}, line 1", "   at {0}, line 2", "   at {0}, line 2"] },
        { "throws async", ["System.FormatException: later", "   at Later in {0}, line 1", "   at {0}, line 2"] },
        {
            "throws cause",
            [
                "System.InvalidOperationException: outer", "   at {0}, line 1", "caused by:",
                "   System.FormatException: The input string 'x' was not in a correct format.", "      at {0}, line 1",
            ]
        },
        {
            "compile",
            [
                "{0}, line 2, column 9: error CS0103: The name 'missing' does not exist in the current context",
                "    var b = missing;", "            ^",
                "{0}, line 3, column 9: error CS0029: Cannot implicitly convert type 'string' to 'int'",
                "    int c = \"s\";", "            ^",
            ]
        },
        { "unknown command", [$"DirectiveError: {UnknownCommand}", "   at {0}, line 2"] },
        { "formatter", ["System.FormatException: not shown", "   at Formatter.Format in {0}, line 6"] },
    };

    [Theory]
    [MemberData(nameof(Tracebacks))]
    public void Tracebacks_name_lines_of_cells_and_nothing_else(string cell, string[] lines)
    {
        var expected = lines.Select(line => line
            .Replace("{0}", Name(cell), StringComparison.Ordinal)
            .Replace("{throws}", Name("throws"), StringComparison.Ordinal));
        Assert.Equal(expected, scenario[cell].Traceback);

        string Name(string of) => string.Create(CultureInfo.InvariantCulture, $"Cell[{scenario.Count(of)}]");
    }

    [Fact]
    public void A_loaded_file_is_named_without_its_folder() => Assert.Contains(
        "   at Inner in inner.csx, line 2", scenario["throws in load"].Traceback);

    [Fact]
    public void Every_cell_ran() => Assert.True(scenario.Result.ExitCode == 0, scenario.Result.Output + scenario.Result.Error);

    [Fact]
    public void Cells_that_do_not_run_are_left_as_they_were_and_counted()
    {
        Assert.Equal(["stdout: kept"], scenario["skipped"].Shown);
        Assert.Null(scenario["skipped"].Count);
        Assert.Null(scenario["other language"].Count);
        Assert.Null(scenario["empty"].Count);
        Assert.Equal(
            "notebooks/cells.ipynb: 1 skipped (its language is pwsh, and this host runs C# and F#); 1 skipped (tagged skip-execution); 1 skipped (empty)",
            scenario.Result.Lines[1]);
        Assert.Equal(0, scenario.Result.ExitCode);
    }

    [Fact]
    public void Counts_go_from_1_without_a_gap()
    {
        var counts = scenario.Executed("cells").Cells.Select(cell => cell.Count).Where(count => count is not null).ToList();
        Assert.Equal(Enumerable.Range(1, counts.Count).Cast<int?>(), counts);
    }

    [Fact]
    public void No_output_holds_a_path_of_the_machine() =>
        Assert.DoesNotContain(scenario.Folder.Path, scenario.Executed("cells").Root.ToJsonString(), StringComparison.Ordinal);
}
