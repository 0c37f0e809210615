using System.Globalization;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Tests;

/// <summary>What cells that were written for .NET Interactive show.</summary>
public sealed class LanguageTests(LanguageScenario scenario) : IClassFixture<LanguageScenario>
{
    private const string Html = "display_data text/html: ";
    private const string Plain = "display_data text/plain: ";

    public static TheoryData<string, string[]> Values => new()
    {
        { "who", [$"{Plain}x\tname"] },
        {
            "whos",
            [
                $"{Html}<table><thead><tr><th>Variable</th><th>Type</th><th>Value</th></tr></thead><tbody><tr><td>x</td><td>int</td><td>40</td></tr><tr><td>name</td><td>string</td><td>n</td></tr></tbody></table>",
                $"{Plain}Variable  Type    Value\nx         int     40\nname      string  n",
            ]
        },
        {
            "blocks",
            [
                $"{Plain}first", $"{Html}<b>bold</b>", $"{Html}<script type=\"text/javascript\">go(1)</script>",
                "display_data text/markdown: # Title", $"{Plain}# Title",
                "stderr: Cell[6], line 9: pwsh was skipped; this host runs C# and F#, shows HTML, JavaScript, Markdown and Mermaid, and keeps values "
                + "(#!csharp, #!fsharp, #!html, #!javascript, #!markdown, #!mermaid, #!value)\n",
                "execute_result text/plain: second",
            ]
        },
        { "html cell", [$"{Html}<i>x</i>"] },
        { "import", ["display_data text/markdown: # Setup", $"{Plain}# Setup", $"{Plain}10", "execute_result text/plain: 111"] },
        { "tags", [$"{Html}<span><img src=\"i.ico\" data-n=\"3\"><a hidden href=\"x?a=1&amp;b=&quot;2&quot;\"><b>Wiki &amp; &lt;</b></a></span>"] },
        {
            "tag contents",
            [
                $"{Html}{Contents}", $"execute_result text/plain: {Contents}",
            ]
        },
        { "formula", ["execute_result text/latex: \\alpha", "execute_result text/plain: \\alpha"] },
        { "context", [$"{Plain}shown", "execute_result text/plain: False"] },
        { "function", ["execute_result text/html: <b>Rex</b>"] },
        { "inside", [$"{Html}<table><tbody><tr><th>Pet</th><td><b>Rex</b></td></tr><tr><th>Pets</th><td><table><thead><tr><th>index</th><th>value</th></tr></thead><tbody><tr><td>0</td><td><b>Rex</b></td></tr></tbody></table></td></tr></tbody></table>"] },
        { "most special", [$"{Html}dog", $"{Html}numbers", $"{Html}list", "execute_result text/html: list"] },
        { "plain", ["execute_result text/plain: plain Rex"] },
        { "preferred", ["execute_result text/plain: plain Rex"] },
        { "scalar", ["execute_result text/html: <time>2026</time>"] },
        { "beats convention", [$"{Html}brought", "execute_result text/html: registered"] },
        {
            "reset",
            [
                $"{Html}brought",
                "execute_result text/html: <table><thead><tr><th colspan=\"2\">Dog</th></tr></thead><tbody><tr><th>Name</th><td>Rex</td></tr><tr><th>Legs</th><td>4</td></tr></tbody></table>",
                "execute_result text/plain: Dog { Name = \"Rex\", Legs = 4 }",
            ]
        },
        {
            "limits",
            [
                $"{Plain}[1, 2, 3, … and 1 more of 4]", $"{Plain}[\"a\", … and 1 more of 2]",
                $"{Plain}{{ A = nothing, B = {{ C = … }} }}", $"{Plain}[\"a\", \"b\"]",
            ]
        },
        { "json", ["display_data application/json: {\"Name\":\"\\u00C4\\u003C\",\"N\":\"NaN\"}"] },
        { "csv", ["display_data text/csv: A,B\n1,\"x, \"\"y\"\"\"\n2,\n"] },
        { "default", [$"{Plain}Dog {{ Name = \"Rex\", Legs = 4 }}", "execute_result text/plain: text/html text/html"] },
    };

    private const string Contents = "<p>&lt;x&gt;<i>raw</i>3<br><table><tbody><tr><th>Fruit</th><td>fig</td></tr></tbody></table><li>a</li><li>b</li><pre>[1, 2]</pre></p>";

    [Theory]
    [MemberData(nameof(Values))]
    public void Shows(string cell, string[] outputs) => Assert.Equal(outputs, scenario[cell].Shown);

    [Theory]
    [InlineData("import fails", "CompilationError", "in bad.ipynb, cell 2: line 2, column 3: CS0103: The name 'missing' does not exist in the current context")]
    [InlineData("import of itself", "DirectiveError", "in circle.ipynb, cell 1: circle.ipynb imports itself.")]
    [InlineData("import of nothing", "DirectiveError", "#!import finds no file none.ipynb in the folder of the notebook.")]
    [InlineData("import of text", "DirectiveError", "#!import reads .ipynb, .dib, .cs, .csx, .fs and .fsx, and not .txt (notes.txt).")]
    [InlineData("refused", "DirectiveError", "#!connect is not supported: there is nothing to connect to: this host runs C# and F#.")]
    [InlineData("not run", "CompilationError", "line 1, column 1: CS0103: The name 'notSet' does not exist in the current context")]
    [InlineData("argument", "DirectiveError", "#!time takes no arguments, but has \"3\".")]
    [InlineData("void tag", "InvalidOperationException", "<br> has no content; give it attributes in brackets: br[id: \"x\"].")]
    [InlineData("throws", "FormatException", "bad")]
    [InlineData("shows itself", "InvalidOperationException", "The formatter of Version as text/html shows its own value again, without end.")]
    public void Fails(string cell, string name, string message) => Assert.Equal((name, message), scenario[cell].Error);

    [Fact]
    public void The_time_is_shown_after_the_value() => Assert.Collection(
        scenario["time"].Shown,
        value => Assert.Equal("execute_result text/plain: 41", value),
        time => Assert.Matches(WallTime, time));

    [Fact]
    public void The_time_is_shown_of_a_cell_that_fails_and_lines_keep_their_numbers()
    {
        var cell = scenario["line after import"];
        Assert.Contains(cell.Shown, shown => WallTime.IsMatch(shown));
        var count = cell.Count!.Value.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(
            ["   at Boom in Cell[" + count + "], line 2", "   at Cell[" + count + "], line 6"],
            cell.Outputs.Single(output => output["output_type"]!.GetValue<string>() == "error")["traceback"]!.AsArray()
                .Skip(1).Select(line => line!.GetValue<string>()));
    }

    [Fact]
    public void An_import_that_fails_names_the_place_in_the_file_and_in_the_cell()
    {
        var cell = scenario["import fails"];
        Assert.StartsWith("Cell[bad.ipynb:2], line 2, column 3: error CS0103", cell.Traceback[0], StringComparison.Ordinal);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"   at Cell[{cell.Count}], line 2"), cell.Traceback[^1]);
        Assert.DoesNotContain(cell.Shown, shown => shown.Contains("not reached", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_directive_is_listed()
    {
        var list = scenario["lsmagic"].Shown[^1];
        Assert.All(
            [
                "#!about", "#!import", "#!lsmagic", "#!set", "#!share", "#!time", "#!who", "#!whos", "#!csharp", "#!fsharp", "#!html", "#!javascript",
                "#!markdown", "#!mermaid", "#!value", "#r", "#i", "#load",
            ],
            directive => Assert.Contains($"\n{directive} ", list, StringComparison.Ordinal));
    }

    [Fact]
    public void About_tells_the_runtime() => Assert.Contains(".NET 10.", scenario["about"].Shown[^1], StringComparison.Ordinal);

    [Fact]
    public void What_was_skipped_inside_a_cell_is_told_to_who_runs_it() => Assert.Contains(
        scenario.Result.Lines, line => line.StartsWith("notebooks/language.ipynb: Cell[6], line 9: pwsh was skipped", StringComparison.Ordinal));

    [Fact]
    public void The_notebook_runs_to_its_end() =>
        Assert.True(scenario.Result.ExitCode == 0, scenario.Result.Output + scenario.Result.Error);

    private static readonly Regex WallTime = new(
        @"^display_data text/plain: Wall time: \d+\.\d ms$", RegexOptions.None, TimeSpan.FromSeconds(1));
}
