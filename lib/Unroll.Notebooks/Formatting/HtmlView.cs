using System.Text;

namespace Unroll.Notebooks.Formatting;

/// <summary>Writes a value as compact HTML: tables where there are rows, the plain text where a line does.</summary>
internal static class HtmlView
{
    /// <summary>The whole value.</summary>
    public static string Write(ValueView view) => Write(view, depth: 0);

    private static string Write(ValueView view, int depth) => view switch
    {
        ScalarView scalar => depth == 0 ? Preformatted(scalar.Text) : Encode(scalar.Text),
        MapView { Entries.Count: > 0 } map => Table(
            ["key", "value"], map.Entries.Select(entry => new[] { Cell(entry.Key, depth), Cell(entry.Value, depth) }), map.More),
        MemberView item => Members(item, depth),
        SequenceView sequence when Columns(sequence) is { } columns => Rows(sequence, columns, depth),
        SequenceView { AsTable: true } sequence => Table(
            ["value"], sequence.Items.Select(item => new[] { Cell(item, depth) }), sequence.More),
        SequenceView sequence when sequence.Items.Any(HasOwnHtml) => Table(
            ["index", "value"],
            sequence.Items.Select((item, index) => new[] { PlainView.Nested(index, 0), Cell(item, depth) }),
            sequence.More),
        _ => Preformatted(PlainView.Write(view)),
    };

    /// <summary>Only what HTML needs; accents and emoji stay readable in the file.</summary>
    private static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Preformatted(string text) => $"<pre>{Encode(text)}</pre>";

    /// <summary>A nested value: its type's own HTML, a table down to the depth limit, then text.</summary>
    private static string Cell(object? value, int depth)
    {
        if (value is not null && ConventionFormatter.Of(value.GetType())?.Format(value, MimeBundle.Html) is { } own)
            return own;
        var view = ValueView.Of(value);
        if (view is ScalarView || depth + 1 >= ValueView.MaxDepth)
            return Encode(view is ScalarView scalar ? scalar.Text : PlainView.Nested(value, depth + 1));
        return Write(view, depth + 1);
    }

    private static bool HasOwnHtml(object? value) => value is not null && ConventionFormatter.Of(value.GetType()) is not null;

    private static string Members(MemberView item, int depth)
    {
        var html = new StringBuilder("<table>");
        if (item.TypeName.Length > 0)
            html.Append("<thead><tr><th colspan=\"2\">").Append(Encode(item.TypeName)).Append("</th></tr></thead>");
        html.Append("<tbody>");
        foreach (var (name, value) in item.Members)
        {
            html.Append("<tr><th>").Append(Encode(name)).Append("</th><td>").Append(Cell(value, depth))
                .Append("</td></tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>The columns of a sequence whose items are all objects with members, else null.</summary>
    private static List<string>? Columns(SequenceView sequence)
    {
        var rows = sequence.Items.Where(item => item is not null).Select(ValueView.Of).ToList();
        return rows.Count > 0 && rows.TrueForAll(row => row is MemberView) && !sequence.Items.Any(HasOwnHtml)
            ? [.. rows.Cast<MemberView>().SelectMany(row => row.Members).Select(member => member.Name).Distinct(StringComparer.Ordinal)]
            : null;
    }

    private static string Rows(SequenceView sequence, List<string> columns, int depth) => Table(
        ["index", .. columns],
        sequence.Items.Select((item, index) =>
        {
            var members = (ValueView.Of(item) as MemberView)?.Members ?? [];
            return (string[])[PlainView.Nested(index, 0), .. columns.Select(column => Field(members, column, depth))];
        }),
        sequence.More);

    private static string Field(IReadOnlyList<(string Name, object? Value)> members, string column, int depth)
    {
        foreach (var (name, value) in members)
        {
            if (string.Equals(name, column, StringComparison.Ordinal))
                return Cell(value, depth);
        }

        return "";
    }

    private static string Table(IReadOnlyList<string> heads, IEnumerable<string[]> rows, string? more)
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var head in heads)
            html.Append("<th>").Append(Encode(head)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        html.Append("</tbody></table>");
        return more is null ? html.ToString() : html.Append("<p>").Append(Encode(more)).Append("</p>").ToString();
    }
}
