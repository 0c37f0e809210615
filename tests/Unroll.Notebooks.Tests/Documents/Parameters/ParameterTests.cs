using System.Text;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Documents.Parameters;
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
    [InlineData("5.", "double", "double x = 5;")]
    [InlineData("1e3", "double", "double x = 1e3;")]
    [InlineData("3000000000", "double", "double x = 3000000000d;")]
    [InlineData("3000000000", "long", "long x = 3000000000;")]
    [InlineData("\"5\"", "string", "string x = \"5\";")]
    [InlineData("null", "int?", "int? x = null;")]
    [InlineData("5", "int?", "int? x = 5;")]
    [InlineData("5", "Int32", "Int32 x = 5;")]
    [InlineData("true", "bool", "bool x = true;")]
    [InlineData("a", "char", "char x = 'a';")]
    [InlineData("2026-11-25", "DateTime", "DateTime x = System.DateTime.Parse(\"2026-11-25\", System.Globalization.CultureInfo.InvariantCulture);")]
    [InlineData("2026-11-25", "DateOnly", "DateOnly x = System.DateOnly.Parse(\"2026-11-25\", System.Globalization.CultureInfo.InvariantCulture);")]
    [InlineData("0:30", "TimeSpan", "TimeSpan x = System.TimeSpan.Parse(\"0:30\", System.Globalization.CultureInfo.InvariantCulture);")]
    [InlineData("[1, 2]", "double[]", "double[] x = [1, 2];")]
    [InlineData("[1, 2]", "List<int>", "List<int> x = [1, 2];")]
    [InlineData("true", "object", "bool x = true;")]
    public void A_value_takes_the_type_that_the_notebook_declares(string text, string declared, string statement) =>
        Assert.Equal(statement, ParameterCode.Statement(new RunParameter("x", text), declared));

    [Theory]
    [InlineData("epochs", "--parameters needs NAME=VALUE; got \"epochs\"")]
    [InlineData("1x=5", "--parameters gives a C# variable its value, and \"1x\" is not a name of one")]
    [InlineData("class=5", "--parameters gives a C# variable its value, and \"class\" is not a name of one")]
    [InlineData("await=5", "--parameters gives a C# variable its value, and \"await\" is not a name of one")]
    [InlineData("=5", "--parameters gives a C# variable its value, and \"\" is not a name of one")]
    [InlineData("x=[1,", "--parameters x: [1, begins like a JSON array and is not one: put it in quotes, as a JSON string, if it is a text")]
    [InlineData("x=[{}]", "--parameters x: a JSON object has no C# literal: give it as a text and read it in the notebook")]
    [InlineData("x=99999999999999999999", "--parameters x: 99999999999999999999 does not fit a long: write it as 99999999999999999999.0 for a double or \"99999999999999999999\" for a text")]
    [InlineData("x=1e999", "--parameters x: 1e999 does not fit a double")]
    public void What_is_not_a_parameter_is_refused(string text, string fault)
    {
        Assert.False(RunParameter.TryParse(text, out _, out var found));
        Assert.Equal(fault, found);
    }

    [Fact]
    public void The_cell_stands_after_the_tagged_one_and_a_second_run_replaces_it()
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
        Assert.Equal("cell 2, tagged parameters, does not declare inner", Assert.Single(unknown));
    }

    [Theory]
    [InlineData("20x6", "int")]
    [InlineData("", "int")]
    [InlineData("0.5", "int")]
    [InlineData("3000000000", "int")]
    [InlineData("-1", "uint")]
    [InlineData("yes", "bool")]
    [InlineData("1", "bool")]
    [InlineData("fast", "double")]
    [InlineData("1e999", "double")]
    [InlineData("1e30", "decimal")]
    [InlineData("ab", "char")]
    [InlineData("tomorrow", "DateTime")]
    [InlineData("null", "int")]
    public void A_value_that_does_not_fit_its_variable_is_refused(string text, string declared) => Assert.Equal(
        $"--parameters x: \"{text}\" is not a value of {declared}, as which the notebook declares it",
        Assert.Throws<FormatException>(() => ParameterCode.Statement(new RunParameter("x", text), declared)).Message);

    [Theory]
    [InlineData("1", "Mode")]
    [InlineData("1", "int[]")]
    public void A_type_that_nothing_converts_to_is_refused(string text, string declared) => Assert.StartsWith(
        $"--parameters x: the notebook declares it as {declared}, and ",
        Assert.Throws<FormatException>(() => ParameterCode.Statement(new RunParameter("x", text), declared)).Message,
        StringComparison.Ordinal);

    /// <summary>As in every .dib file, whose cells have no tags.</summary>
    [Fact]
    public void Without_a_tagged_cell_it_stands_after_the_cell_that_declares_the_variables()
    {
        var (notebook, notices) = ParameterCell.Inject(
            Read(new NotebookBuilder().Code("1").Code("#!time\nint year = 2020;").Code("year")), "a.ipynb", [new("year", "2026")]);
        Assert.Equal("no cell is tagged parameters, so the parameters stand after cell 2, which declares them", Assert.Single(notices));
        Assert.Equal(["1", "#!time\nint year = 2020;", "// Parameters\nint year = 2026;", "year"], notebook.Cells.Select(cell => cell.Source));
    }

    [Theory]
    [InlineData("parameters", "int year = 1;", "int year = 2;", "--parameters year would have no effect: cell 2 declares it anew; declare it once, in the cell tagged parameters")]
    [InlineData("", "int year = 1;", "int year = 2;", "--parameters year would have no effect: cell 2 declares it anew; declare it once, in the cell tagged parameters")]
    [InlineData("parameters", "int other = 1;", "int year = 2;", "--parameters year would have no effect: cell 2 declares it anew; declare it once, in the cell tagged parameters")]
    [InlineData("", "int year = 1;", "string author = null;", "--parameters: the notebook declares year in cell 1 and author in cell 2: declare them in one cell")]
    public void A_value_that_would_have_no_effect_is_refused(string tag, string first, string second, string fault)
    {
        var notebook = Read(new NotebookBuilder().Code(first, tag).Code(second));
        var error = Assert.Throws<BadNotebookException>(() => ParameterCell.Inject(notebook, "a.ipynb", [new("year", "3"), new("author", "Ada")]));
        Assert.Equal($"a.ipynb: {fault}", error.Message);
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
