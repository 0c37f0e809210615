using System.Collections;
using System.Data;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>Writes a sequence as comma-separated values, all of it: a line an item, a column a member.</summary>
internal static class CsvView
{
    /// <summary>The lines, the names of the columns first.</summary>
    public static string Write(object? value)
    {
        var whole = value is TableView table ? table.Items : value;
        var items = whole switch
        {
            DataTable data => data.Rows.Cast<object?>(),
            IEnumerable sequence and not string => sequence.Cast<object?>(),
            _ => [whole],
        };
        var rows = items.Select(item => RowView.Of(item) ?? [("value", item)]).ToList();
        var columns = rows.SelectMany(row => row).Select(field => field.Name).Distinct(StringComparer.Ordinal).ToList();
        IEnumerable<string> lines =
        [
            string.Join(',', columns.Select(Quote)),
            .. rows.Select(row => string.Join(',', columns.Select(column => Field(row, column)))),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Field(IReadOnlyList<(string Name, object? Value)> row, string column)
    {
        foreach (var (name, value) in row)
        {
            if (name == column)
                return value is null ? "" : Quote(PlainView.Write(ValueView.Of(value)));
        }

        return "";
    }

    private static string Quote(string text) => text.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
