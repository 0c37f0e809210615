namespace Unroll.Notebooks.Tests;

/// <summary>What <c>#!value</c>, <c>#!share</c> and <c>#!set</c> do, as .NET Interactive documented them, and diagrams.</summary>
public sealed class ValueTests(ValueScenario scenario) : IClassFixture<ValueScenario>
{
    private const string Result = "execute_result text/plain: ";

    [Theory]
    [InlineData("shared text", Result + "2")]
    [InlineData("kind", "display_data application/json: {\"a\":[1,2]}")]
    [InlineData("shared kind", Result + "2")]
    [InlineData("copies", Result + "8 two words")]
    [InlineData("shared from the cell", Result + "<1>")]
    [InlineData("by reference", Result + "True")]
    [InlineData("shared", Result + "3")]
    [InlineData("as text", Result + "[1, 2, 3]")]
    [InlineData("null", Result + "True")]
    [InlineData("taken", Result + "7")]
    [InlineData("keyword", Result + "ok")]
    [InlineData("named elsewhere", Result + "after")]
    [InlineData("by prompt", Result + "Bern")]
    [InlineData("by variable", Result + "http://x")]
    [InlineData("secret", Result + "************ 4")]
    [InlineData("from code", Result + "Ada")]
    public void Shows(string cell, string output) => Assert.Equal([output], scenario[cell].Shown);

    [Theory]
    [InlineData("copied", "(\"Double\", \"JsonDocument\")")]
    [InlineData("texts", "(\"one two\", 8)")]
    public void Values_are_copied_as_JSON_and_texts_are_taken_as_they_stand(string cell, string value) =>
        Assert.Equal(Result + value, scenario[cell].Shown[^1]);

    [Theory]
    [InlineData("text")]
    [InlineData("file")]
    [InlineData("value cell")]
    public void What_is_kept_without_a_kind_shows_nothing(string cell) => Assert.Empty(scenario[cell].Shown);

    [Fact]
    public void A_script_of_the_page_gets_a_value_as_a_global() => Assert.Equal(
        [
            "display_data text/html: <script type=\"text/javascript\">window[\"number\"] = 42;</script>",
            "display_data text/html: <script type=\"text/javascript\">console.log(number);</script>",
        ],
        scenario["page"].Shown);

    [Theory]
    [InlineData("not given", "\"Your age? [number]\" is asked for, and the notebook runs without a person: give the answer with run --input x=VALUE, put the value into the cell, or tag the cell skip-execution.")]
    [InlineData("bad question", "@input:{\"prompt\": } is not understood as JSON: '}' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 11. Expected {\"prompt\": \"…\", \"type\": \"text\"}.")]
    [InlineData("names no source", "#i \"[1, 2, 3]\" is not understood. Expected #i \"nuget: SOURCE\", where SOURCE is a folder or an address.")]
    [InlineData("no name", "#!set needs --name: write #!set --name … --value … [--byref] [--mime-type …].")]
    [InlineData("both", "#!set takes --byref or --mime-type and not both: the one shares an object, the other copies its text.")]
    [InlineData("no such value", "value has no value called nowhere; it has lines, json, csv, word, v.")]
    [InlineData("no such language", "This host has no values of pwsh: it has those of csharp and fsharp, and what #!value keeps (value).")]
    [InlineData("not a name", "1x cannot be set in csharp: \"1x\" is not a name of a C# variable.")]
    [InlineData("no text", "#!value has nothing to keep: write the text below it, or write #!value --name … [--from-file …] [--from-url …] [--from-value …] [--mime-type …].")]
    [InlineData("text twice", "#!value has --from-value and text in the cell too: keep one of them.")]
    [InlineData("two sources", "#!value takes --from-file or --from-value and not both.")]
    [InlineData("no file", "The file none.csv cannot be read: Could not find file 'none.csv'.")]
    [InlineData("options of a language", "#!csharp takes no options, but has \"--name x\".")]
    [InlineData("into HTML", "number cannot be set in html: html has no variables here.")]
    public void What_cannot_be_done_is_said_with_the_fix(string cell, string message) =>
        Assert.Equal(("DirectiveError", message), scenario[cell].Error);

    [Fact]
    public void An_address_that_is_none_is_named() =>
        Assert.StartsWith("nowhere cannot be fetched: ", scenario["no address"].Error.Value, StringComparison.Ordinal);

    [Fact]
    public void Code_that_asks_without_a_person_says_how_to_answer_it() => Assert.Equal(
        ("NotSupportedException", "\"Age\" is asked for, and the notebook runs without a person: give the answer with run --input Age=VALUE, "
            + "put the value into the cell, or tag the cell skip-execution."),
        scenario["not given to code"].Error);

    [Fact]
    public void An_answer_that_nothing_asked_for_is_said() =>
        Assert.Contains("notebooks/values.ipynb: no cell asked for --input nobody", scenario.Result.Lines);

    [Fact]
    public void Help_names_the_options() => Assert.All(
        ["#!set", "--name", "--value", "--byref", "--mime-type"], word => Assert.Contains(word, scenario["help"].Shown[^1], StringComparison.Ordinal));

    [Fact]
    public void A_diagram_is_its_text_and_a_drawing_where_a_page_makes_one()
    {
        var shown = scenario["diagram"].Shown;
        Assert.Equal(["display_data text/plain: graph TD\n  A-->B", "display_data text/vnd.mermaid: graph TD\n  A-->B"], shown.Skip(1));
        Assert.StartsWith(
            "display_data text/html: <div style=\"background-color:white;width:300px;\"><pre class=\"mermaid\">graph TD\n  A--&gt;B</pre><script>",
            shown[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagram_that_code_makes_is_shown_alike() =>
        Assert.Equal("execute_result text/vnd.mermaid: graph LR; A-->B;", scenario["diagram of a cell"].Shown[^1]);

    [Fact]
    public void What_is_no_length_gets_into_no_style() =>
        Assert.Equal("\"1;position:fixed\" is not a width of a diagram: write a CSS length or colour, such as 400px or white.", scenario["diagram of odd width"].Error.Value);

    [Fact]
    public void The_notebook_runs_to_its_end() =>
        Assert.True(scenario.Result.ExitCode == 0, scenario.Result.Output + scenario.Result.Error);
}
