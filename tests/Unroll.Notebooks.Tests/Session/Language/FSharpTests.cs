using Unroll.Notebooks.Session.FSharp;
using Unroll.Notebooks.Session.Values;

namespace Unroll.Notebooks.Tests;

/// <summary>F# cells in the session of C# cells.</summary>
public sealed class FSharpTests(FSharpScenario scenario) : IClassFixture<FSharpScenario>
{
    private const string Result = "execute_result text/plain: ";

    [Theory]
    [InlineData("number", "43")]
    [InlineData("sequence", "12")]
    [InlineData("objects", "Point { X = 7 } { A = 1 } true")]
    [InlineData("copies", "Doublea b")]
    [InlineData("record", "Person { Name = \"Ada\", Age = 36 }")]
    [InlineData("union", "[Circle 2.0, Square]")]
    [InlineData("option", "Some(3)")]
    [InlineData("record in C#", "Ada")]
    [InlineData("list in C#", "6")]
    [InlineData("copy in C#", "3")]
    [InlineData("in one cell", "3")]
    [InlineData("imported", "10")]
    [InlineData("goes on", "42")]
    public void Gives(string cell, string value)
    {
        scenario.Require();
        Assert.Equal(Result + value, scenario[cell].Shown[^1]);
    }

    [Fact]
    public void The_helpers_of_CSharp_cells_are_there()
    {
        scenario.Require();
        Assert.Equal(["stdout: hello 43\n", "display_data text/plain: shown", "execute_result text/html: <b>x</b>"], scenario["output"].Shown);
        Assert.Equal(["display_data text/plain: 86"], scenario["by a command"].Shown);
    }

    [Fact]
    public void Html_is_written_with_functions()
    {
        scenario.Require();
        Assert.Equal(
            [
                "execute_result text/html: <div class=\"note\" style=\"color: red; margin: 0\" draggable=\"true\"><p hidden for=\"x\" colspan=\"2\">"
                + "<b>1 &lt; 2</b> &amp; 3<i>i</i></p><br><br><x-y data-z=\"1\">t</x-y></div>",
            ],
            scenario["html"].Shown);
        Assert.Equal(Result + "<table><tr><td>1</td><td>2</td></tr></table>", scenario["html by name"].Shown[^1]);
    }

    [Fact]
    public void Its_own_variables_are_listed()
    {
        scenario.Require();
        Assert.Equal(["display_data text/plain: ada\tanonymous\tcopy\tdoubled\tnothing\tnumbers\tpoint\ttext\tx\ty"], scenario["who"].Shown);
    }

    [Fact]
    public void Errors_have_the_lines_of_the_cell()
    {
        scenario.Require();
        var compile = scenario["compile error"];
        Assert.StartsWith("line 2, column 9: FS0039: The value or constructor 'missing' is not defined.", compile.Error.Value, StringComparison.Ordinal);
        Assert.Equal(["    let b = missing", "            ^"], compile.Traceback.TakeLast(2));
        Assert.Equal(("FormatException", "boom"), scenario["exception"].Error);
        Assert.EndsWith(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Cell[{scenario["exception"].Count}], line 4"), scenario["exception"].Traceback[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Asking_for_a_value_starts_no_compiler() =>
        Assert.Equal(("DirectiveError", "fsharp has no value called y; it has none yet."), scenario["not there yet"].Error);

    [Fact]
    public void The_notebook_runs_to_its_end()
    {
        scenario.Require();
        Assert.True(scenario.Result.ExitCode == 0, scenario.Result.Output + scenario.Result.Error);
    }

    [Fact]
    public void The_host_carries_no_compiler() =>
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(typeof(FSharpCells).Assembly.Location)!, "FSharp.Compiler.Service.dll")));

    [Theory]
    [InlineData("#r \"nuget: A, 1.0\"\nlet x = 1", "\nlet x = 1", "A, 1.0")]
    [InlineData("  #r @\"nuget:A\"", "", "A")]
    [InlineData("#i \"\"\"nuget: ./here\"\"\"", "", "")]
    [InlineData("#r \"a.dll\"\n// #r \"nuget: A\"", "#r \"a.dll\"\n// #r \"nuget: A\"", "")]
    public void Lines_about_packages_are_taken_out(string code, string left, string packages)
    {
        var found = FSharpDirectives.Extract(code);
        Assert.Equal((left, packages), (found.Code, string.Join("; ", found.Packages.Select(each => each.Package))));
    }

    [Fact]
    public void A_type_is_declared_as_a_cell_can_write_it()
    {
        Assert.Equal("global::System.@Int32", TypeInCSharp.Of(1));
        Assert.Equal("global::System.@Int32[][,]", TypeInCSharp.Of(new int[1][,]));
        Assert.Equal("global::System.Collections.Generic.@Dictionary<global::System.@String, global::System.@Double[]>", TypeInCSharp.Of(new Dictionary<string, double[]>()));
        Assert.Equal("global::System.Collections.Generic.@Dictionary<global::System.@Int32, global::System.@Byte>.@KeyCollection", TypeInCSharp.Of(new Dictionary<int, byte>().Keys));
        Assert.Equal("global::System.Collections.Generic.@IEnumerable<global::System.@Int32>", TypeInCSharp.Of(new[] { 1 }.Where(number => number > 0)));
        Assert.Equal("global::System.Reflection.@TypeInfo", TypeInCSharp.Of(typeof(int)));
        Assert.Equal("dynamic", TypeInCSharp.Of(new { A = 1 }));
        Assert.Equal("object", TypeInCSharp.Of(null));
    }
}
