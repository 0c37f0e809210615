namespace Unroll.Notebooks.Documents;

/// <summary>The lines of a cell that are for the host and are not C#: <c>#!name arguments</c>, and <c>#i</c>.</summary>
internal static class HostLines
{
    /// <summary>What a selector of a language and a command begin with.</summary>
    public const string Prefix = "#!";

    /// <summary>The name and the arguments of a line that begins with the prefix.</summary>
    public static (string Name, string Arguments) Read(string line)
    {
        var text = line[Prefix.Length..].Trim();
        var name = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
        return (name, text[name.Length..].Trim());
    }

    /// <summary>The code with those lines blank, so that the others keep their places: to a parser they are bad directives.</summary>
    public static string Blank(string code) =>
        string.Join('\n', code.Split('\n').Select(line => IsForHost(line.AsSpan().TrimStart()) ? new string(' ', line.Length) : line));

    /// <summary>
    /// The languages of a cell that begins in <paramref name="language"/>, as far as they have any text. Nothing is parsed,
    /// so that no cell can harm whoever asks: a line of a C# string that looks like a selector counts as one.
    /// </summary>
    public static IReadOnlyList<string> Languages(string text, string language)
    {
        var languages = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            // A value may come from the options of its line, with no text of its own.
            var hasText = !string.IsNullOrWhiteSpace(line);
            if (line.StartsWith(Prefix, StringComparison.Ordinal) && CellLanguage.Selected(Read(line).Name) is { } selected)
            {
                language = selected;
                hasText = selected == CellLanguage.Value && Read(line).Arguments.Length > 0;
            }

            if (hasText && !languages.Contains(language, StringComparer.Ordinal))
                languages.Add(language);
        }

        return languages;
    }

    private static bool IsForHost(ReadOnlySpan<char> line) =>
        line.StartsWith(Prefix, StringComparison.Ordinal) || line.StartsWith("#i ", StringComparison.Ordinal);
}
