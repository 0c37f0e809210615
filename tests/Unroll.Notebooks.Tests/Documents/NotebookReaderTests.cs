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
    [InlineData("[]", "a.ipynb: not a notebook: the JSON is no object")]
    [InlineData("{}", "a.ipynb: not a notebook: it has no number \"nbformat\"")]
    [InlineData("""{"nbformat":"4"}""", "a.ipynb: not a notebook: it has no number \"nbformat\"")]
    [InlineData("""{"nbformat":4}""", "a.ipynb: not a notebook: it has no number \"nbformat_minor\"")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5}""", "a.ipynb: not a notebook: it has no list \"cells\"")]
    [InlineData("""{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":3}""", "a.ipynb: not a notebook: its \"metadata\" is no object")]
    [InlineData("""{"nbformat":4,"nbformat_minor":6,"cells":[]}""", "a.ipynb: notebook format 4.6 is newer than this host, which reads 4.0 to 4.5")]
    [InlineData("""{"nbformat":5,"nbformat_minor":0,"cells":[]}""", "a.ipynb: notebook format 5.0 is newer than this host, which reads 4.0 to 4.5")]
    [InlineData(
        """{"nbformat":3,"nbformat_minor":0,"worksheets":[]}""",
        "a.ipynb: notebook format 3, this host reads 4.0 to 4.5: convert it with `jupyter nbconvert --to notebook --nbformat 4 --inplace a.ipynb`")]
    public void Refuses_what_is_no_notebook(string text, string fault) => Assert.Equal(fault, Fault(text));

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
    [InlineData("metadata", null, "cell 2 has no object \"metadata\"")]
    [InlineData("source", null, "cell 2 has no \"source\" (a string or a list of lines)")]
    [InlineData("source", "[1]", "cell 2 source line 1 is no string")]
    [InlineData("source", "[\"a;\\n\",\"// b\",\"c;\"]", "cell 2 source line 2 of 3 does not end in \\n, so lines would run together; add it")]
    [InlineData("source", "[\"\",\"c;\"]", "cell 2 source line 1 of 2 does not end in \\n, so lines would run together; add it")]
    [InlineData("outputs", null, "cell 2 is a code cell without a list \"outputs\"")]
    [InlineData("outputs", "[{}]", "cell 2 has an output without \"output_type\"")]
    [InlineData("execution_count", null, "cell 2 is a code cell without \"execution_count\" (a number or null)")]
    [InlineData("execution_count", "\"1\"", "cell 2 is a code cell without \"execution_count\" (a number or null)")]
    [InlineData("id", null, "cell 2 has no \"id\", which format 4.5 requires")]
    [InlineData("id", "\"\"", "cell 2 has the id \"\"; expected 1 to 64 of A-Z a-z 0-9 - _")]
    [InlineData("id", "\"a b\"", "cell 2 has the id \"a b\"; expected 1 to 64 of A-Z a-z 0-9 - _")]
    [InlineData("id", "7", "cell 2 has the id 7; expected 1 to 64 of A-Z a-z 0-9 - _")]
    [InlineData("id", "\"cell-1\"", "cell 2 has the id \"cell-1\", which cell 1 has already")]
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
