namespace Unroll.Notebooks.Documents;

/// <summary>Text inside HTML.</summary>
internal static class HtmlText
{
    /// <summary>Only what HTML needs; accents and emoji stay readable in the file. Attributes are quoted with <c>"</c>.</summary>
    public static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
