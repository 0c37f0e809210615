using System.Text.RegularExpressions;
using Unroll.Notebooks.Session.Language;

namespace Unroll.Notebooks.Session.Values;

/// <summary>Lines about packages whose text is to be had elsewhere: <c>#i @csharp:source</c>, <c>#r @input:"Which package?"</c>.</summary>
internal static partial class ReferenceExpressions
{
    /// <summary>The code with the text in its place; the lines keep their numbers.</summary>
    /// <param name="code">The code of a cell.</param>
    /// <param name="text">Gets the text, for a line of the cell.</param>
    public static string Resolve(string code, Func<OptionText, int, string> text)
    {
        if (!code.Contains("#i", StringComparison.Ordinal) && !code.Contains("#r", StringComparison.Ordinal))
            return code;
        var lines = code.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Pattern().Match(lines[i]) is { Success: true } match && new OptionReader(match.Groups["value"].Value).ReadValue() is { Source: not null } option)
                lines[i] = $"#{match.Groups["kind"].Value} \"{text(option, i + 1)}\"";
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"^\s*#(?<kind>[ri])\s+(?<value>@[\w.-]+(:.*)?)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
