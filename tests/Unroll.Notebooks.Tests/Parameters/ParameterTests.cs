using System.Text;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Parameters;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>What <c>--parameters name=value</c> becomes.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("true", "bool x = true;")]
    [InlineData("False", "bool x = false;")]
    [InlineData("5", "int x = 5;")]
    [InlineData("-2147483648", "int x = -2147483648;")]
    [InlineData("2147483648", "long x = 2147483648L;")]
    [InlineData("0.5", "double x = 0.5;")]
    [InlineData("5.", "double x = 5.0;")]
    [InlineData("-.25", "double x = -0.25;")]
    [InlineData("1e3", "double x = 1000.0;")]
    [InlineData("1E-300", "double x = 1E-300;")]
    [InlineData("007", "string x = \"007\";")]
    [InlineData("NaN", "string x = \"NaN\";")]
    [InlineData("", "string x = \"\";")]
    [InlineData("a=b \"c\" \\ \n", "string x = \"a=b \\\"c\\\" \\\\ \\n\";")]
    [InlineData("\"5\"", "string x = \"5\";")]
    [InlineData("[1, 2, 3]", "int[] x = [1, 2, 3];")]
    [InlineData("[1, 2.5]", "double[] x = [1, 2.5];")]
    [InlineData("[[1], [2, 3000000000]]", "long[][] x = [[1], [2, 3000000000L]];")]
    [InlineData("[\"a\", null]", "string[] x = [\"a\", null];")]
    [InlineData("[1, \"a\", true]", "object[] x = [1, \"a\", true];")]
    [InlineData("[]", "object[] x = [];")]
    public void A_text_has_the_type_it_looks_like(string text, string statement) =>
        Assert.Equal(statement, ParameterCode.Statement(new RunParameter("x", text), declared: null));

    [Theory]
    [InlineData("1", "double", "double x = 1;")]
    [InlineData("0.5", "float", "float x = 0.5f;")]
    [InlineData("0.5", "decimal", "decimal x = 0.5m;")]
    [InlineData("7", "byte", "byte x = 7;")]
    [InlineData("7", "string", "string x = \"7\";")]
    [InlineData("true", "string", "string x = \"true\";")]
    [InlineData("text", "int", "string x = \"text\";")]
    [InlineData("0.5", "int", "double x = 0.5;")]
    public void A_number_and_a_string_take_the_type_that_the_notebook_declares(string text, string declared, string statement) =>
        Assert.Equal(statement, ParameterCode.Statement(new RunParameter("x", text), declared));

    [Theory]
    [InlineData("epochs", "--parameters needs NAME=VALUE; got \"epochs\"")]
    [InlineData("1x=5", "--parameters gives a C# variable its value, and \"1x\" is no name of one")]
    [InlineData("class=5", "--parameters gives a C# variable its value, and \"class\" is no name of one")]
    [InlineData("await=5", "--parameters gives a C# variable its value, and \"await\" is no name of one")]
    [InlineData("=5", "--parameters gives a C# variable its value, and \"\" is no name of one")]
    [InlineData("x=[1,", "--parameters x: [1, begins like a JSON array and is none: put it in quotes, as a JSON string, if it is a text")]
    [InlineData("x=[{}]", "--parameters x: a JSON object has no C# literal: give it as a text and read it in the notebook")]
    [InlineData("x=99999999999999999999", "--parameters x: 99999999999999999999 does not fit a long: write it as 99999999999999999999.0 for a double or \"99999999999999999999\" for a text")]
    [InlineData("x=1e999", "--parameters x: 1e999 does not fit a double")]
    public void What_is_no_parameter_is_refused(string text, string fault)
    {
        Assert.False(RunParameter.TryParse(text, out _, out var found));
        Assert.Equal(fault, found);
    }

    [Fact]
    public void The_cell_stands_behind_the_tagged_one_and_a_second_run_replaces_it()
    {
        var notebook = Read(new NotebookBuilder()
            .Markdown("# Title")
            .Code("var epochs = 1;\nvar rate = 0.1;\nstring name;\nvoid F() { var inner = 1; }", "parameters")
            .Code("epochs"));
        var (first, notices) = ParameterCell.Inject(notebook, "a.ipynb", [new("epochs", "5"), new("rate", "1"), new("name", "7")]);
        Assert.Empty(notices);
        Assert.Equal("// Parameters\nint epochs = 5;\ndouble rate = 1;\nstring name = \"7\";", first.Cells[2].Source);
        Assert.Equal(("injected-parameters", "csharp", 3), (first.Cells[2].Id, first.Cells[2].Language, first.Cells[2].Number));
        Assert.True(first.Cells[2].HasTag("injected-parameters"));
        Assert.Equal(4, first.Cells.Count);
        Assert.Equal("epochs", first.Cells[3].Source);

        var (second, unknown) = ParameterCell.Inject(Reread(first), "a.ipynb", [new("epochs", "6"), new("inner", "2")]);
        Assert.Equal("// Parameters\nint epochs = 6;\nint inner = 2;", second.Cells[2].Source);
        Assert.Equal(4, second.Cells.Count);
        Assert.Equal("cell 2, tagged parameters, declares no inner", Assert.Single(unknown));
    }

    [Fact]
    public void Without_a_tagged_cell_it_stands_first_and_without_ids_it_has_none()
    {
        var builder = new NotebookBuilder().Code("1").With(cell => cell.Remove("id"));
        builder.Root["nbformat_minor"] = 4;
        var (notebook, notices) = ParameterCell.Inject(Read(builder), "a.ipynb", [new("x", "1")]);
        Assert.Equal("no cell is tagged parameters, so the parameters stand first", Assert.Single(notices));
        Assert.Equal(["// Parameters\nint x = 1;", "1"], notebook.Cells.Select(cell => cell.Source));
        Assert.Null(notebook.Cells[0].Id);
    }

    private static Notebook Read(NotebookBuilder builder) =>
        NotebookReader.Parse(Encoding.UTF8.GetBytes(builder.ToString()), "/a.ipynb", "a.ipynb");

    private static Notebook Reread(Notebook notebook) =>
        NotebookReader.Parse(Encoding.UTF8.GetBytes(notebook.ToText()), "/a.ipynb", "a.ipynb");
}
