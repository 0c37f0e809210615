using System.Text;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Views;

/// <summary>A table of texts: as HTML, and as aligned columns.</summary>
internal static class TextTable
{
    /// <summary>Both views of the table; heads that are empty are left out.</summary>
    public static MimeBundle Write(IReadOnlyList<string> heads, IReadOnlyList<string[]> rows) => new()
    {
        [MimeBundle.Html] = Html(heads, rows),
        [MimeBundle.Plain] = Plain(heads, rows),
    };

    private static string Html(IReadOnlyList<string> heads, IReadOnlyList<string[]> rows)
    {
        var html = new StringBuilder("<table>");
        if (HasHeads(heads))
            html.Append("<thead><tr>").AppendJoin("", heads.Select(head => $"<th>{HtmlText.Encode(head)}</th>")).Append("</tr></thead>");
        html.Append("<tbody>");
        foreach (var row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{HtmlText.Encode(cell)}</td>")).Append("</tr>");
        return html.Append("</tbody></table>").ToString();
    }

    private static string Plain(IReadOnlyList<string> heads, IReadOnlyList<string[]> rows)
    {
        IEnumerable<IReadOnlyList<string>> lines = HasHeads(heads) ? [heads, .. rows] : rows;
        var widths = Enumerable.Range(0, heads.Count).Select(i => lines.Max(line => line[i].Length)).ToList();
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()));
    }

    private static bool HasHeads(IReadOnlyList<string> heads) => heads.Any(head => head.Length > 0);
}
