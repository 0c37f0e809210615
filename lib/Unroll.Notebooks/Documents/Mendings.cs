namespace Unroll.Notebooks.Documents;

/// <summary>What a reader mended, gathered so that a hundred cells with one fault are one line.</summary>
internal sealed class Mendings
{
    private const int MostNamed = 5;

    private readonly Dictionary<string, List<int>> _cells = new(StringComparer.Ordinal);

    /// <summary>A line for each kind of fault: <c>cells 1, 2 and 3 have no "id"…</c>.</summary>
    public IReadOnlyList<string> Lines => [.. _cells.Select(each => $"{Cells(each.Value)} {each.Key}")];

    /// <summary>The cell <paramref name="number"/> has a fault, and this was done about it.</summary>
    public void Add(int number, string what)
    {
        if (!_cells.TryGetValue(what, out var numbers))
            _cells.Add(what, numbers = []);
        numbers.Add(number);
    }

    private static string Cells(List<int> numbers)
    {
        if (numbers.Count == 1)
            return $"cell {numbers[0]} has";
        var named = numbers.Count <= MostNamed ? numbers : numbers[..(MostNamed - 1)];
        var rest = numbers.Count - named.Count;
        return rest == 0
            ? $"cells {string.Join(", ", named[..^1])} and {named[^1]} have"
            : $"cells {string.Join(", ", named)} and {rest} more have";
    }
}
