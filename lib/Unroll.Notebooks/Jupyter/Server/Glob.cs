namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>The patterns of a history search: <c>*</c>, <c>?</c> and sets such as <c>[a-z]</c> or <c>[^x]</c>.</summary>
internal static class Glob
{
    /// <summary>Whether <paramref name="pattern"/> describes the whole of <paramref name="text"/>.</summary>
    public static bool Matches(string pattern, string text)
    {
        // On a mismatch only the last star takes one character more: that is enough, and never takes exponential time.
        var (inPattern, inText, star, starText) = (0, 0, -1, 0);
        while (inText < text.Length)
        {
            if (inPattern < pattern.Length && pattern[inPattern] == '*')
            {
                star = inPattern++;
                starText = inText;
            }
            else if (inPattern < pattern.Length && MatchesOne(pattern, inPattern, text[inText], out var length))
            {
                inPattern += length;
                inText++;
            }
            else if (star >= 0)
            {
                inPattern = star + 1;
                inText = ++starText;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(inPattern).TrimStart('*').Length == 0;
    }

    /// <summary>Whether the part of the pattern at <paramref name="place"/> describes a character, and how long it is.</summary>
    private static bool MatchesOne(string pattern, int place, char character, out int length)
    {
        length = 1;
        if (pattern[place] == '?')
            return true;

        // A bracket that closes at once is part of its set, as in a shell.
        var first = place + 1;
        var isInverse = first < pattern.Length && pattern[first] is '^' or '!';
        if (isInverse)
            first++;
        var end = pattern[place] == '[' && first < pattern.Length ? pattern.IndexOf(']', first + 1 <= pattern.Length ? first + 1 : first) : -1;
        if (end < 0)
            return pattern[place] == character;
        length = end - place + 1;
        return IsInSet(pattern.AsSpan(first, end - first), character) != isInverse;
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char character)
    {
        for (var i = 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            if (isRange ? character >= set[i] && character <= set[i + 2] : character == set[i])
                return true;
            if (isRange)
                i += 2;
        }

        return false;
    }
}
