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
        File.WriteAllText(Path.Combine(Notebooks, "sub", "outer.csx"), "#load \"inner.csx\"\nint Twice(int n) => Inner(n) + n;\n");
        File.WriteAllText(Path.Combine(Notebooks, "sub", "inner.csx"), "// the second line throws\nint Inner(int n) => n < 0 ? throw new FormatException(\"negative\") : n;\n");

        Add("sum", "1 + 1");
        Add("state", "var x = 40;\nint Plus(int n) => x + n;\nrecord Pair(int A, string B);\nclass Counter { public int Count { get; set; } }");
        Add("uses state", "Plus(2)");
        Add("no value", "var y = 1;");
        Add("null", "(string)null");
        Add("void", "Console.Write(3)");
        Add("using", "using System.Globalization;");
        Add("uses using", "CultureInfo.CurrentCulture.Name.Length + 1.5.ToString().Length");
        Add("csharp 14", "int[] numbers = [1, 2, ..new[] { 3 }];\nCounter counter = new();\ncounter?.Count = numbers[^1];\ncounter.Count");
        Add("await", "await Task.Delay(10);\nawait Task.FromResult(\"done\")");
        Add("streams", "Console.Write(\"a\");\nConsole.WriteLine(1);\nConsole.Error.WriteLine(\"e\");\nConsole.WriteLine(2.5);\nConsole.Out.Write(\"{0}-{1}\", 1, 'c');");
        Add("set out", "Console.SetOut(new System.IO.StringWriter());\nConsole.WriteLine(\"lost by wish\");");
        Add("after set out", "Console.WriteLine(\"back\");");
        Add("native", "Console.Write(\"one\");\nvar child = System.Diagnostics.Process.Start(\"echo\", \"from a process\");\nchild.WaitForExit();");
        Add("display", "var shown = display(\"first\");\n\"x\".Display();\n\"<svg/>\".DisplayAs(\"image/svg+xml\");\n\"{\\\"a\\\":[1]}\".DisplayAs(\"application/json\");");
        Add("update", "shown.Update(\"second\");\nshown.MimeTypes.Count");
        Add("display last", "display(3)");
        Add("html", "Javascript(\"go()\");\nCSS(\"b {}\");\nHTML(\"<b>x</b>\")");
        Add("table", "new[] { new Pair(1, \"a\") }.DisplayTable();");
        Add("pairs", "new Pair(1, \"a\")");
        Add("interactive", "using static Microsoft.DotNet.Interactive.Kernel;\nusing Microsoft.DotNet.Interactive;\nusing Microsoft.DotNet.Interactive.Formatting;\ndisplay(7, PlainTextFormatter.MimeType);");
        Add("shadows", "string display(int n) => $\"mine {n}\";\ndisplay(1)");
        Add("selector", "#!csharp\n// the third line\n\"selected\"");
        Add("reference", "#r \"lib/Upper.dll\"\nUpper.Thing.Say()");
        Add("load", "#load \"sub/outer.csx\"\nTwice(4)");
        Add("folder", "System.IO.File.Exists(\"cells.ipynb\")");

        Fail("throws", "var kept = 5;\n\nvoid Thrower(int n)\n{\n    throw new InvalidOperationException($\"no {n}\");\n}\nThrower(kept);");
        Add("keeps", "kept");
        Fail("throws later", "// the function is in another cell\nThrower(1);");
        Fail("throws inside", "class Holder { public int Get() => throw new FormatException(\"inside\"); }\nnew[] { 1 }.Select(n => new Holder().Get()).ToList()");
        Fail("throws async", "async Task Later() { await Task.Yield(); throw new FormatException(\"later\"); }\nawait Later();");
        Fail("throws in async void", "async void Go() { await Task.Yield(); throw new FormatException(\"nobody waits\"); }\nGo();\nawait Task.Delay(300);");
        Fail("throws cause", "try { int.Parse(\"x\"); } catch (Exception e) { throw new InvalidOperationException(\"outer\", e); }");
        Fail("throws in load", "Twice(-1)");
        Fail("compile", "var a = 1;\nvar b = missing;\nint c = \"s\";");
        Fail("reads", "Console.ReadLine()");
        Fail("reads key", "Console.ReadKey()");
        Fail("formatter", "class TypeFormatterSourceAttribute : Attribute { public Type FormatterSourceType => typeof(Source); }\n"
            + "class Source { public IEnumerable<object> CreateTypeFormatters() => new[] { new Formatter() }; }\n"
            + "class Formatter\n{\n    public string MimeType => \"text/html\";\n"
            + "    public bool Format(object instance, System.IO.TextWriter writer) => throw new FormatException(\"not shown\");\n}\n"
            + "[TypeFormatterSource] class Shy { }\nnew Shy()");
        Fail("missing dll", "var z = 1;\n#r \"nowhere/No.dll\"");
        Fail("missing dll first", "#r \"nowhere/No.dll\"\n1");
        Fail("nuget", "#r \"nuget: Some.Package, 1.0.0\"\n1");
        Fail("source", "#i \"nuget:https://example.org\"\n1");
        Fail("time", "var t = 1;\n#!time\nt");
        Fail("time first", "#!time\n1");
        Fail("path", "System.IO.File.ReadAllText(\"none.txt\")");
        Add("not a directive", "\"\"\"\n    #!time\n    \"\"\"");

        Add("other language", "let x = 1");
        _notebook.Last["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" } };
        Add("skipped", "throw new Exception();", "skip-execution");
        _notebook.Last["outputs"] = JsonNode.Parse("""[{"output_type":"stream","name":"stdout","text":["kept"]}]""");
        Add("empty", "  \n");
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
        Build("Lower", lower, "namespace Lower; public static class Word { public static string Get() => \"from below\"; }");
        Build("Upper", Path.Combine(folder, "Upper.dll"), "namespace Upper; public static class Thing { public static string Say() => Lower.Word.Get(); }", lower);
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
