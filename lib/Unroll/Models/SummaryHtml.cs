using System.Text;

namespace Unroll.Models;

/// <summary>A model's summary as an HTML table.</summary>
internal static class SummaryHtml
{
    private const string Style =
        "<style>.unroll-summary table{border-collapse:collapse}.unroll-summary caption{text-align:left;font-weight:600;padding:2px 0}" +
        ".unroll-summary th,.unroll-summary td{text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid rgba(128,128,128,.3)}" +
        ".unroll-summary .r{text-align:right}.unroll-summary tfoot td{border:0}</style>";

    public static string Write(Model model)
    {
        var table = new SummaryTable(model, lineLength: null, positions: null, SummaryFormat.Keras27, expandNested: false);
        var html = new StringBuilder("<div class=\"unroll-summary\">").Append(Style)
            .Append("<table><caption>Model: ").Append(Encode(model.Name)).Append("</caption><thead>");
        WriteRow(html, table.Header, "th");
        html.Append("</thead><tbody>");
        foreach (var layer in model.Layers)
            WriteRow(html, table.Fields(model, layer), "td");
        html.Append("</tbody><tfoot>");
        foreach (var total in table.Totals)
            html.Append("<tr><td colspan=\"").Append(table.Header.Length).Append("\">").Append(total).Append("</td></tr>");
        return html.Append("</tfoot></table></div>").ToString();
    }

    private static void WriteRow(StringBuilder html, string[] fields, string cell)
    {
        html.Append("<tr>");
        for (var i = 0; i < fields.Length; i++)
            html.Append('<').Append(cell).Append(i == 2 ? " class=\"r\">" : ">").Append(Encode(fields[i])).Append("</").Append(cell).Append('>');
        html.Append("</tr>");
    }

    private static string Encode(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
