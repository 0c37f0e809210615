using System.Globalization;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>Data frames of Microsoft.Data.Analysis, as the tables that they are.</summary>
internal sealed class DataFrameTable() : Guest("Microsoft.Data.Analysis.DataFrame", MimeBundle.Html, MimeBundle.Plain)
{
    private const string ColumnType = "Microsoft.Data.Analysis.DataFrameColumn";

    /// <summary>How many columns are shown: a page is not wider.</summary>
    private const int MostColumns = 20;

    private const int LongestCell = 60;

    /// <inheritdoc/>
    public override Func<string, string?>? Look(object value)
    {
        if (value.GetType().GetProperty("Columns")?.GetValue(value) is not System.Collections.IEnumerable list)
            return null;
        var columns = list.Cast<object>().Select(Column.Of).ToList();
        if (columns.Contains(null))
            return null;
        return mimeType => mimeType switch
        {
            MimeBundle.Html or MimeBundle.Plain => Write(columns!, mimeType),
            MimeBundle.Csv => CsvView.Write(Rows(columns!, columns.Max(column => column!.Length)).Select(row =>
                row.Select((cell, i) => KeyValuePair.Create(columns[i]!.Name, cell)).ToList())),
            _ => null,
        };
    }

    private static string Write(IReadOnlyList<Column> columns, string mimeType)
    {
        if (columns.Count == 0)
            return mimeType == MimeBundle.Html ? "<p>DataFrame without columns</p>" : "DataFrame without columns";
        var length = columns.Max(column => column.Length);
        var shown = columns.Take(MostColumns).ToList();
        var rows = Rows(shown, Math.Min(length, ValueView.MaxItems))
            .Select((row, i) => (string[])[Number(i), .. row.Select(Text)]).ToList();
        var table = TextTable.Write(["index", .. shown.Select(column => Cut(column.Name))], rows)[mimeType];
        if (rows.Count == length && shown.Count == columns.Count)
            return table;
        var note = $"{Part(rows.Count, length, "rows")}, {Part(shown.Count, columns.Count, "columns")}";
        return mimeType == MimeBundle.Html ? $"{table}<p>{HtmlText.Encode(note)}</p>" : $"{table}\n{note}";
    }

    private static IEnumerable<object?[]> Rows(IReadOnlyList<Column?> columns, long count)
    {
        for (var i = 0L; i < count; i++)
            yield return [.. columns.Select(column => column![i])];
    }

    private static string Text(object? value) => Cut(PlainView.Write(ValueView.Of(value)).ReplaceLineEndings(" "));

    private static string Cut(string text) => text.Length <= LongestCell ? text : $"{text[..LongestCell]}…";

    private static string Part(long shown, long all, string what) =>
        shown == all ? $"all {Number(all)} {what}" : $"the first {Number(shown)} of {all.ToString("N0", CultureInfo.InvariantCulture)} {what}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A column: its name, its length, and its values by their rows.</summary>
    private sealed record Column(string Name, long Length, Func<long, object?> Value)
    {
        /// <summary>The value in a row; a column that is shorter than others has none at its end.</summary>
        public object? this[long row] => row < Length ? Value(row) : null;

        public static Column? Of(object column)
        {
            var type = column.GetType();
            while (type is not null && type.FullName != ColumnType)
                type = type.BaseType;
            var item = type?.GetProperty("Item", typeof(object), [typeof(long)]);
            return type?.GetProperty("Name")?.GetValue(column) is string name && type.GetProperty("Length")?.GetValue(column) is long length
                && item?.GetMethod is { } get
                ? new Column(name, length, row => get.Invoke(column, [row]))
                : null;
        }
    }
}
