using System.Text;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

public class NotebookWritingTests
{
    /// <summary>
    /// As Jupyter writes it, which is Python's json.dumps(nb, indent=1, ensure_ascii=False, separators=(",", ": ")).
    /// </summary>
    private const string AsJupyterWrites = """
        {
         "cells": [
          {
           "cell_type": "code",
           "zeta": {
            "unknown": [
             1,
             2.50,
             1e-7,
             12345678901234567890,
             true,
             null,
             []
            ]
           },
           "execution_count": null,
           "id": "a",
           "metadata": {},
           "outputs": [],
           "source": [
            "var s = \"é 😀 <b>&amp;'+/\\\\\";\t\n",
            "s"
           ]
          }
         ],
         "metadata": {
          "later": "first",
          "control": "\u0001\b\f\u001f"
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private static Notebook Read(string text) => NotebookReader.Parse(Encoding.UTF8.GetBytes(text), "/n/a.ipynb", "a.ipynb");

    [Fact]
    public void Reading_and_writing_changes_no_byte() =>
        Assert.Equal(AsJupyterWrites.ReplaceLineEndings("\n"), Read(AsJupyterWrites).ToText());

    [Fact]
    public void A_source_string_becomes_a_list_of_lines()
    {
        var notebook = Read(new NotebookBuilder().Code("1").With(cell => cell["source"] = "a\r\nb\u2028c\n").ToString());
        var cell = JsonNode.Parse(notebook.ToText())!["cells"]![0]!;
        Assert.Equal(["a\r\n", "b\u2028", "c\n"], cell["source"]!.AsArray().Select(line => line!.GetValue<string>()));
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a\n" })]
    [InlineData("\n\n", new[] { "\n", "\n" })]
    [InlineData("a\rb\r\nc\u000bd", new[] { "a\r", "b\r\n", "c\u000b", "d" })]
    public void Lines_are_cut_where_Python_cuts(string text, string[] lines) => Assert.Equal(lines, PythonLines.Split(text));

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_is_left_beside_it()
    {
        using var folder = new TempFolder();
        var path = folder["deep", "a.txt"];
        AtomicFile.Write(path, "one");
        AtomicFile.Write(path, "é");
        Assert.Equal("é"u8.ToArray(), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder["deep"]));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_draft()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["a.txt"]);
        File.WriteAllText(folder["a.txt", "kept"], "kept");
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder["a.txt"], "new"));
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Equal("kept", File.ReadAllText(folder["a.txt", "kept"]));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["real.txt"], "old");
        File.CreateSymbolicLink(folder["link.txt"], folder["real.txt"]);
        AtomicFile.Write(folder["link.txt"], "new");
        Assert.NotNull(new FileInfo(folder["link.txt"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder["real.txt"]));
    }
}
