using System.Xml.Linq;
using Spectre.Console;
using Unroll.Notebooks.Reports;
using Unroll.Notebooks.Runner;
using Unroll.Notebooks.Tests.Support;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests.Reporting;

/// <summary>Reports and terminals, where names, code and errors hold every character there is.</summary>
public sealed class HostileReportTests : IDisposable
{
    private static readonly string Everything = string.Concat(Enumerable.Range(1, 0xFFFF).Where(c => c is not ('\n' or '\r')).Select(c => (char)c));
    private static readonly string Tricks = "\u001b[2J\u001b]0;title\u0007\u009b31m\u0085\u202E\u2066\u200F\u0008\u007f\r[red]x[/] 🙂";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reports_are_xml_whatever_names_and_errors_hold()
    {
        var result = Failed(Everything, $"name{Everything}");

        TrxReport.Write(_folder["results.trx"], [result], DateTimeOffset.UtcNow);
        JUnitReport.Write(_folder["junit.xml"], [result], DateTimeOffset.UtcNow);

        var trx = XDocument.Load(_folder["results.trx"]);
        var junit = XDocument.Load(_folder["junit.xml"]);
        Assert.Contains("\\u001b", trx.Descendants().Single(each => each.Name.LocalName == "Message").Value);
        Assert.Contains("\\ud800", junit.Descendants("failure").Single().Value);
        Assert.StartsWith("name\\u0001", junit.Descendants("testsuite").Single().Attribute("name")!.Value);
    }

    [Fact]
    public void A_notebook_that_failed_as_a_whole_is_xml_too()
    {
        var result = Failed("", "name");
        result.Fault = Everything;

        TrxReport.Write(_folder["results.trx"], [result], DateTimeOffset.UtcNow);
        JUnitReport.Write(_folder["junit.xml"], [result], DateTimeOffset.UtcNow);

        Assert.NotNull(XDocument.Load(_folder["results.trx"]).Root);
        Assert.NotNull(XDocument.Load(_folder["junit.xml"]).Root);
    }

    [Fact]
    public void A_pipe_gets_no_control_character_of_a_notebook()
    {
        using var output = new StringWriter();
        var reporter = new PlainReporter(output, output, verbose: true);

        Report(reporter);

        AssertPlain(output.ToString());
        Assert.Contains("\\u001b[2J\\u001b]0;title\\u0007\\u009b31m", output.ToString());
    }

    [Fact]
    public void A_terminal_gets_our_colours_and_no_control_character_of_a_notebook()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        console.Profile.Width = 10_000;

        Report(new TerminalLines(console, output, verbose: true));

        var text = output.ToString();
        Assert.Contains("\u001b[91m", text);
        AssertPlain(text.Replace("\u001b[91m", "", StringComparison.Ordinal).Replace("\u001b[0m", "", StringComparison.Ordinal));
        Assert.Contains("[red]x[/] 🙂", text);
    }

    [Fact]
    public void The_name_of_a_file_is_one_line()
    {
        var lines = Summary.Notebook(Failed("", "a.ipynb: 1 passed\nb.ipynb")).ToList();

        Assert.StartsWith("a.ipynb: 1 passed\\nb.ipynb: 1 failed", lines[0]);
    }

    private static void Report(IRunReporter reporter)
    {
        var result = Failed(Tricks, $"name{Tricks}");
        result.Notices.Add(Tricks);
        reporter.Reject(Tricks);
        reporter.Begin(1);
        reporter.Started(result);
        reporter.Started(result, result.Cells[0]);
        reporter.Finished(result, result.Cells[0]);
        reporter.Finished(result);
        reporter.Stopped(result);
        reporter.End([result], 1, TimeSpan.FromSeconds(1));
    }

    private static void AssertPlain(string text) => Assert.DoesNotContain(
        text, c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is '\u202E' or '\u2066' or '\u200F');

    /// <summary>A notebook of one cell, whose code and error hold <paramref name="text"/>; a file holds no lone surrogate.</summary>
    private static NotebookResult Failed(string text, string name)
    {
        var code = $"x{string.Concat(text.Where(c => !char.IsSurrogate(c)))}";
        var result = new NotebookResult(new NotebookTask(DrawnPage.Result(new NotebookBuilder().Code(code).ToString(), "/a.ipynb").Notebook, name, Target: ""));
        result.Cells[0].Outcome = CellOutcome.Failed;
        result.Cells[0].Failure = new ErrorRaised($"Name{text}", text, [text, $"at {text}"]) { Line = 1 };
        return result;
    }
}
