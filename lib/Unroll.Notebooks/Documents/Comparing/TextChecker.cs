namespace Unroll.Notebooks.Documents.Comparing;

/// <summary>Compares two texts line by line and shows where they part.</summary>
internal static class TextChecker
{
    private const int MaxShown = 3;
    private const int MaxLength = 160;

    /// <summary>The differences, each with the line expected and the line that came.</summary>
    public static IEnumerable<string> Compare(string place, string expected, string actual, bool tolerant, double? tolerance = null)
    {
        var before = Lines(expected);
        var now = Lines(actual);
        var different = Enumerable.Range(0, Math.Max(before.Length, now.Length))
            .Where(i => i >= before.Length || i >= now.Length || !(tolerant ? NumericText.Same(before[i], now[i], tolerance) : before[i] == now[i]))
            .ToList();
        foreach (var i in different.Take(MaxShown))
        {
            yield return $"{place}, line {i + 1}:";
            var from = FirstDifference(before, now, i);
            yield return $"  expected: {Shown(before, i, from)}";
            yield return $"  got:      {Shown(now, i, from)}";
        }

        if (different.Count > MaxShown)
            yield return $"  and {different.Count - MaxShown} more lines differ";
    }

    /// <summary>Without their ends: a notebook that was executed on Windows has others.</summary>
    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');

    private static int FirstDifference(string[] expected, string[] actual, int line) =>
        line < expected.Length && line < actual.Length ? expected[line].AsSpan().CommonPrefixLength(actual[line]) : 0;

    /// <summary>A long line is shown around the place where the two part.</summary>
    private static string Shown(string[] lines, int i, int from)
    {
        if (i >= lines.Length)
            return "(no such line)";
        var line = lines[i];
        if (line.Length == 0)
            return "(empty line)";
        if (line.Length <= MaxLength)
            return line.Replace("\r", "\\r", StringComparison.Ordinal);
        var start = Math.Clamp(from - (MaxLength / 2), 0, line.Length - 1);
        var end = Math.Min(start + MaxLength, line.Length);
        return $"{(start > 0 ? "…" : "")}{line[start..end]}{(end < line.Length ? "…" : "")}";
    }
}
