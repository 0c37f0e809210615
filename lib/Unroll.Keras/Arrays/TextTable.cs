namespace Unroll.Keras.Arrays;

/// <summary>Rows of words in columns, for errors and reports.</summary>
internal static class TextTable
{
    public static string Of(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [head, .. rows];
        int[] widths = [.. head.Select((_, column) => all.Max(row => row[column].Length))];
        return string.Join('\n', all.Select(row => $"  {string.Join("  ", row.Select((word, column) => word.PadRight(widths[column])))}".TrimEnd()));
    }
}
