using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>A notebook that speaks to the host through the objects of .NET Interactive.</summary>
public sealed class KernelScenario : Scenario
{
    private readonly NotebookBuilder _notebook = new();
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private IReadOnlyList<ExecutedCell> _cells = [];

    protected override string[] Arguments => ["notebooks/kernels.ipynb", "--input", "Who?=Ada"];

    /// <summary>The cell of the executed copy that was added under <paramref name="name"/>.</summary>
    internal ExecutedCell this[string name] => _cells[_index[name]];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _cells = Executed("kernels").Cells;
    }

    protected override void Write()
    {
        Add("usings", """
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Commands;
            using Microsoft.DotNet.Interactive.CSharp;
            using Microsoft.DotNet.Interactive.Directives;
            using Microsoft.DotNet.Interactive.Events;
            using Microsoft.DotNet.Interactive.Formatting;
            using Microsoft.DotNet.Interactive.Formatting.Csv;
            using Microsoft.DotNet.Interactive.Formatting.TabularData;
            using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;
            """);
        Add("kernels", "string.Join(' ', Kernel.Root.ChildKernels.Select(k => k.Name)) + \"; \" + Kernel.Current.Name");
        Add("not there", "Kernel.Root.FindKernelByName(\"pwsh\") == null && Kernel.Root.FindKernelByName(\"c#\") is CSharpKernel");
        Add("code", """
            var result = await Kernel.Root.SendAsync(new SubmitCode("var inner = 5;\nConsole.WriteLine(\"out\");\ndisplay(7);\ninner + 1"));
            var value = result.Events.OfType<ReturnValueProduced>().Single();
            (string.Join(' ', result.Events.Select(e => e.GetType().Name)), value.Value)
            """);
        Add("variable of code", "inner");
        Add("code in code", "await Kernel.Current.SubmitCodeAsync(\"await Kernel.Root.SendAsync(new SubmitCode(\\\"var deep = 1; deep + 1\\\"));\");");
        Add("variable of code in code", "deep");
        Add("code that fails", """
            var failed = await Kernel.Root.SendAsync(new SubmitCode("throw new FormatException(\"bad\");"));
            failed.Events.OfType<CommandFailed>().Single().Message
            """);
        Add("code that does not compile", "(await Kernel.Root.SendAsync(new SubmitCode(\"nope\"))).Events.Last().GetType().Name");
        Add("other languages", """
            await Kernel.Root.SendAsync(new SubmitCode("<b>x</b>", "html"));
            await Kernel.Root.SendAsync(new SubmitCode("#!value --name kept --from-value abc\n#!csharp\n#!set --name taken --value @value:kept"));
            """);
        Add("value of a line", "taken");
        Add("values", """
            await Kernel.Root.SendAsync(new SendValue("sent", new List<int> { 1 }, null, "csharp"));
            var asked = await Kernel.Root.SendAsync(new RequestValue("sent", targetKernelName: "csharp"));
            var names = (await Kernel.Root.SendAsync(new RequestValueInfos("csharp"))).Events.OfType<ValueInfosProduced>().Single().ValueInfos;
            (asked.Events.OfType<ValueProduced>().Single().FormattedValue.Value, names.Any(each => each.Name == "sent"))
            """);
        Add("kernel of C#", """
            var csharp = (CSharpKernel)Kernel.Root.FindKernelByName("csharp");
            await csharp.SetValueAsync("set", 3);
            (csharp.TryGetValue("inner", out int got), got, csharp.TryGetValue("nowhere", out int _))
            """);
        Add("value set", "set + sent.Count");
        Add("question", "(await Kernel.Root.SendAsync(new RequestInput(\"Who?\"))).Events.OfType<InputProduced>().Single().Value");
        Add("questions", "(await Kernel.GetInputsAsync(new[] { new InputDescription(\"Who?\") }))[\"Who?\"]");
        Add("display id", """
            var shown = display("first");
            shown.Update("second");
            (shown.DisplayId.Length > 0, shown.Value, shown.IsUpdated, shown.FormattedValues.Single().Value)
            """);
        Add("update by id", """
            await Kernel.Root.SendAsync(new DisplayValue(new FormattedValue("text/html", "<i>old</i>"), "my id"));
            await Kernel.Root.SendAsync(new UpdateDisplayedValue(new FormattedValue("text/html", "<i>new</i>"), "my id"));
            """);
        Add("any element", "_.section[id: \"s\"](_.article(\"x\"), _.hr)");
        Add("formatters", """
            Formatter.Register(new HtmlFormatter<Version>((v, context) => { PocketView view = div(v.ToString()); view.WriteTo(context); }));
            Formatter.Register(new PlainTextFormatter<Version>(v => $"version {v}"));
            new Version(1, 2)
            """);
        Add("types", "string.Join(' ', JsonFormatter.MimeType, HtmlFormatter.MimeType, PlainTextFormatter.MimeType, CsvFormatter.MimeType, TabularDataResourceFormatter.MimeType)");
        Add("of a formatter", """
            var formatter = HtmlFormatter.GetPreferredFormatterFor<Version>();
            var writer = new System.IO.StringWriter();
            formatter.Format(new Version(1, 2), writer);
            writer.ToString() + Formatter.ToDisplayString(new { A = 1 }, JsonFormatter.MimeType)
            """);
        Add("table", "new[] { new { A = 1, B = \"x\" }, new { A = 2, B = (string)null } }.ToTabularDataResource()");
        Add("schema", "new[] { new { A = 1.5, B = DateTime.UnixEpoch, C = true } }.ToTabularDataResource().Schema.Fields.Select(f => $\"{f.Name}:{f.Type}\")");
        Add("table as JSON", """
            var table = System.Text.Json.JsonDocument.Parse("[{\"a\": 1}, {\"a\": null}]").ToTabularDataResource();
            System.Text.Json.JsonDocument.Parse(table.ToJsonString().ToString()).RootElement.ToString().Replace("\n", "").Replace(" ", "")
            """);
        Fail("no table", "new[] { 1, 2 }.ToTabularDataResource()");
        Add("own command", """
            public class Greet : KernelCommand
            {
                public string WhoElse { get; set; }
                public int Times { get; set; } = 1;
                public bool Loudly { get; set; }
                public override string ToString() => string.Concat(Enumerable.Repeat($"Hello {WhoElse}{(Loudly ? "!" : "")} ", Times)).Trim();
            }
            Kernel.Root.FindKernelByName("csharp").RegisterCommandHandler<Greet>(async (greet, context) =>
            {
                await Task.Delay(1);
                context.Display(greet.ToString());
                if (greet.Times == 0)
                    throw new FormatException("never");
            });
            var greeted = await Kernel.Root.SendAsync(new Greet { WhoElse = "Ada" });
            string.Join(' ', greeted.Events.Select(e => e.GetType().Name))
            """);
        Add("own command that fails", "(await Kernel.Root.SendAsync(new Greet { Times = 0 })).Events.OfType<CommandFailed>().Single().Message");
        Add("command that nothing does", """
            public class Nobody : KernelCommand { public Nobody(string kernel) : base(kernel) { } }
            (await Kernel.Root.SendAsync(new Nobody("csharp"))).Events.OfType<CommandFailed>().Single().Message
            """);
        Add("command that does itself", "await Kernel.Root.SendAsync(new Nobody(\"html\") { Handler = (command, context) => { display(\"done\"); return Task.CompletedTask; } });");
        Fail("handler of the host's", "Kernel.Root.RegisterCommandHandler<SubmitCode>((code, context) => Task.CompletedTask);");
        Add("own lines", """
            Kernel.Root.AddDirective(new KernelActionDirective("#!flip-coin") { Description = "Flips a coin." }, (command, context) =>
            {
                context.Display("Heads");
                return Task.CompletedTask;
            });
            var greeting = new KernelActionDirective("#!greet")
            {
                Parameters =
                {
                    new KernelDirectiveParameter("--who-else", "Whom.") { Required = true, AllowImplicitName = true },
                    new("--times"), new("--loudly") { Flag = true },
                },
            };
            Kernel.Root.AddDirective<Greet>(greeting, async (greet, context) => await context.HandlingKernel.SubmitCodeAsync($"var greeted = \"{greet}\"; display(greeted);"));
            var whom = "Bob";
            """);
        Add("own line", "display(1);\n#!flip-coin\ndisplay(2);");
        Add("own line with parameters", "#!greet --times 2 Ada --loudly");
        Add("own line with a variable", "#!greet @csharp:whom");
        Add("variable of an own line", "greeted");
        Add("own lines of the list", "#!lsmagic");
        Add("help of an own line", "#!greet --help");
        Fail("own line without what it needs", "#!greet --times 2");
        Fail("own line with a text for a number", "#!greet Ada --times many");
        Fail("name without a mark", "new KernelActionDirective(\"greet\")");
        Fail("name of a language", "new KernelActionDirective(\"#!html\")");
        Add("after the cell", """
            _ = Task.Run(async () => { await Task.Delay(10); await Kernel.Root.SendAsync(new SubmitCode("Console.Write(\"later\");")); });
            await Task.Delay(500);
            """);
        _notebook.Save(Notebooks, "kernels.ipynb");
    }

    private void Add(string name, string code, params string[] tags)
    {
        _index.Add(name, _index.Count);
        _notebook.Code(code, tags);
    }

    private void Fail(string name, string code) => Add(name, code, "raises-exception");
}
