using System.Text;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Text that was written for a terminal, as it stands there in the end. Takes one pass, whatever the text.</summary>
internal static class TerminalText
{
    private const char Escape = '\u001B';
    private const char Bell = '\a';

    /// <summary>Colours and other escapes go; a carriage return writes over its line, as a progress bar does.</summary>
    public static string Settle(string text)
    {
        var settled = new StringBuilder(text.Length);
        var line = new List<char>();
        var column = 0;
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (c == Escape)
            {
                at = EscapeEnd(text, at);
                continue;
            }

            at++;
            if (c == '\n')
            {
                End(settled, line);
                settled.Append('\n');
                column = 0;
            }
            else if (c == '\r')
            {
                column = 0;
            }
            else if (c == '\b')
            {
                column = Math.Max(0, column - 1);
            }
            else if (!char.IsControl(c) || c == '\t')
            {
                if (column < line.Count)
                    line[column] = c;
                else
                    line.Add(c);
                column++;
            }
        }

        End(settled, line);
        return settled.ToString();
    }

    private static void End(StringBuilder settled, List<char> line)
    {
        settled.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line));
        line.Clear();
    }

    /// <summary>Where the escape that begins at <paramref name="at"/> ends; one that is cut is two characters at most.</summary>
    private static int EscapeEnd(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return next switch
        {
            '[' => SequenceEnd(text, at + 2),
            ']' or 'P' or 'X' or '^' or '_' => StringEnd(text, at + 2),
            >= '@' and <= '_' => at + 2,
            _ => at + 1,
        };
    }

    /// <summary>The end of parameters, and the letter that says what to do with them.</summary>
    private static int SequenceEnd(string text, int start)
    {
        var at = start;
        while (at < text.Length && text[at] is >= ' ' and <= '?')
            at++;
        return at < text.Length && text[at] is >= '@' and <= '~' ? at + 1 : start;
    }

    /// <summary>
    /// The end of a string for the terminal, such as a link's address. An escape ends it too, so that nothing is looked
    /// through twice: a million of them that are never closed are a million short ones.
    /// </summary>
    private static int StringEnd(string text, int start)
    {
        var end = text.AsSpan(start).IndexOfAny(Bell, Escape);
        if (end < 0)
            return start;
        end += start;
        if (text[end] == Bell)
            return end + 1;
        return end + 1 < text.Length && text[end + 1] == '\\' ? end + 2 : start;
    }
}
