namespace Unroll.Notebooks.Documents;

/// <summary>The cells of a .dib file: text, where a line <c>#!language</c> begins a cell.</summary>
internal static class DibCells
{
    private const string Prefix = "#!";

    /// <summary>Holds settings of an editor, no code.</summary>
    private const string Meta = "meta";

    /// <summary>Every cell that is not empty, with its language in one spelling.</summary>
    public static IEnumerable<(string Language, string Text)> Read(string text)
    {
        var language = CellLanguage.CSharp;
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Begun(line) is { } next)
            {
                if (Text(lines) is { Length: > 0 } whole && language != Meta)
                    yield return (language, whole);
                language = next;
                lines.Clear();
            }
            else
            {
                lines.Add(line);
            }
        }

        if (Text(lines) is { Length: > 0 } last && language != Meta)
            yield return (language, last);
    }

    /// <summary>The language of the cell that <paramref name="line"/> begins, or null.</summary>
    private static string? Begun(string line)
    {
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var name = line[Prefix.Length..].Trim();
        return name == Meta ? Meta : CellLanguage.Selected(name);
    }

    private static string Text(List<string> lines) => string.Join('\n', lines).Trim('\n');
}
