namespace Unroll.Notebooks.Reports.Pages;

/// <summary>How a string begins, which says where its text ends.</summary>
/// <param name="Length">The characters before the text.</param>
/// <param name="Dollars">How many <c>$</c> there are; none where the string has no holes.</param>
/// <param name="Quotes">How many quotes there are: three or more in a raw string.</param>
/// <param name="IsVerbatim">Whether a backslash is only a backslash.</param>
internal readonly record struct StringStart(int Length, int Dollars, int Quotes, bool IsVerbatim)
{
    private const int LongestPrefix = 16;

    private bool IsRaw => Quotes >= 3;

    /// <summary>Whether the text has holes.</summary>
    public bool IsInterpolated => Dollars > 0;

    /// <summary>How many braces open a hole.</summary>
    public int Braces => IsRaw ? Dollars : 1;

    /// <summary>Reads the start of a string at <paramref name="at"/>; null where there is none.</summary>
    public static StringStart? Read(string code, int at)
    {
        var end = at;
        var dollars = 0;
        var isVerbatim = false;
        for (; end < Math.Min(code.Length, at + LongestPrefix) && code[end] is '$' or '@'; end++)
        {
            dollars += code[end] == '$' ? 1 : 0;
            isVerbatim |= code[end] == '@';
        }

        var quotes = Run(code, end, '"');
        if (quotes == 0)
            return null;
        if (isVerbatim || quotes < 3)
            quotes = 1;
        return new StringStart(end - at + quotes, dollars, quotes, isVerbatim);
    }

    /// <summary>Where the text that begins at <paramref name="at"/> ends: at the string's end, or at a hole.</summary>
    public (int End, bool IsHole) TextEnd(string code, int at)
    {
        while (at < code.Length)
        {
            var c = code[at];
            if (c == '"')
            {
                var run = Run(code, at, '"');
                if (!IsRaw && !IsVerbatim)
                    return (at, false);
                if (IsRaw ? run >= Quotes : run % 2 == 1)
                    return (at + run - Quotes, false);
                at += run;
            }
            else if (c == '{' && IsInterpolated)
            {
                var run = Run(code, at, '{');
                if (IsRaw ? run >= Dollars : run % 2 == 1)
                    return (at + run - Braces, true);
                at += run;
            }
            else if (c is '\n' or '\r' && !IsRaw && !IsVerbatim)
            {
                return (at, false);
            }
            else
            {
                at += c == '\\' && !IsRaw && !IsVerbatim ? 2 : 1;
            }
        }

        return (code.Length, false);
    }

    /// <summary>The length of the quotes at the end; 0 where the text ended without them.</summary>
    public int EndLength(string code, int at) => Math.Min(Run(code, at, '"'), Quotes);

    private static int Run(string code, int at, char c)
    {
        var end = at;
        while (end < code.Length && code[end] == c)
            end++;
        return end - at;
    }
}
