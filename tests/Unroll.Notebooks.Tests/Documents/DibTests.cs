using System.Text;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>.dib files, read, written, and turned into .ipynb files and back.</summary>
public sealed class DibTests : IDisposable
{
    private const string Polyglot = """
        #!meta

        {"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":["c#"],"name":"csharp"},{"aliases":["tbl"],"name":"sql-sales"}]},"author":"Zoë 😀"}

        #!markdown

        # Title

        with a blank line

        #!csharp

        #!time
        var x = 1;

        #!fsharp

        let y = 2

        #!csharp

        #!raw

        as it is

        #!sql-sales

        select 1

        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_with_a_language_begins_a_cell_and_a_command_does_not()
    {
        var cells = Read(Polyglot).Cells;
        Assert.Equal(
            [
                (CellKind.Markdown, "", "# Title\n\nwith a blank line"),
                (CellKind.Code, "csharp", "#!time\nvar x = 1;"),
                (CellKind.Code, "fsharp", "let y = 2"),
                (CellKind.Code, "csharp", ""),
                (CellKind.Raw, "", "as it is"),
                (CellKind.Code, "sql-sales", "select 1"),
            ],
            cells.Select(cell => (cell.Kind, cell.Language, cell.Source)));
    }

    [Theory]
    [InlineData("1 + 1", "csharp:1 + 1")]
    [InlineData("\uFEFF\r\n\r\n1\r\n\r\n2\r\n\r\n", "csharp:1\n\n2")]
    [InlineData("#!C#\n1\n#!md\ntext\n#!F# \n2", "csharp:1|:text|fsharp:2")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"fsharp\",\"items\":[]}}\n#!time\n1", "fsharp:#!time\n1")]
    [InlineData("#!csharp --show\n1", "csharp:#!csharp --show\n1")]
    public void Files_written_by_hand(string text, string cells) => Assert.Equal(
        cells, string.Join('|', Read(text).Cells.Select(cell => $"{cell.Language}:{cell.Source}")));

    [Theory]
    [InlineData("", "a.dib: not a notebook: the file is empty")]
    [InlineData("#!meta\n{\"kernelInfo\":\"x\"}\n#!csharp\n1", "a.dib: \"kernelInfo\" after #!meta is not an object")]
    [InlineData("#!meta\n{\"kernelInfo\":[]}\n#!csharp\n1", "a.dib: \"kernelInfo\" after #!meta is not an object")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":7}}\n#!csharp\n1", "a.dib: \"items\" after #!meta is not a list")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":[7]}}\n#!csharp\n1", "a.dib: an item of \"kernelInfo\" after #!meta is not an object")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":[{\"aliases\":\"c\"}]}}\n#!csharp\n1", "a.dib: \"aliases\" after #!meta is not a list")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":[{\"name\":7}]}}\n#!csharp\n1", "a.dib: \"name\" after #!meta is not a string")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"defaultKernelName\":{}}}\n#!csharp\n1", "a.dib: \"defaultKernelName\" after #!meta is not a string")]
    [InlineData("#!meta\n#!csharp\n1", "a.dib: nothing follows #!meta: write a JSON object there, or remove the line")]
    [InlineData("#!meta\n{\"a\":\"\\ud800\"}\n#!csharp\n1", "a.dib: not JSON: a string in it is not valid Unicode (this is what follows #!meta)")]
    [InlineData("#!meta\n[]\n#!csharp\n1", "a.dib: what follows #!meta is not a JSON object")]
    public void What_is_not_a_dib_file_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<BadNotebookException>(() => Read(text)).Message);

    [Fact]
    public void Broken_metadata_and_bytes_that_are_no_text_are_refused()
    {
        Assert.StartsWith(
            "a.dib(2,2): not JSON: ",
            Assert.Throws<BadNotebookException>(() => Read("#!meta\n{\n#!csharp\n1")).Message,
            StringComparison.Ordinal);
        var binary = Assert.Throws<BadNotebookException>(() => DibReader.Parse([0xFF, 0xFE, 0x31], "/a.dib", "a.dib"));
        Assert.Equal("a.dib: not a notebook: it is not UTF-8 text", binary.Message);
    }

    [Fact]
    public async Task A_dib_file_comes_back_to_the_byte_from_ipynb()
    {
        await WriteAsync("a.dib", Polyglot);
        Assert.Equal((0, "a.ipynb: 6 cells from a.dib\n", ""), await ConvertAsync("a.dib", "a.ipynb"));
        Assert.Equal((0, "b.dib: 6 cells from a.ipynb\n", ""), await ConvertAsync("a.ipynb", "b.dib"));
        Assert.Equal(Polyglot, await ReadAsync("b.dib"));

        // What was converted is a notebook like any other: its cells say their languages, its metadata its kernel.
        var root = new ExecutedNotebook(_folder["a.ipynb"]).Root;
        Assert.Equal(".net-csharp", root["metadata"]!["kernelspec"]!["name"]!.GetValue<string>());
        Assert.Equal("Zoë 😀", root["metadata"]!["author"]!.GetValue<string>());
        Assert.Equal("fsharp", root["cells"]![2]!["metadata"]!["polyglot_notebook"]!["kernelName"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_dib_file_cannot_hold_is_said()
    {
        new NotebookBuilder()
            .Code("#!fsharp\n1", "tagged")
            .Code("1\n#!pwsh\nls")
            .With(cell => cell["outputs"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"output_type":"stream","name":"stdout","text":"x"}]"""))
            .Save(_folder.Path, "a.ipynb");
        var (code, _, said) = await ConvertAsync("a.ipynb", "a.dib");
        Assert.Equal(1, code);
        Assert.Equal((0, said), await AskedForAsync());
        Assert.Equal(
            [
                "a.ipynb: cell 1: its first line names its language, which begins the cell in a .dib file, and is not written twice",
                "a.ipynb: cell 2 holds the line #!pwsh, which begins another cell in a .dib file",
                "a.ipynb: 1 output is left out",
                "a.ipynb: tags or other metadata of 1 cell are left out",
            ],
            said.TrimEnd('\n').Split('\n'));
        Assert.EndsWith("\n#!fsharp\n\n1\n\n#!csharp\n\n1\n#!pwsh\nls\n", await ReadAsync("a.dib"), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> AskedForAsync()
    {
        var (code, _, said) = await ConvertAsync("a.ipynb", "a.dib", "--lossy", "--force");
        return (code, said);
    }

    [Fact]
    public async Task Nothing_is_overwritten_unasked_and_the_kinds_must_differ()
    {
        await WriteAsync("a.dib", "1");
        await WriteAsync("a.ipynb", "mine");
        Assert.Equal((2, "", "a.ipynb is there already: use --force to replace it\n"), await ConvertAsync("a.dib", "a.ipynb"));
        Assert.Equal("mine", await ReadAsync("a.ipynb"));
        Assert.Equal(0, (await ConvertAsync("a.dib", "a.ipynb", "--force")).Code);
        Assert.Equal(
            (2, "", "convert reads .ipynb and writes .dib, or the other way, or writes a .cs from either; got a.dib and b.dib\n"), await ConvertAsync("a.dib", "b.dib"));
    }

    private static Notebook Read(string text) => DibReader.Parse(Encoding.UTF8.GetBytes(text), "/a.dib", "a.dib");

    private async Task<(int Code, string Output, string Error)> ConvertAsync(params string[] arguments)
    {
        using var process = Cli.StartVerb(_folder.Path, "convert", arguments);
        var result = await Cli.FinishAsync(process);
        return (result.ExitCode, result.Output, result.Error);
    }

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(_folder[name], text, TestContext.Current.CancellationToken);

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(_folder[name], TestContext.Current.CancellationToken);
}
