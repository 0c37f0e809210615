using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Tests;

public class CellLanguageTests
{
    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    [Theory]
    [InlineData("{}", "{}", null)]
    [InlineData("""{"polyglot_notebook":{"kernelName":"fsharp"}}""", "{}", "fsharp")]
    [InlineData("""{"dotnet_interactive":{"language":"pwsh"}}""", "{}", "pwsh")]
    [InlineData("""{"vscode":{"languageId":"polyglot-notebook"}}""", """{"kernelspec":{"language":"F#"}}""", "fsharp")]
    [InlineData("""{"vscode":{"languageId":"dotnet-interactive.csharp"}}""", """{"kernelspec":{"language":"python"}}""", "csharp")]
    [InlineData("{}", """{"language_info":{"name":"python"}}""", "python")]
    [InlineData("{}", """{"kernelspec":{"language":"C#"},"language_info":{"name":"python"}}""", "csharp")]
    [InlineData("{}", """{"language_info":{"name":"polyglot-notebook"}}""", null)]
    [InlineData("""{"vscode":{"languageId":"csharp"}}""", """{"kernelspec":{"language":"python"}}""", "csharp")]
    [InlineData(
        """{"polyglot_notebook":{"kernelName":"csharp"},"dotnet_interactive":{"language":"fsharp"}}""", "{}", "csharp")]
    [InlineData("{}", """{"kernelspec":{"language":"C#","name":".net-csharp"}}""", "csharp")]
    [InlineData("{}", """{"kernelspec":{"name":".net-fsharp"}}""", "fsharp")]
    [InlineData("{}", """{"kernelspec":{"language":"julia","name":"julia-1.9"}}""", "julia")]
    [InlineData(
        "{}",
        """{"kernelspec":{"language":"C#"},"polyglot_notebook":{"kernelInfo":{"defaultKernelName":"fsharp"}}}""",
        "fsharp")]
    [InlineData("""{"polyglot_notebook":{"kernelName":7}}""", "{}", null)]
    public void Comes_from_the_cell_then_from_the_notebook(string cell, string notebook, string? language) =>
        Assert.Equal(language, CellLanguage.Named("1", Json(cell), Json(notebook)));

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", "fsharp")]
    [InlineData("\n  #!F# --name x\nlet x = 1", "fsharp")]
    [InlineData("#!csharp\n1", "csharp")]
    [InlineData("#!markdown\n# x", "markdown")]
    [InlineData("#!time\n1", "python")]
    [InlineData("1\n#!fsharp", "python")]
    [InlineData("#!", "python")]
    [InlineData("", "python")]
    public void A_leading_selector_wins_over_metadata(string source, string language) =>
        Assert.Equal(language, CellLanguage.Named(source, Json("""{"dotnet_interactive":{"language":"python"}}"""), []));
}
