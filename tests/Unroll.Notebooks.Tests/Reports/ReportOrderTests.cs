using System.Xml.Linq;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Reporting;

/// <summary>What a CI job reads is there, whatever happens to the pages.</summary>
public sealed class ReportOrderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reports_and_other_pages_are_written_where_a_page_cannot_be()
    {
        new NotebookBuilder().Code("1").Save(_folder["notebooks"], "a.ipynb");
        new NotebookBuilder().Code("2").Save(_folder["notebooks"], "b.ipynb");
        Directory.CreateDirectory(_folder["artifacts", "notebooks", "a.html", "in-the-way"]);

        var run = await Cli.RunAsync(_folder.Path, "--trx", "results.trx", "--junit", "junit.xml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a.html", run.Error);
        Assert.Equal(2, XDocument.Load(_folder["results.trx"]).Descendants().Count(each => each.Name.LocalName == "UnitTestResult"));
        Assert.Equal(2, XDocument.Load(_folder["junit.xml"]).Descendants("testcase").Count());
        Assert.True(File.Exists(_folder["artifacts", "notebooks", "b.html"]));
        Assert.True(File.Exists(_folder["artifacts", "index.html"]));
    }

    [Fact]
    public async Task A_file_name_of_control_characters_is_spelled_out_on_the_terminal_and_in_reports()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such file names");
        new NotebookBuilder().Code("throw new Exception(\"\\u001b[31mred\\u009b\");").Save(_folder["notebooks"], "a\u001b[31m\u202E\u0001.ipynb");

        var run = await Cli.RunAsync(_folder.Path, "--trx", "results.trx", "--junit", "junit.xml", "--verbose");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a\\u001b[31m\\u202e\\u0001.ipynb: 1 failed", run.Output);
        Assert.Contains("  Exception: \\u001b[31mred\\u009b", run.Output);
        Assert.DoesNotContain(run.Output + run.Error, c => c is '\u001b' or '\u009b' or '\u202E' or '\u0001');
        Assert.Contains("a\\u001b[31m\\u202e\\u0001.ipynb", XDocument.Load(_folder["results.trx"]).ToString());
        Assert.Contains("a\\u001b[31m\\u202e\\u0001.ipynb", XDocument.Load(_folder["junit.xml"]).ToString());
    }
}
