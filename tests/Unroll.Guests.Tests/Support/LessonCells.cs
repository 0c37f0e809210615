using System.Text.Json.Nodes;

namespace Unroll.Guests.Tests.Support;

/// <summary>The code cells of a notebook as its file has them.</summary>
internal sealed class LessonCells
{
    private readonly List<(string Id, string Code)> _cells;

    public LessonCells(string notebook) => _cells =
    [
        .. JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray()
            .Where(cell => (string?)cell!["cell_type"] == "code")
            .Select(cell => ((string)cell!["id"]!, string.Concat(cell["source"]!.AsArray().Select(line => (string)line!)))),
    ];

    public IEnumerable<string> Codes => _cells.Select(cell => cell.Code);

    /// <summary>
    /// The cells with these ids, and the one that asks for packages: a host says in its own words that it has them.
    /// </summary>
    public IReadOnlyList<int> OwnWords(params ReadOnlySpan<string> ids)
    {
        var numbers = new List<int> { _cells.FindIndex(cell => cell.Code.StartsWith("#r \"nuget:", StringComparison.Ordinal)) };
        foreach (var id in ids)
            numbers.Add(_cells.FindIndex(cell => cell.Id == id));
        Assert.DoesNotContain(-1, numbers);
        return numbers;
    }
}
