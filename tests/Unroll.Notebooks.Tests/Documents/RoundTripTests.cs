using System.Text;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>From .ipynb to .dib and back: what the format can hold is kept, and the rest is said.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n1\n\n\n")]
    [InlineData("1\n")]
    [InlineData("  \n1\n  ")]
    [InlineData("a\rb\r\nc\fd\u000be\u0085f\u2028g\u2029h\u001ci")]
    [InlineData("a\r\nb\r\nc")]
    [InlineData("\r\n1\r\n")]
    [InlineData("var s = @\"\n #!csharp\n\";")]
    [InlineData("#!time\n1")]
    [InlineData("#!csharp --show\n1")]
    [InlineData("\uFEFF1")]
    [InlineData("#!meta\n{}")]
    public void Texts_are_kept_to_the_character(string text)
    {
        var (notebook, losses) = RoundTrip(new NotebookBuilder().Code("0").Code("1").With(cell => cell["source"] = text).Markdown("x").With(cell => cell["source"] = text).Code("2"));
        Assert.Empty(losses);
        Assert.Equal(["0", text, text, "2"], notebook.Cells.Select(cell => cell.Source));
    }

    [Theory]
    [InlineData("julia")]
    [InlineData("my own language")]
    [InlineData("python3")]
    [InlineData("sql-sales")]
    [InlineData("Ελληνικά")]
    public void Languages_that_only_the_notebook_knows_are_kept(string language)
    {
        var builder = new NotebookBuilder().Code("1");
        for (var i = 0; i < 3; i++)
            builder.Code("x").With(cell => cell["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = language } });
        var (notebook, losses) = RoundTrip(builder);
        Assert.Empty(losses);
        Assert.Equal(["csharp", language, language, language], notebook.Cells.Select(cell => cell.Language));
    }

    [Fact]
    public void The_language_of_the_notebook_is_that_of_its_cells()
    {
        var builder = new NotebookBuilder().Code("println(1)").With(cell => cell["metadata"] = new JsonObject()).Code("2").With(cell => cell["metadata"] = new JsonObject());
        builder.Root["metadata"] = JsonNode.Parse("""{"kernelspec":{"display_name":"Julia","language":"julia","name":"julia-1.9"},"language_info":{"name":"julia"}}""");
        var (notebook, losses) = RoundTrip(builder);
        Assert.Empty(losses);
        Assert.Equal(["julia", "julia"], notebook.Cells.Select(cell => cell.Language));
        Assert.Equal("julia-1.9", (string)notebook.Root["metadata"]!["kernelspec"]!["name"]!);
        Assert.Equal("julia", (string)notebook.Root["metadata"]!["language_info"]!["name"]!);
    }

    [Fact]
    public void All_other_metadata_are_kept_however_deep()
    {
        var deep = (JsonNode)new JsonObject();
        for (var i = 0; i < 300; i++)
            deep = new JsonObject { ["a"] = deep };
        var builder = new NotebookBuilder().Code("1");
        builder.Root["metadata"]!["deep"] = deep;
        builder.Root["metadata"]!["title"] = "Zoë 😀";
        builder.Root["metadata"]!["polyglot_notebook"] = JsonNode.Parse("""{"kernelInfo":{"defaultKernelName":"csharp","items":[]},"mine":[1,{"b":null}]}""");
        var (notebook, losses) = RoundTrip(builder);
        Assert.Empty(losses);
        var metadata = notebook.Root["metadata"]!;
        Assert.True(JsonNode.DeepEquals(builder.Root["metadata"]!["deep"], metadata["deep"]), "deep metadata changed");
        Assert.Equal("Zoë 😀", (string)metadata["title"]!);
        Assert.Equal("""[1,{"b":null}]""", metadata["polyglot_notebook"]!["mine"]!.ToJsonString());
    }

    [Fact]
    public void Metadata_too_deep_to_be_read_again_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 511)) + "1" + new string('}', 511);
        var text = $"#!meta\n{{\"deep\":{deep}}}\n#!csharp\n1";
        var notebook = DibReader.Parse(Encoding.UTF8.GetBytes(text), "/a.dib", "a.dib");
        Assert.Throws<BadNotebookException>(() => NotebookReader.Parse(Encoding.UTF8.GetBytes(notebook.ToText()), "/a.ipynb", "a.ipynb"));
    }

    [Theory]
    [InlineData("var a = 1;\n#!raw\nvar b = 2;", "cell 1 holds the line #!raw, which begins another cell in a .dib file")]
    [InlineData("var text = @\"\n#!csharp\n\";\ntext.Length", "cell 1 holds the line #!csharp, which begins another cell in a .dib file")]
    public void A_line_that_begins_another_cell_is_said_and_what_follows_is_not_blamed(string source, string loss) =>
        Assert.Equal([loss], RoundTrip(new NotebookBuilder().Code(source).Code("2").Markdown("x")).Losses);

    [Theory]
    [InlineData("markdown", "cell 1, code in markdown, becomes a Markdown cell")]
    [InlineData("raw", "cell 1, code in raw, becomes a raw cell")]
    [InlineData("a\nb", "cell 1, code in a\nb, becomes code in csharp")]
    public void A_cell_that_becomes_another_is_said(string language, string loss)
    {
        var builder = new NotebookBuilder().Code("# H").With(cell => cell["metadata"]!["polyglot_notebook"]!["kernelName"] = language);
        Assert.Contains(loss, RoundTrip(builder).Losses);
    }

    [Fact]
    public void Metadata_of_the_same_name_in_another_place_are_said()
    {
        var builder = new NotebookBuilder().Code("1");
        builder.Root["metadata"]!["kernelInfo"] = "mine";
        builder.Root["extra"] = 1;
        Assert.Equal(["the notebook's metadata \"kernelInfo\" are left out", "the notebook's \"extra\" is left out"], RoundTrip(builder).Losses);
    }

    /// <summary>Every notebook of the repository: what a user would convert first.</summary>
    [Fact]
    public void The_lessons_keep_cells_languages_and_texts()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Lessons.LessonRun.Root, "notebooks"), "*.ipynb"))
        {
            var before = NotebookReader.Read(file, file);
            var (text, _) = DibWriter.Write(before, "a.dib");
            var after = DibReader.Parse(Encoding.UTF8.GetBytes(text), "/a.dib", "a.dib");
            Assert.Equal(before.Cells.Select(cell => (cell.Kind, cell.Language, cell.Source)), after.Cells.Select(cell => (cell.Kind, cell.Language, cell.Source)));
        }
    }

    private static (Notebook Notebook, IReadOnlyList<string> Losses) RoundTrip(NotebookBuilder builder)
    {
        var before = NotebookReader.Parse(Encoding.UTF8.GetBytes(builder.ToString()), "/a.ipynb", "a.ipynb");
        var (text, losses) = DibWriter.Write(before, "a.dib");
        var written = DibReader.Parse(Encoding.UTF8.GetBytes(text), "/a.dib", "a.dib");
        return (NotebookReader.Parse(Encoding.UTF8.GetBytes(written.ToText()), "/b.ipynb", "b.ipynb"), losses);
    }
}
