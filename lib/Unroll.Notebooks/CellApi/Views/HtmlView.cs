using System.Globalization;
using System.Text;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>Writes a value as compact HTML: tables where there are rows, the plain text where a line does.</summary>
internal sealed class HtmlView
{
    private readonly ViewBudget _budget = new();

    /// <summary>The whole value.</summary>
    public static string Write(ValueView view)
    {
        var writer = new HtmlView();
        var html = writer.Block(view, depth: 0);
        return writer._budget.Cut is { } cut ? $"{html}<p>{HtmlText.Encode(cut)}</p>" : html;
    }

    /// <summary>A value inside HTML that somebody else writes.</summary>
    public static string Fragment(object? value)
    {
        if (OwnFormat.Of(value, MimeBundle.Html) is { } own)
            return own;
        var view = ValueView.Of(value);
        return view is ScalarView scalar ? HtmlText.Encode(scalar.Text) : Write(view);
    }

    private string Block(ValueView view, int depth) => view switch
    {
        MapView { Entries.Count: > 0 } map => Table(
            ["key", "value"],
            map.Entries.Select(entry => new[] { Cell(entry.Key, depth), Cell(entry.Value, depth) }),
            map.More),
        MemberView item => Members(item, depth),
        SequenceView sequence when Columns(sequence) is { } columns => Rows(sequence, columns, depth),
        SequenceView { AsTable: true } sequence => Table(
            ["value"], sequence.Items.Select(item => new[] { Cell(item, depth) }), sequence.More),
        SequenceView sequence when sequence.Items.Any(OwnFormat.HasHtml) => Table(
            ["index", "value"],
            sequence.Items.Select((item, index) => new[] { Number(index), Cell(item, depth) }),
            sequence.More),
        _ => $"<pre>{HtmlText.Encode(PlainView.Write(view))}</pre>",
    };

    /// <summary>A nested value: its type's own HTML, a table down to the depth limit, then text.</summary>
    private string Cell(object? value, int depth)
    {
        if (!_budget.TrySpend())
            return "…";
        if (OwnFormat.Of(value, MimeBundle.Html) is { } own)
            return own;
        var view = ValueView.Of(value);
        if (view is ScalarView scalar)
            return HtmlText.Encode(scalar.Text);
        return depth + 1 < ValueView.MaxDepth ? Block(view, depth + 1) : HtmlText.Encode(PlainView.WriteBrief(view));
    }

    private string Members(MemberView item, int depth)
    {
        var html = new StringBuilder("<table>");
        if (item.TypeName.Length > 0)
            html.Append("<thead><tr><th colspan=\"2\">").Append(HtmlText.Encode(item.TypeName)).Append("</th></tr></thead>");
        html.Append("<tbody>");
        foreach (var (name, value) in item.Members)
            html.Append($"<tr><th>{HtmlText.Encode(name)}</th><td>{Cell(value, depth)}</td></tr>");
        return Close(html, item.More);
    }

    /// <summary>The columns of a sequence whose items are all rows, else null.</summary>
    private static List<string>? Columns(SequenceView sequence)
    {
        if (sequence.Items.All(item => item is null) || sequence.Items.Any(OwnFormat.HasHtml))
            return null;
        var rows = sequence.Items.Select(RowView.Of).ToList();
        return rows.Exists(row => row is null)
            ? null
            : [.. rows.SelectMany(row => row!).Select(field => field.Name).Distinct(StringComparer.Ordinal)];
    }

    private string Rows(SequenceView sequence, List<string> columns, int depth) => Table(
        ["index", .. columns],
        sequence.Items.Select((item, index) =>
        {
            var fields = RowView.Of(item)!;
            return (string[])[Number(index), .. columns.Select(column => Field(fields, column, depth))];
        }),
        sequence.More);

    private string Field(IReadOnlyList<(string Name, object? Value)> members, string column, int depth)
    {
        foreach (var (name, value) in members)
        {
            if (name == column)
                return Cell(value, depth);
        }

        return "";
    }

    private static string Table(IReadOnlyList<string> heads, IEnumerable<string[]> rows, string? more)
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var head in heads)
            html.Append("<th>").Append(HtmlText.Encode(head)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        return Close(html, more);
    }

    private static string Close(StringBuilder html, string? more)
    {
        html.Append("</tbody></table>");
        return more is null ? html.ToString() : html.Append("<p>").Append(HtmlText.Encode(more)).Append("</p>").ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
