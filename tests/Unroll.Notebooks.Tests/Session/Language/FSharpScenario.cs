using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A notebook with cells in F# and in C#. Where its compiler cannot be had, its tests are skipped.</summary>
public sealed class FSharpScenario : Scenario
{
    private readonly NotebookBuilder _notebook = new();
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private IReadOnlyList<ExecutedCell> _cells = [];

    protected override string[] Arguments => ["notebooks/fsharp.ipynb", "--timeout", "120"];

    /// <summary>The cell of the executed copy that was added under <paramref name="name"/>.</summary>
    internal ExecutedCell this[string name] => _cells[_index[name]];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _cells = Executed("fsharp").Cells;
    }

    /// <summary>Skips the test where the compiler is out of reach.</summary>
    internal void Require() => Assert.SkipWhen(
        Result.Output.Contains("whose compiler is fetched as a package", StringComparison.Ordinal),
        $"F#'s compiler cannot be had: run where its package can be downloaded. {Result.Output}");

    protected override void Write()
    {
        Add("not there yet", "#!share --from fsharp y", "raises-exception");
        Add("source", "var x = 42;\nvar doubled = new[] { 1, 2, 3 }.Select(v => v * 2);\nrecord Point(int X);\nvar point = new Point(7);\nvar anonymous = new { A = 1 };\nstring nothing = null;");
        FSharp("number", "#!share --from csharp x\nlet y = x + 1\ny");
        FSharp("sequence", "#!share --from csharp doubled\ndoubled |> Seq.sum");
        FSharp("objects", "#!share --from csharp point\n#!share --from csharp anonymous\n#!share --from csharp nothing\nsprintf \"%O %O %b\" point anonymous (isNull nothing)");
        FSharp("copies", "#!set --name copy --value @csharp:x\n#!set --name text --value \"a b\"\ncopy.GetType().Name + text");
        FSharp("types", "type Person = { Name: string; Age: int }\ntype Shape = Circle of float | Square\nlet ada = { Name = \"Ada\"; Age = 36 }\nlet numbers = [1; 2; 3]");
        FSharp("record", "ada");
        FSharp("union", "[Circle 2.0; Square]");
        FSharp("option", "Some 3");
        FSharp("output", "printfn \"hello %d\" y\n\"shown\" |> display\nHTML \"<b>x</b>\"");
        FSharp("html", """
            open Html
            div [ _class "note"; _style ["color: red;"; "margin: 0"]; _hidden false; _draggable true ] [
                p [ _hidden true; _htmlFor "x"; _colSpan 2.0 ] [ b [] [ str "1 < 2" ]; " & "; 3; rawText "<i>i</i>" ]
                for n in [1; 2] do br [] []
                custom "x-y" [ _custom ("data-z", 1) ] [ encodedText "t" ]
            ]
            """);
        FSharp("html by name", "Html.table [] [ Html.tr [] [ for n in [1; 2] -> Html.td [] [ n ] :> obj ] ]\n|> string");
        FSharp("who", "#!who");
        Add("record in C#", "#!share --from fsharp ada\nada.Name");
        Add("list in C#", "#!share --from fsharp numbers --as list\nlist.Sum()");
        Add("copy in C#", "#!set --name copied --value @fsharp:numbers\ncopied.RootElement.GetArrayLength()");
        Add("in one cell", "var before = 1;\n#!fsharp\nlet between = 2\n#!csharp\n#!share --from fsharp between\nbefore + between");
        Add("imported", "#!import \"more.fsx\"\n#!share --from fsharp imported\nimported");
        Add("by a command", """
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Commands;
            await Kernel.Root.SendAsync(new SubmitCode("y * 2", "fsharp"));
            """);
        FSharp("compile error", "let a = 1\nlet b = missing", "raises-exception");
        FSharp("exception", "let boom (n: int) : int =\n    raise (System.FormatException \"boom\")\n\nboom 1 |> ignore\n()", "raises-exception");
        Add("goes on", "x");
        _notebook.Save(Notebooks, "fsharp.ipynb");
        File.WriteAllText(Path.Combine(Notebooks, "more.fsx"), "let imported = 10");
    }

    private void FSharp(string name, string code, params string[] tags)
    {
        Add(name, code, tags);
        _notebook.Last["metadata"]!["polyglot_notebook"]!["kernelName"] = "fsharp";
    }

    private void Add(string name, string code, params string[] tags)
    {
        _index.Add(name, _index.Count);
        _notebook.Code(code, tags);
    }
}
