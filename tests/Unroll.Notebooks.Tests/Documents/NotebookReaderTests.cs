using System.Text;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

public class NotebookReaderTests
{
    private static string Fault(string text) => Fault(Encoding.UTF8.GetBytes(text));

    private static string Fault(byte[] bytes) =>
        Assert.Throws<BadNotebookException>(() => NotebookReader.Parse(bytes, "/n/a.ipynb", "a.ipynb")).Message;

    private static Notebook Read(string text) => NotebookReader.Parse(Encoding.UTF8.GetBytes(text), "/n/a.ipynb", "a.ipynb");

    [Theory]
    [InlineData("", "a.ipynb: not a notebook: the file is empty")]
    [InlineData(" \n", "a.ipynb: not a notebook: the file is empty")]
    [InlineData("[]", "a.ipynb: not a notebook: the JSON is not an object")]
    [InlineData("{}", "a.ipynb: not a notebook: it has no number \"nbformat\"")]
    [InlineData("""{"nbformat":"4"}""", "a.ipynb: not a notebook: it has no number \"nbformat\"")]
    [InlineData("""{"nbformat":4}""", "a.ipynb: not a notebook: it has no number \"nbformat_minor\"")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5}""", "a.ipynb: not a notebook: it has no list \"cells\"")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":3}""", "a.ipynb: not a notebook: its \"metadata\" is not an object")]
    [InlineData("""{"nbformat":4,"nbformat_minor":6,"cells":[]}""", "a.ipynb: notebook format 4.6 is newer than this host, which reads 4.0 to 4.5")]
    [InlineData("""{"nbformat":5,"nbformat_minor":0,"cells":[]}""", "a.ipynb: notebook format 5.0 is newer than this host, which reads 4.0 to 4.5")]
    [InlineData(
        """{"nbformat":3,"nbformat_minor":0,"worksheets":[]}""",
        "a.ipynb: notebook format 3, this host reads 4.0 to 4.5: convert it with `jupyter nbconvert --to notebook --nbformat 4 --inplace a.ipynb`")]
    public void Refuses_what_is_not_a_notebook(string text, string fault) => Assert.Equal(fault, Fault(text));

    [Fact]
    public void Json_faults_have_line_and_column_in_characters()
    {
        var fault = Fault("{\n \"é😀\": oops}");
        Assert.StartsWith("a.ipynb(2,9): not JSON: 'o' is an invalid start of a value", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_ends_too_soon_is_not_JSON() =>
        Assert.StartsWith("a.ipynb(1,13): not JSON: ", Fault("{\"cells\": [ "), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_comes_twice_is_not_JSON() =>
        Assert.Contains("not JSON: ", Fault("{\"a\":1,\"a\":2}"), StringComparison.Ordinal);

    [Fact]
    public void Half_a_surrogate_pair_is_not_JSON() =>
        Assert.Equal("a.ipynb: not JSON: a string in it is not valid Unicode", Fault("{\"a\":\"\\ud83d\"}"));

    [Theory]
    [InlineData("cell_type", null, "cell 2 has no \"cell_type\"")]
    [InlineData("cell_type", "\"heading\"", "cell 2 has cell_type \"heading\"; expected code, markdown or raw")]
    [InlineData("metadata", "[]", "cell 2 has \"metadata\" that are not an object")]
    [InlineData("source", "7", "cell 2 has a \"source\" that is neither a string nor a list of lines")]
    [InlineData("source", "[1]", "cell 2 source line 1 is not a string")]
    [InlineData("source", "[\"a;\\n\",\"// b\",\"c;\"]", "cell 2 source line 2 of 3 does not end in \\n, so lines would run together; add it")]
    [InlineData("source", "[\"a;\",\"\",\"c;\"]", "cell 2 source line 1 of 3 does not end in \\n, so lines would run together; add it")]
    [InlineData("outputs", "{}", "cell 2 has \"outputs\" that are not a list")]
    [InlineData("outputs", "[{}]", "cell 2 has an output without \"output_type\"")]
    public void Names_the_cell_that_is_broken(string key, string? json, string fault)
    {
        var notebook = new NotebookBuilder().Markdown("one").Code("two").With(cell =>
        {
            cell.Remove(key);
            if (json is not null)
                cell[key] = JsonNode.Parse(json);
        });
        Assert.Equal($"a.ipynb: {fault}", Fault(notebook.ToString()));
    }

    [Theory]
    [InlineData("execution_count", null, "no \"execution_count\": taken for not run")]
    [InlineData("execution_count", "\"1\"", "an \"execution_count\" that is not a whole number: taken for not run")]
    [InlineData("execution_count", "1.5", "an \"execution_count\" that is not a whole number: taken for not run")]
    [InlineData("outputs", null, "no \"outputs\": taken for none")]
    [InlineData("outputs", "null", "no \"outputs\": taken for none")]
    [InlineData("metadata", null, "no \"metadata\": made empty")]
    [InlineData("source", null, "no \"source\": taken for empty")]
    [InlineData("id", null, "no \"id\", which format 4.5 requires: given a new one")]
    [InlineData("id", "null", "no \"id\", which format 4.5 requires: given a new one")]
    [InlineData("id", "\"\"", "an \"id\" that is not 1 to 64 of A-Z a-z 0-9 - _: given a new one")]
    [InlineData("id", "\"a b\"", "an \"id\" that is not 1 to 64 of A-Z a-z 0-9 - _: given a new one")]
    [InlineData("id", "7", "an \"id\" that is not a string: given a new one")]
    [InlineData("id", "\"cell-1\"", "the \"id\" of an earlier cell: given a new one")]
    public void Mends_what_has_a_plain_meaning_and_says_so(string key, string? json, string mended)
    {
        var builder = new NotebookBuilder().Markdown("one").Code("two").With(cell =>
        {
            cell.Remove(key);
            if (json is not null)
                cell[key] = JsonNode.Parse(json);
        });
        var notebook = Read(builder.ToString());
        Assert.Equal($"cell 2 has {mended}", Assert.Single(notebook.Remarks));

        // What is written is a notebook that anybody reads, and the same at every reading.
        var again = Read(notebook.ToText());
        Assert.Empty(again.Remarks);
        Assert.Equal(Read(builder.ToString()).ToText(), again.ToText());
        Assert.Equal(2, again.Cells.Select(cell => cell.Id).Distinct().Count());
    }

    [Fact]
    public void A_fault_of_many_cells_is_one_line()
    {
        var builder = new NotebookBuilder();
        for (var i = 0; i < 7; i++)
            builder.Code("1").With(cell => cell.Remove("id"));
        Assert.Equal("cells 1, 2, 3, 4 and 3 more have no \"id\", which format 4.5 requires: given a new one", Assert.Single(Read(builder.ToString()).Remarks));
    }

    [Fact]
    public void An_id_that_is_made_takes_nobody_elses()
    {
        var builder = new NotebookBuilder().Code("1").With(cell => cell.Remove("id")).Code("2").With(cell => cell["id"] = "cell-1");
        Assert.Equal(["cell-1-2", "cell-1"], Read(builder.ToString()).Cells.Select(cell => cell.Id));
    }

    [Fact]
    public void An_empty_item_of_a_source_is_nothing()
    {
        var builder = new NotebookBuilder().Code("1").With(cell => cell["source"] = new JsonArray("", "a\n", "", "b", ""));
        var notebook = Read(builder.ToString());
        Assert.Equal(("a\nb", 0), (notebook.Cells[0].Source, notebook.Remarks.Count));
    }

    [Fact]
    public void Code_whose_language_nothing_names_is_taken_for_CSharp_and_that_is_said()
    {
        var builder = new NotebookBuilder().Code("1").With(cell => cell["metadata"] = new JsonObject());
        builder.Root["metadata"] = new JsonObject();
        var notebook = Read(builder.ToString());
        Assert.Equal(("csharp", "names no language: its code is taken for C#"), (notebook.Cells[0].Language, Assert.Single(notebook.Remarks)));
    }

    [Fact]
    public void A_name_that_is_half_a_surrogate_pair_is_not_JSON() =>
        Assert.Equal("a.ipynb: not JSON: a string in it is not valid Unicode", Fault("{\"\\ud83d\":1}"));

    [Fact]
    public void A_byte_order_mark_is_fine()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(new NotebookBuilder().Code("1").ToString())];
        Assert.Equal("1", NotebookReader.Parse(bytes, "/n/a.ipynb", "a.ipynb").Cells[0].Source);
    }

    [Fact]
    public void Older_formats_need_no_id()
    {
        var notebook = new NotebookBuilder().Code("1").With(cell => cell.Remove("id"));
        notebook.Root["nbformat_minor"] = 0;
        Assert.Null(Read(notebook.ToString()).Cells[0].Id);
    }

    [Fact]
    public void A_source_may_be_one_string()
    {
        var notebook = new NotebookBuilder().Code("1").With(cell => cell["source"] = "a\nb");
        Assert.Equal("a\nb", Read(notebook.ToString()).Cells[0].Source);
    }
}
