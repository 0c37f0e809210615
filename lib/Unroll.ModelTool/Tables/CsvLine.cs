using Unroll.ModelTool.Files;

namespace Unroll.ModelTool.Tables;

/// <summary>A line of a CSV file: fields between commas, each of them in quotes or not.</summary>
/// <param name="File">The file, for errors.</param>
/// <param name="Number">The line in the file, from 1.</param>
/// <param name="Fields">The fields, without their quotes and without blanks around them.</param>
internal sealed record CsvLine(string File, int Number, IReadOnlyList<string> Fields)
{
    private const char Quote = '"';

    /// <summary>Whether these are names: no number is among them.</summary>
    public bool IsHeader => Fields.Any(word => word.Length > 0) && Fields.All(word => !CsvNumber.TryParse(word, out _));

    public static CsvLine Parse(string file, int number, string text)
    {
        var fields = new List<string>();
        var start = 0;
        while (true)
        {
            while (start < text.Length && text[start] == ' ')
                start++;
            var isQuoted = start < text.Length && text[start] == Quote;
            var end = isQuoted ? AfterQuotes(text, start) : start;
            if (end < 0)
                throw Fault(file, number, fields.Count, "the quote is not closed on this line. Close it.");
            var comma = text.IndexOf(',', end) is var found and >= 0 ? found : text.Length;
            if (isQuoted && text.AsSpan(end, comma - end).Trim() is { Length: > 0 } rest)
                throw Fault(file, number, fields.Count, $"\"{rest}\" follows the closing quote. Put a comma between, or double the quote.");
            fields.Add(isQuoted ? text[(start + 1)..(end - 1)].Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : text[start..comma].Trim());
            if (comma == text.Length)
                return new CsvLine(file, number, fields);
            start = comma + 1;
        }
    }

    /// <summary>An error at a field, counted from 0.</summary>
    public ToolException Fault(int column, string what) => Fault(File, Number, column, what);

    private static ToolException Fault(string file, int line, int column, string what) => new($"{file}, line {line}, column {column + 1}: {what}");

    /// <summary>The place after the quote that closes; -1 where none does.</summary>
    private static int AfterQuotes(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] != Quote)
                continue;
            if (i + 1 == text.Length || text[i + 1] != Quote)
                return i + 1;
            i++;
        }

        return -1;
    }
}
