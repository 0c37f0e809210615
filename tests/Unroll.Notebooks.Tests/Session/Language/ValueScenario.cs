using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A notebook in which values go from one place to another, and which is run with some of the answers it asks for.</summary>
public sealed class ValueScenario : Scenario
{
    private readonly NotebookBuilder _notebook = new();
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private IReadOnlyList<ExecutedCell> _cells = [];

    protected override string[] Arguments =>
        ["notebooks/values.ipynb", "--input", "CITY=Bern", "--input", "url=http://x", "--input", "pin=1234", "--input", "Who are you?=Ada", "--input", "nobody=0"];

    /// <summary>The cell of the executed copy that was added under <paramref name="name"/>.</summary>
    internal ExecutedCell this[string name] => _cells[_index[name]];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _cells = Executed("values").Cells;
    }

    protected override void Write()
    {
        Directory.CreateDirectory(Notebooks);
        File.WriteAllText(Path.Combine(Notebooks, "data.csv"), "a,b\n1,2\n");

        // Cells of the store.
        Add("text", "#!value --name lines\nred\ngreen");
        Add("shared text", "#!share --from value lines\nlines.Split('\\n').Length");
        Add("kind", "#!value --name json --mime-type application/json\n{\"a\": [1, 2]}");
        Add("shared kind", "#!share --from value --name json --as j\nj.RootElement.GetProperty(\"a\").GetArrayLength()");
        Add("file", "#!value --name csv --from-file data.csv\n#!value --name word --from-value \"two words\"");
        Add("copies", "#!set --name csv --value @value:csv\n#!set --name word --value @value:word\n$\"{csv.Length} {word}\"");
        Add("value cell", "#!value --name v\n<1>");
        _notebook.Last["metadata"]!["polyglot_notebook"]!["kernelName"] = "value";
        Add("shared from the cell", "#!share --from value v\nv");

        // C# to itself, in all the ways there are.
        Add("source", "var number = 42;\nvar list = new List<int> { 1, 2 };\nstring none = null;");
        Add("copied", "#!set --name copy --value @csharp:number\n#!set --name copied --value @csharp:list\n(copy.GetType().Name, copied.GetType().Name)");
        Add("by reference", "#!set --name same --value @csharp:list --byref\nobject.ReferenceEquals(same, list)");
        Add("shared", "#!share --from csharp list --as again\nagain.Add(3);\nlist.Count");
        Add("as text", "#!set --name text --value @csharp:list --mime-type text/plain\ntext");
        Add("null", "#!share --from csharp none --as nothing\nnothing == null");
        Add("of a type of the notebook", "record Point(int X);\nvar point = new Point(7);\nvar anonymous = new { A = 1 };");
        Add("taken", "#!share --from csharp point --as other\nother.X");
        Add("keyword", "#!set --name class --value ok\n@class");
        Add("texts", "#!set --name a --value \"one two\"\n#!set --name b --value @file:data.csv\n(a, b.Length)");
        Add("page", "#!javascript\n#!share --from csharp number\nconsole.log(number);");

        Directory.CreateDirectory(Path.Combine(Notebooks, "feed"));
        Add("source of packages", "var feed = \"nuget: ./feed\";");
        Add("named elsewhere", "#i @csharp:feed\n\"after\"");
        Fail("names no source", "#i @csharp:text");

        // Answers.
        Add("by prompt", "#!set --name city --value @input:city\ncity");
        Add("by variable", "#!set --name url --value @input:\"Where is it?\"\nurl");
        Add("secret", "#!set --name pin --value @password\n$\"{pin} {pin.GetClearTextPassword().Length}\"");
        Add("from code", "await GetInputAsync(\"Who are you?\")");
        Fail("not given", "#!set --name x --value @input:{\"prompt\": \"Your age?\", \"type\": \"number\"}");
        Fail("not given to code", "await GetInputAsync(\"Age\")");
        Fail("bad question", "#!set --name x --value @input:{\"prompt\": }");

        Fail("no name", "#!set --value 3");
        Fail("both", "#!set --name x --value @csharp:list --byref --mime-type text/plain");
        Fail("no such value", "#!share --from value nowhere");
        Fail("no such language", "#!share --from pwsh x");
        Fail("not a name", "#!set --name 1x --value 3");
        Fail("no text", "#!value --name x");
        Fail("text twice", "#!value --name x --from-value y\nz");
        Fail("two sources", "#!value --name x --from-value y --from-file data.csv");
        Fail("no file", "#!value --name x --from-file none.csv");
        Fail("no address", "#!value --name x --from-url nowhere");
        Fail("options of a language", "#!csharp --name x\n1");
        Fail("into HTML", "#!html\n#!share --from csharp number\n<b></b>");
        Add("help", "#!set --help");

        Add("diagram", "#!mermaid --display-width 300px\ngraph TD\n  A-->B");
        Add("diagram of a cell", "new Microsoft.DotNet.Interactive.Mermaid.MermaidMarkdown(\"graph LR; A-->B;\")");
        Fail("diagram of odd width", "#!mermaid --display-width \"1;position:fixed\"\ngraph TD");
        _notebook.Save(Notebooks, "values.ipynb");
    }

    private void Add(string name, string code, params string[] tags)
    {
        _index.Add(name, _index.Count);
        _notebook.Code(code, tags);
    }

    private void Fail(string name, string code) => Add(name, code, "raises-exception");
}
