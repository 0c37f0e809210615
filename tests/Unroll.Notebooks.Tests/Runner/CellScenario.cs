using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>
/// One notebook with a cell for each thing that a session must do: they share a process, as the cells of a notebook do.
/// Cells that are to fail are tagged, so that the notebook goes on.
/// </summary>
public sealed class CellScenario : Scenario
{
    private readonly NotebookBuilder _notebook = new();
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private IReadOnlyList<ExecutedCell> _cells = [];

    /// <summary>The cell of the executed copy that was added under <paramref name="name"/>.</summary>
    internal ExecutedCell this[string name] => _cells[_index[name]];

    /// <summary>How many cells ran up to and with the one added under <paramref name="name"/>.</summary>
    internal int Count(string name) => this[name].Count!.Value;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _cells = Executed("cells").Cells;
    }

    protected override void Write()
    {
        BuildLibrary();
        Directory.CreateDirectory(Path.Combine(Notebooks, "sub"));
        File.WriteAllText(Path.Combine(Notebooks, "sub", "outer.csx"), """
            #load "inner.csx"
            int Twice(int n) => Inner(n) + n;
            """);
        File.WriteAllText(Path.Combine(Notebooks, "sub", "inner.csx"), """
            // the second line throws
            int Inner(int n) => n < 0 ? throw new FormatException("negative") : n;
            """);

        Add("sum", "1 + 1");
        Add("state", """
            var x = 40;
            int Plus(int n) => x + n;
            record Pair(int A, string B);
            class Counter { public int Count { get; set; } }
            """);
        Add("uses state", "Plus(2)");
        Add("no value", "var y = 1;");
        Add("null", "(string)null");
        Add("void", "Console.Write(3)");
        Add("using", "using System.Globalization;");
        Add("uses using", "CultureInfo.CurrentCulture.Name.Length + 1.5.ToString().Length");
        Add("csharp 14", """
            int[] numbers = [1, 2, ..new[] { 3 }];
            Counter counter = new();
            counter?.Count = numbers[^1];
            counter.Count
            """);
        Add("await", """
            await Task.Delay(10);
            await Task.FromResult("done")
            """);
        Add("streams", """
            Console.Write("a");
            Console.WriteLine(1);
            Console.Error.WriteLine("e");
            Console.WriteLine(2.5);
            Console.Out.Write("{0}-{1}", 1, 'c');
            """);
        Add("set out", """
            Console.SetOut(new System.IO.StringWriter());
            Console.WriteLine("lost by wish");
            """);
        Add("after set out", "Console.WriteLine(\"back\");");
        Add("native", """
            Console.Write("one");
            var child = System.Diagnostics.Process.Start("echo", "from a process");
            child.WaitForExit();
            """);
        Add("display", """
            var shown = display("first");
            "x".Display();
            "<svg/>".DisplayAs("image/svg+xml");
            "{\"a\":[1]}".DisplayAs("application/json");
            """);
        Add("update", """
            shown.Update("second");
            shown.MimeTypes.Count
            """);
        Add("display last", "display(3)");
        Add("html", """
            Javascript("go()");
            CSS("b {}");
            HTML("<b>x</b>")
            """);
        Add("table", "new[] { new Pair(1, \"a\") }.DisplayTable();");
        Add("pairs", "new Pair(1, \"a\")");
        Add("interactive", """
            using static Microsoft.DotNet.Interactive.Kernel;
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Formatting;
            display(7, PlainTextFormatter.MimeType);
            """);
        Add("shadows", """
            string display(int n) => $"mine {n}";
            display(1)
            """);
        Add("selector", """
            #!csharp
            // the third line
            "selected"
            """);
        Add("reference", """
            #r "lib/Upper.dll"
            Upper.Thing.Say()
            """);
        Add("load", """
            #load "sub/outer.csx"
            Twice(4)
            """);
        Add("folder", "System.IO.File.Exists(\"cells.ipynb\")");

        Fail("throws", """
            var kept = 5;

            void Thrower(int n)
            {
                throw new InvalidOperationException($"no {n}");
            }
            Thrower(kept);
            """);
        Add("keeps", "kept");
        Fail("throws later", """
            // the function is in another cell
            Thrower(1);
            """);
        Fail("throws inside", """
            class Holder { public int Get() => throw new FormatException("inside"); }
            new[] { 1 }.Select(n => new Holder().Get()).ToList()
            """);
        Fail("throws async", """
            async Task Later() { await Task.Yield(); throw new FormatException("later"); }
            await Later();
            """);
        Fail("throws in async void", """
            async void Go() { await Task.Yield(); throw new FormatException("nobody waits"); }
            Go();
            await Task.Delay(300);
            """);
        Fail("throws cause", """
            try { int.Parse("x"); } catch (Exception e) { throw new InvalidOperationException("outer", e); }
            """);
        Fail("throws in load", "Twice(-1)");
        Fail("compile", """
            var a = 1;
            var b = missing;
            int c = "s";
            """);
        Fail("reads", "Console.ReadLine()");
        Fail("reads key", "Console.ReadKey()");
        Fail("formatter", """
            class TypeFormatterSourceAttribute : Attribute { public Type FormatterSourceType => typeof(Source); }
            class Source { public IEnumerable<object> CreateTypeFormatters() => new[] { new Formatter() }; }
            class Formatter
            {
                public string MimeType => "text/html";
                public bool Format(object o, System.IO.TextWriter w) => throw new FormatException("not shown");
            }
            [TypeFormatterSource] class Shy { }
            new Shy()
            """);
        Fail("missing dll", """
            var z = 1;
            #r "nowhere/No.dll"
            """);
        Fail("missing dll first", """
            #r "nowhere/No.dll"
            1
            """);
        Fail("unknown command", """
            var t = 1;
            #!clock
            t
            """);
        Fail("unknown command first", """
            #!clock
            1
            """);
        Fail("path", "System.IO.File.ReadAllText(\"none.txt\")");
        Add("not a directive", "\"\"\"\n    #!time\n    \"\"\"");

        Add("other language", "$x = 1");
        _notebook.Last["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "pwsh" } };
        Add("skipped", "throw new Exception();", "skip-execution");
        _notebook.Last["outputs"] = JsonNode.Parse("""[{"output_type":"stream","name":"stdout","text":["kept"]}]""");
        Add("empty", """
              

            """);
        Add("allowed", "\"nothing raised\"", "raises-exception");
        _notebook.Markdown("The end.");
        _notebook.Save(Notebooks, "cells.ipynb");
    }

    private void Add(string name, string code, params string[] tags)
    {
        _index.Add(name, _index.Count);
        _notebook.Code(code, tags);
    }

    private void Fail(string name, string code) => Add(name, code, "raises-exception");

    /// <summary>Two dlls in a folder of their own, the first needing the second.</summary>
    private void BuildLibrary()
    {
        var folder = Path.Combine(Notebooks, "lib");
        Directory.CreateDirectory(folder);
        var lower = Path.Combine(folder, "Lower.dll");
        Build("Lower", lower, """
            namespace Lower; public static class Word { public static string Get() => "from below"; }
            """);
        Build("Upper", Path.Combine(folder, "Upper.dll"), """
            namespace Upper; public static class Thing { public static string Say() => Lower.Word.Get(); }
            """, lower);
    }

    private static void Build(string name, string path, string code, params string[] references)
    {
        string[] all = [typeof(object).Assembly.Location, .. references];
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            all.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(path).Diagnostics);
    }
}
