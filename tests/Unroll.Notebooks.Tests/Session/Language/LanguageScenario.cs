using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A notebook that uses what .NET Interactive gives C# cells: directives, formatters, HTML.</summary>
public sealed class LanguageScenario : Scenario
{
    private readonly NotebookBuilder _notebook = new();
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private IReadOnlyList<ExecutedCell> _cells = [];

    protected override string[] Arguments => ["notebooks/language.ipynb"];

    /// <summary>The cell of the executed copy that was added under <paramref name="name"/>.</summary>
    internal ExecutedCell this[string name] => _cells[_index[name]];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _cells = Executed("language").Cells;
    }

    protected override void Write()
    {
        WriteFiles();
        AddDirectives();
        AddHtml();
        AddFormatters();
        _notebook.Save(Notebooks, "language.ipynb");
    }

    private void AddDirectives()
    {
        Add("time", """
            #!time
            var x = 40;
            x + 1
            """);
        Add("who", """
            var name = "n";
            #!who
            """);
        Add("whos", "#!whos");
        Add("lsmagic", "#!lsmagic");
        Add("about", "#!about");
        Add("blocks", """
            "first"
            #!html
            <b>bold</b>
            #!js
            go(1)
            #!markdown
            # Title
            #!pwsh
            $x = 1
            #!c#
            "second"
            """);
        Add("html cell", "<i>x</i>");
        _notebook.Last["metadata"]!["polyglot_notebook"]!["kernelName"] = "html";
        Add("import", """
            #!import "setup.dib"
            fromDib + fromNotebook + fromScript
            """);
        Fail("import fails", """
            1
            #!import bad.ipynb
            """);
        Fail("import of itself", "#!import ./circle.ipynb");
        Fail("import of nothing", "#!import \"none.ipynb\"");
        Fail("import of text", "#!import notes.txt");
        Fail("refused", """
            var notSet = 3;
            #!connect signalr
            """);
        Fail("not run", "notSet");
        Fail("argument", "#!time 3");
        Fail("line after import", """
            #!time
            int Boom() => throw new FormatException("boom");
            #!markdown
            text
            #!csharp
            Boom();
            """);
    }

    private void AddHtml()
    {
        Add("tags", """
            using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;
            using Microsoft.DotNet.Interactive.Formatting;
            using Microsoft.DotNet.Interactive;
            display(span(img[src: "i.ico", data_n: 3], a["hidden", href: "x?a=1&b=\"2\""](b("Wiki & <"))));
            """);
        Add("tag contents", """
            PocketView view = p("<x>", HTML("<i>raw</i>"), 3, br, new { Fruit = "fig" }, new[] { "a", "b" }.Select(s => li(s)), new[] { 1, 2 });
            display(view);
            view.ToString()
            """);
        Fail("void tag", "br(\"x\")");
        Add("formula", "(LaTeXString)@\"\\alpha\"");
        Add("context", """
            KernelInvocationContext.Current.Display("shown");
            KernelInvocationContext.Current.CancellationToken.IsCancellationRequested
            """);
    }

    private void AddFormatters()
    {
        Add("types", """
            class Animal { public string Name { get; set; } public int Legs { get; set; } = 4; }
            class Dog : Animal { }
            var dog = new Dog { Name = "Rex" };
            """);
        Add("function", """
            Formatter.Register<Animal>(a => $"<b>{a.Name}</b>", "text/html");
            dog
            """);
        Add("inside", "new { Pet = dog, Pets = new[] { dog } }.Display(\"text/html\");");
        Add("most special", """
            Formatter.Register<Dog>((d, writer) => writer.Write("dog"), mimeType: "text/html");
            Formatter.Register<Animal>(a => "animal", "text/html");
            Formatter.Register(typeof(List<>), (list, writer) => writer.Write("list"), "text/html");
            Formatter.Register<List<int>>((list, context) => { if (list.Count == 0) return false; context.Writer.Write("numbers"); return true; }, "text/html");
            dog.Display();
            new List<int> { 1 }.Display();
            new List<int>().Display();
            new List<string> { "s" }
            """);
        Add("plain", """
            Formatter.Register<Animal>(a => "plain " + a.Name);
            dog.ToDisplayString()
            """);
        Add("preferred", """
            Formatter.SetPreferredMimeTypesFor(typeof(Animal), "text/plain");
            dog
            """);
        Add("scalar", """
            Formatter.Register<DateTime>(d => $"<time>{d:yyyy}</time>", "text/html");
            new DateTime(2026, 1, 1)
            """);
        Fail("throws", """
            Formatter.Register<Version>(v => throw new FormatException("bad"), "text/html");
            new Version(1, 2)
            """);
        Fail("shows itself", """
            Formatter.Register<Version>(v => v.ToDisplayString("text/html"), "text/html");
            new Version(1, 2)
            """);
        Add("beats convention", """
            class TypeFormatterSourceAttribute : Attribute { public Type FormatterSourceType => typeof(Source); }
            class Source { public IEnumerable<object> CreateTypeFormatters() => new[] { new Brought() }; }
            class Brought
            {
                public string MimeType => "text/html";
                public bool Format(object o, System.IO.TextWriter w) { w.Write("brought"); return true; }
            }
            [TypeFormatterSource] class Thing { }
            new Thing().Display();
            Formatter.Register<Thing>(t => "registered", "text/html");
            new Thing()
            """);
        Add("reset", """
            Formatter.ResetToDefault();
            new Thing().Display();
            dog
            """);
        Add("limits", """
            Formatter.ListExpansionLimit = 3;
            Formatter<string>.ListExpansionLimit = 1;
            display(new[] { 1, 2, 3, 4 }, "text/plain");
            display(new[] { "a", "b" }, "text/plain");
            Formatter.NullString = "nothing";
            Formatter.RecursionLimit = 1;
            display(new { A = (string)null, B = new { C = new { D = 1 } } }, "text/plain");
            Formatter.ResetToDefault();
            display(new[] { "a", "b" }, "text/plain");
            """);
        Add("json", "new { Name = \"Ä<\", N = double.NaN }.Display(\"application/json\");");
        Add("csv", "new[] { new { A = 1, B = \"x, \\\"y\\\"\" }, new { A = 2, B = (string)null } }.DisplayTable(\"text/csv\");");
        Add("default", """
            Formatter.DefaultMimeType = "text/plain";
            dog.Display();
            Formatter.ResetToDefault();
            Formatter.GetPreferredMimeTypesFor(typeof(Dog)).Single() + " " + Formatter.DefaultMimeType
            """);
    }

    private void WriteFiles()
    {
        Directory.CreateDirectory(Notebooks);
        File.WriteAllText(Path.Combine(Notebooks, "setup.dib"), """
            #!meta

            {"kernelInfo":{}}

            #!csharp

            var fromDib = 1;

            #!markdown

            # Setup

            #!csharp

            #!import "inner.ipynb"
            #!import script.csx
            """);
        File.WriteAllText(Path.Combine(Notebooks, "script.csx"), "var fromScript = 100;");
        File.WriteAllText(Path.Combine(Notebooks, "notes.txt"), "notes");
        new NotebookBuilder().Markdown("# Inner").Code("var fromNotebook = 10;\nfromNotebook").Code("throw null;", "skip-execution")
            .Save(Notebooks, "inner.ipynb");
        new NotebookBuilder().Code("var before = 1;").Code("var worse =\n  missing;").Code("Console.WriteLine(\"not reached\");")
            .Save(Notebooks, "bad.ipynb");
        new NotebookBuilder().Code("#!import circle.ipynb").Save(Notebooks, "circle.ipynb");
    }

    private void Add(string name, string code, params string[] tags)
    {
        _index.Add(name, _index.Count);
        _notebook.Code(code, tags);
    }

    private void Fail(string name, string code) => Add(name, code, "raises-exception");
}
