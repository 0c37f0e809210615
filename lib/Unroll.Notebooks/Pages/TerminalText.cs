using System.Text;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Pages;

/// <summary>Text that was written for a terminal, as it stands there in the end.</summary>
internal static partial class TerminalText
{
    /// <summary>Colours and other escapes go; a carriage return writes over its line, as a progress bar does.</summary>
    public static string Settle(string text)
    {
        var plain = Escape().Replace(text, "").Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!plain.Contains('\r', StringComparison.Ordinal))
            return plain;
        return string.Join('\n', plain.Split('\n').Select(Overwrite));
    }

    private static string Overwrite(string line)
    {
        var settled = new StringBuilder();
        foreach (var part in line.Split('\r'))
        {
            settled.Remove(0, Math.Min(part.Length, settled.Length));
            settled.Insert(0, part);
        }

        return settled.ToString();
    }

    [GeneratedRegex(@"\x1B(\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*(\x07|\x1B\\)|[@-Z\\-_])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
