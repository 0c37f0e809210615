using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Cells that hosts have stumbled over. Each is followed by one that shows that the session lives.</summary>
public sealed class HardCellScenario : Scenario
{
    /// <summary>What each cell is called, and its code.</summary>
    public static readonly (string Name, string Code)[] Written =
    [
        ("keep", "var keep = 42; record P(string Name, int Age); var ann = new P(\"Ann\", 1);"),
        ("json surrogate", "\"{\\\"a\\\":\\\"\\\\ud800\\\"}\".DisplayAs(\"application/json\");"),
        ("json name surrogate", "\"{\\\"\\\\udc00\\\":1}\".DisplayAs(\"application/vnd.plotly.v1+json\");"),
        ("json key twice", "\"{\\\"a\\\":1,\\\"a\\\":2}\".DisplayAs(\"application/json\", \"text/plain\");"),
        ("json too deep", "new string('[', 5000).DisplayAs(\"application/json\");"),
        ("json as deep as files go", "(new string('[', 400) + new string(']', 400)).DisplayAs(\"application/json\");"),
        ("json update", "var shown = display(1, \"application/json\"); shown.Update(2); \"{\".DisplayAs(\"APPLICATION/JSON\");"),
        ("json value", "Microsoft.DotNet.Interactive.Formatting.Formatter.Register<P>(p => \"{\\\"a\\\"\", \"application/json\"); ann.Display(\"application/json\");"),
        ("text surrogate", "Console.Write(\"a\\ud800b\"); \"<b>\\udc00</b>\".DisplayAs(\"text/html\"); \"\\ud83d\""),
        ("alive", "keep"),
        ("extension", "extension(int number) { }\n1"),
        ("extension with members", "extension(string text) { public int Twice => text.Length * 2; }"),
        ("after extension", "keep + 1"),
        ("with", "ann with { Age = 2 }"),
        ("with in brackets", "(ann with { Age = 2 }).Age"),
        ("using var", "var x = 1;\nusing var s = new System.IO.MemoryStream();"),
        ("await using", "await using System.IO.Stream s = new System.IO.MemoryStream();"),
        ("using in a block", "if (true) { using var z = new System.IO.MemoryStream(); Console.Write(z.Length); }"),
        ("order", "string.Join(\" \", new[] { \"b\", \"A\", \"a\", \"B\", \"é\", \"z\", \"e\" }.OrderBy(word => word))"),
        ("normalize", "\"e\\u0301\".Normalize().Length"),
        ("french", "new DateTime(2024, 3, 1).ToString(\"dddd d MMMM\", new System.Globalization.CultureInfo(\"fr-FR\"))"),
        ("german", "System.Globalization.CultureInfo.CurrentCulture = new(\"de-DE\"); Console.WriteLine(1.5); Console.Write($\"{2.5}\");"),
        ("still german", "Console.Write(3.5)"),
        ("import namespace", "#!import shapes.cs\nusing My.Shapes;\nnew Square(3).Area"),
        ("import its user", "#!import users.cs\nnew My.Users.User().Area()"),
        ("import a fault", "#!import fault.cs"),
        ("import nested", "#!import part/b.ipynb\nfromB"),
        ("import broken dib", "#!import broken.dib"),
        ("last", "keep + 2"),
    ];

    internal IReadOnlyDictionary<string, ExecutedCell> Cells { get; private set; } = new Dictionary<string, ExecutedCell>();

    protected override string[] Arguments => ["--allow-errors", "--timeout", "20"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Cells = Written.Zip(Executed("hard").Cells).ToDictionary(each => each.First.Name, each => each.Second);
    }

    protected override void Write()
    {
        var notebook = new NotebookBuilder();
        foreach (var (_, code) in Written)
            notebook.Code(code);
        notebook.Save(Notebooks, "hard.ipynb");
        File.WriteAllText(Path.Combine(Notebooks, "shapes.cs"), "namespace My.Shapes;\npublic record Square(int Side) { public int Area => new List<int> { Side, Side }.Aggregate((a, b) => a * b); }\n");
        File.WriteAllText(Path.Combine(Notebooks, "users.cs"), "using My.Shapes;\nnamespace My.Users { public class User { public int Area() => new Square(2).Area; } }\n");
        File.WriteAllText(Path.Combine(Notebooks, "fault.cs"), "namespace A;\nclass B { int x = \"a\"; }\n");
        File.WriteAllText(Path.Combine(Notebooks, "broken.dib"), "#!meta\n{\"kernelInfo\":\"x\"}\n#!csharp\n1\n");
        Directory.CreateDirectory(Folder["part"]);
        new NotebookBuilder().Code("#!import c.dib\n#!import d.dib\nvar fromB = fromC + fromD;").Save(Path.Combine(Folder.Path, "notebooks", "part"), "b.ipynb");
        File.WriteAllText(Path.Combine(Notebooks, "part", "c.dib"), "#!csharp\n\nvar fromC = 10;\n");
        File.WriteAllText(Path.Combine(Notebooks, "d.dib"), "#!csharp\n\nvar fromD = 5;\n");
    }
}

/// <summary>What becomes of them.</summary>
public sealed class HardCellTests(HardCellScenario scenario) : IClassFixture<HardCellScenario>
{
    private const string UsingHint = "variables of a cell outlive it, so none can be declared with \"using\": write ";

    [Theory]
    [InlineData("json surrogate", "display_data text/plain: {\"a\":\"\\ud800\"}")]
    [InlineData("json name surrogate", "display_data text/plain: {\"\\udc00\":1}")]
    [InlineData("json key twice", "display_data text/plain: {\"a\":1,\"a\":2}")]
    [InlineData("json update", "display_data application/json: 2", "display_data text/plain: {")]
    [InlineData("json value", "display_data text/plain: {\"a\"")]
    [InlineData("text surrogate", "stdout: a\ufffdb", "display_data text/html: <b>\ufffd</b>", "execute_result text/plain: \ufffd")]
    [InlineData("alive", "execute_result text/plain: 42")]
    [InlineData("after extension", "execute_result text/plain: 43")]
    [InlineData("with in brackets", "execute_result text/plain: 2")]
    [InlineData("using in a block", "stdout: 0")]
    [InlineData("order", "execute_result text/plain: a A b B e é z")]
    [InlineData("normalize", "execute_result text/plain: 1")]
    [InlineData("french", "execute_result text/plain: vendredi 1 mars")]
    [InlineData("german", "stdout: 1,5\n2,5")]
    [InlineData("import namespace", "execute_result text/plain: 9")]
    [InlineData("import its user", "execute_result text/plain: 4")]
    [InlineData("import nested", "execute_result text/plain: 15")]
    [InlineData("last", "execute_result text/plain: 44")]
    public void Shows(string cell, params string[] shown) => Assert.Equal(shown, scenario.Cells[cell].Shown);

    [Theory]
    [InlineData("json too deep")]
    [InlineData("json as deep as files go")]
    public void Json_that_nests_deeper_than_a_file_may_is_text(string cell) =>
        Assert.StartsWith("display_data text/plain: [[[[", Assert.Single(scenario.Cells[cell].Shown), StringComparison.Ordinal);

    [Theory]
    [InlineData("extension", "CompilationError", "line 1, column 1: CS9283: ")]
    [InlineData("extension with members", "CompilationError", "line 1, column 1: CS9283: ")]
    [InlineData("with", "CompilationError", "an expression with \"with\" cannot stand alone here: put it in brackets, (ann with { … }), or give it a name, var copy = ann with { … };")]
    [InlineData("using var", "CompilationError", UsingHint + "using (var s = …) { … }, or leave \"using\" out")]
    [InlineData("await using", "CompilationError", UsingHint + "await using (System.IO.Stream s = …) { … }, or leave \"using\" out")]
    [InlineData("import a fault", "CompilationError", "in fault.cs: fault.cs, line 2, column 19: CS0029: ")]
    [InlineData("import broken dib", "DirectiveError", "#!import: broken.dib: \"kernelInfo\" after #!meta is not an object")]
    public void Fails_with_words_that_help(string cell, string name, string words)
    {
        var error = scenario.Cells[cell].Error;
        Assert.Equal(name, error.Name);
        Assert.Contains(words, error.Value, StringComparison.Ordinal);
    }

    /// <summary>Whatever was displayed, the copy is a notebook that we read again.</summary>
    [Fact]
    public void The_copy_can_be_read() => Assert.Empty(
        Documents.NotebookReader.Read(scenario.Folder["artifacts", "notebooks", "hard.ipynb"], "hard.ipynb").Remarks);
}
