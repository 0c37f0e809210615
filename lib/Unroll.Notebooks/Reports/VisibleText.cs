using System.Globalization;
using System.Text;

namespace Unroll.Notebooks.Reports;

/// <summary>
/// Text of a notebook with its control characters spelled out, such as <c>\u001b</c>: a file, a cell or an error may hold
/// what moves a terminal's cursor, renames its window, or turns the order of its letters around.
/// </summary>
internal static class VisibleText
{
    /// <summary>For a terminal or a log; lines and tabs stay.</summary>
    public static string Of(string text)
    {
        StringBuilder? shown = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPlain(text, i))
            {
                shown?.Append(text[i]);
                continue;
            }

            shown ??= new StringBuilder(text, 0, i, text.Length + 16);
            shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }

        return shown?.ToString() ?? text;
    }

    /// <summary>For one line of a terminal: line ends are spelled out too.</summary>
    public static string OneLine(string text) => Of(text).Replace("\n", "\\n", StringComparison.Ordinal);

    private static bool IsPlain(string text, int at)
    {
        var c = text[at];
        if (c is '\n' or '\t')
            return true;
        if (char.IsSurrogate(c))
            return IsPaired(text, at);

        // U+FFFE and U+FFFF are characters neither of Unicode nor of XML.
        return !char.IsControl(c) && !TurnsText(c) && c < '\uFFFE';
    }

    private static bool IsPaired(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);

    /// <summary>Marks that order text from right to left, and separators that some terminals break lines at.</summary>
    private static bool TurnsText(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
