namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// What stays of a <c>style</c> attribute that nobody vouches for: how text and tables look, and nothing that loads or is
/// moved over other parts of the page. Written by hand, because a parser of CSS takes stack for each bracket.
/// </summary>
internal static class StyleFilter
{
    private static readonly HashSet<string> Properties = new(
        """
        background-color border border-bottom border-collapse border-color border-left border-radius border-right border-spacing
        border-style border-top border-width color display float clear font-family font-size font-style font-variant font-weight
        height letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-height
        max-width min-height min-width overflow-x padding padding-bottom padding-left padding-right padding-top text-align
        text-decoration text-indent vertical-align white-space width word-break
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Functions = ["rgb", "rgba", "hsl", "hsla"];

    /// <summary>The declarations that stay; empty for none.</summary>
    public static string Clean(string style) => string.Join("; ", style.Split(';').Select(Declaration).OfType<string>());

    private static string? Declaration(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var name = text[..colon].Trim();
        var value = text[(colon + 1)..].Trim();
        return Properties.Contains(name) && IsPlain(value) ? $"{name.ToLowerInvariant()}: {value}" : null;
    }

    private static bool IsPlain(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var isKnown = char.IsAsciiLetterOrDigit(c) || c is ' ' or '#' or '.' or ',' or '%' or '(' or ')' or '-' or '\'' or '"' or '!' or '/';
            var isNegative = c == '-' && i + 1 < value.Length && (char.IsAsciiDigit(value[i + 1]) || value[i + 1] == '.');
            if (!isKnown || isNegative || (c == '(' && !IsFunction(value, i)))
                return false;
        }

        return value.Length > 0;
    }

    private static bool IsFunction(string value, int bracket) => Array.Exists(Functions, name =>
        bracket >= name.Length
        && value.AsSpan(bracket - name.Length, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase)
        && (bracket == name.Length || !char.IsAsciiLetterOrDigit(value[bracket - name.Length - 1])));
}
