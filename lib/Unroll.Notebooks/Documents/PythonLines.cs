namespace Unroll.Notebooks.Documents;

/// <summary>
/// Text as a list of lines, cut where Python's <c>str.splitlines(True)</c> cuts: that is how Jupyter stores sources
/// and outputs, and the same cuts keep a rewritten file equal to the byte.
/// </summary>
internal static class PythonLines
{
    private const string Breaks = "\n\r\u000b\u000c\u001c\u001d\u001e\u0085\u2028\u2029";

    /// <summary>Whether <paramref name="character"/> ends a line in Python's eyes.</summary>
    public static bool IsBreak(char character) => Breaks.Contains(character, StringComparison.Ordinal);

    /// <summary>Cuts <paramref name="text"/> after each line break; the breaks stay.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsBreak(text[i]))
                continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                i++;
            yield return text[start..(i + 1)];
            start = i + 1;
        }

        if (start < text.Length)
            yield return text[start..];
    }
}
