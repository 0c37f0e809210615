using System.Globalization;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.Language;

namespace Unroll.Notebooks.Tests;

/// <summary>How a cell is divided into steps.</summary>
public class CellSplitterTests
{
    [Theory]
    [InlineData("1 + 1", "1 code:1 + 1")]
    [InlineData("", "")]
    [InlineData("#!csharp\n1", "2 code:|1")]
    [InlineData("#!time\nvar a = 1;\na", "1 #time:; 2 code:|var a = 1;|a")]
    [InlineData("var a = 1;\n#!whos\na", "1 code:var a = 1;|; 2 #whos:; 3 code:||a")]
    [InlineData("1\n#!html\n\n<b>x</b>\n#!js\ngo()\n#!c#\n2", "1 code:1|; 4 html:<b>x</b>; 6 javascript:go(); 8 code:|||||||2")]
    [InlineData("#!import \"a b.ipynb\"", "1 #import:\"a b.ipynb\"")]
    [InlineData("var s = \"\"\"\n#!time\n\"\"\";", "1 code:var s = \"\"\"|#!time|\"\"\";")]
    [InlineData("/*\n#!html\n*/", "1 code:/*|#!html|*/")]
    [InlineData("#!markdown\n# Title\n#!not a command\n#!time", "2 markdown:# Title|#!not a command; 4 #time:")]
    [InlineData("#!pwsh\n#!share --from csharp x\n$y = $x\n#!csharp\n3", "2 foreign pwsh; 5 code:||||3")]
    [InlineData("#!fsharp\n#!share --from csharp x\nlet y = x\n#!csharp\n3", "2 #share:--from csharp x; 3 fsharp:||let y = x|; 5 code:||||3")]
    [InlineData("#!value --name a\nred\n\ngreen\n", "1 value --name a:red||green|")]
    [InlineData("#!value --name a --from-file f\n#!value --name b\nB\n#!csharp\na", "1 value --name a --from-file f:; 2 value --name b:B|; 5 code:||||a")]
    [InlineData("#!value --name a\n#!no command\n#!share --from csharp x", "1 value --name a:#!no command|; 3 #share:--from csharp x")]
    [InlineData("#!mermaid --display-width 9px\ngraph TD\n", "2 mermaid --display-width 9px:graph TD")]
    [InlineData("#!MARKDOWN\nx", "2 markdown:x")]
    [InlineData("#!clock --hour 3", "1 #clock:--hour 3")]
    public void Steps(string cell, string steps) =>
        Assert.Equal(steps, string.Join("; ", CellSplitter.Split(cell, CellLanguage.CSharp).Select(Describe)));

    [Theory]
    [InlineData("<b>x</b>", "html", true)]
    [InlineData("$x = 1", "pwsh", false)]
    [InlineData("$x = 1\n#!csharp\n1", "pwsh", true)]
    [InlineData("#!pwsh\n$x = 1", "csharp", false)]
    [InlineData("#!pwsh\n#!time\n$x = 1", "pwsh", false)]
    [InlineData("let x = 1", "fsharp", true)]
    [InlineData("graph TD; A-->B;", "mermaid", true)]
    [InlineData("#!value --name x --from-file a.csv", "csharp", true)]
    [InlineData("#!value", "csharp", false)]
    [InlineData("#!csharp", "csharp", false)]
    [InlineData("#!csharp\n\n  #!c#\n", "csharp", true)]
    [InlineData("#!csharp\n#!html\n \n", "csharp", false)]
    [InlineData("#!time", "csharp", true)]
    public void A_cell_is_run_where_it_has_something_for_this_host(string cell, string language, bool isForUs) =>
        Assert.Equal(isForUs, HostLines.Languages(cell, language).Any(CellLanguage.IsKnown));

    /// <summary>Parsing it would overflow the stack of whoever asks.</summary>
    [Fact]
    public void Asking_for_the_languages_of_a_cell_parses_nothing() => Assert.Equal(
        ["csharp"], HostLines.Languages(string.Concat(Enumerable.Repeat("A<", 50_000)) + "\n#!time", CellLanguage.CSharp));

    private static string Describe(CellStep step)
    {
        var text = step switch
        {
            CodeStep code => $"code:{code.Code}",
            FSharpStep code => $"fsharp:{code.Code}",
            ValueStep value => $"value {value.Options}:{value.Text}",
            ContentStep content => $"{content.Language}{(content.Options.Length > 0 ? " " + content.Options : "")}:{content.Text}",
            ForeignStep foreign => $"foreign {foreign.Language}",
            CommandStep command => $"#{command.Name}:{command.Arguments}",
            _ => throw new NotSupportedException($"No test describes {step.GetType().Name}."),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{step.Line} {text.Replace('\n', '|')}");
    }
}
