using System.Xml.Linq;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Exercises and solutions run when they are named, and a teacher grades a folder of them with one command.</summary>
public sealed class RunByNameTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_path_exercises_and_solutions_are_left_out()
    {
        foreach (var part in (string[])["", "part", "exercises", "solutions", "part/exercises"])
            new NotebookBuilder().Code("1 + 1").Save(_folder["notebooks", part], "a.ipynb");
        var all = await Cli.RunAsync(_folder.Path);
        Assert.Equal(0, all.ExitCode);
        Assert.Equal(
            ["notebooks/a.ipynb", "notebooks/part/a.ipynb", "notebooks/part/exercises/a.ipynb"],
            all.Lines[..^1].Select(line => line.Split(':')[0]),
            StringComparer.Ordinal);

        var named = await Cli.RunAsync(_folder.Path, "notebooks/exercises");
        Assert.StartsWith("notebooks/exercises/a.ipynb: 1 passed in ", named.Lines[0], StringComparison.Ordinal);
        var folder = await Cli.RunAsync(_folder.Path, "notebooks");
        Assert.StartsWith("5 notebooks, 5 cells: all passed in ", folder.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_is_graded_with_one_command_whatever_it_hands_in()
    {
        const string Check = "if (answer != 42)\n    throw new InvalidOperationException($\"answer is {answer}, but 42 was expected.\");";
        foreach (var (name, gap) in ((string, string)[])
        [
            ("ada", "int answer = 42;"),
            ("ben", "int answer = 41;"),
            ("cem", "while (true)\n    System.Threading.Thread.Sleep(1);\nint answer = 42;"),
            ("dora", "int answer = Deep(1);\nint Deep(int n) => Deep(n + 1) + n;"),
            ("eva", "int answer = ;"),
        ])
        {
            new NotebookBuilder().Code(gap).Code(Check).Save(_folder["class"], $"{name}.ipynb");
        }

        var graded = await Cli.RunAsync(_folder.Path, "class", "--junit", "grades.xml", "--timeout", "10");
        Assert.Equal(1, graded.ExitCode);
        var suites = XDocument.Load(_folder["grades.xml"]).Descendants("testsuite")
            .ToDictionary(suite => Path.GetFileNameWithoutExtension((string)suite.Attribute("name")!), StringComparer.Ordinal);
        Assert.Equal(["ada", "ben", "cem", "dora", "eva"], suites.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(Wrong("ada"));
        Assert.Contains("answer is 41, but 42 was expected.", Assert.Single(Wrong("ben")), StringComparison.Ordinal);
        Assert.Contains("10 s", Assert.Single(Wrong("cem")), StringComparison.Ordinal);
        Assert.Single(Wrong("dora"));
        Assert.Contains("CS1525", Assert.Single(Wrong("eva")), StringComparison.Ordinal);

        IEnumerable<string> Wrong(string name) =>
            suites[name].Descendants().Where(one => one.Name.LocalName is "failure" or "error").Select(one => $"{(string?)one.Attribute("message")}\n{one.Value}");
    }
}
