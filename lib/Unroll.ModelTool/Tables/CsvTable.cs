using System.Runtime.InteropServices;
using System.Text;
using Unroll.ModelTool.Files;

namespace Unroll.ModelTool.Tables;

/// <summary>
/// The numbers of a CSV file: commas between them, points in them, as many on each line. The first line may hold names, and
/// does where none of its fields is a number. Blank lines count for nothing.
/// </summary>
internal sealed class CsvTable
{
    private readonly List<float> _numbers = [];

    private CsvTable(string file) => File = file;

    public string File { get; }

    public IReadOnlyList<string>? Header { get; private set; }

    public int Rows { get; private set; }

    public int Columns { get; private set; }

    /// <summary>The numbers, row after row.</summary>
    public ReadOnlySpan<float> Numbers => CollectionsMarshal.AsSpan(_numbers);

    /// <summary>Reads a file in UTF-8, or in what its byte order mark says.</summary>
    /// <exception cref="ToolException">It is not such a table; line and column are named.</exception>
    public static CsvTable Read(string path)
    {
        var table = new CsvTable(Path.GetFileName(path));
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        for (var number = 1; reader.ReadLine() is { } text; number++)
        {
            if (!string.IsNullOrWhiteSpace(text))
                table.Add(text, number);
        }

        var found = table.Header is null ? "no lines" : "a header and no numbers after it";
        return table.Rows > 0 ? table : throw new ToolException($"{table.File} has {found}: write a row of numbers for each sample or time step.");
    }

    private void Add(string text, int number)
    {
        if (Columns == 0 && !text.Contains(',', StringComparison.Ordinal) && text.IndexOfAny([';', '\t']) is var other and >= 0)
            throw Separated(number, text[other]);
        var line = CsvLine.Parse(File, number, text);
        if (Columns == 0)
        {
            Columns = line.Fields.Count;
            if (line.IsHeader)
            {
                Header = line.Fields;
                return;
            }
        }

        if (line.Fields.Count != Columns)
        {
            throw new ToolException(
                $"{File}, line {number} has {line.Fields.Count} columns, and those before it have {Columns}. "
                + "Give each line as many (NaN where a number is missing).");
        }

        for (var i = 0; i < Columns; i++)
            _numbers.Add(Number(line, i));
        Rows++;
    }

    private float Number(CsvLine line, int column)
    {
        var text = line.Fields[column];
        if (CsvNumber.TryParse(text, out var number))
        {
            return CsvNumber.IsTooLarge(text, number)
                ? throw line.Fault(column, $"{text} is beyond what float32 holds, 3.4e38.")
                : number;
        }

        if (text.IndexOfAny([';', '\t']) is var other and >= 0)
            throw Separated(line.Number, text[other]);
        var name = Header is null || Header[column].Length == 0 ? "" : $" of {Header[column]}";
        throw line.Fault(column, text.Length == 0
            ? $"the number{name} is missing. Write it, or NaN."
            : $"\"{text}\"{name} is not a number. Numbers have a point, as in 0.5 or 1e-3; only the first line may hold names, and then in each column.");
    }

    private ToolException Separated(int line, char other) => new(
        $"{File}, line {line}: the fields are separated by {(other == ';' ? "semicolons" : "tabs")}, and commas are read here. "
        + "Save it with commas between the fields and points in the numbers.");
}
