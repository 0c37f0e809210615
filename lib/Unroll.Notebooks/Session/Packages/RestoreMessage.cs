using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>One thing that NuGet said.</summary>
/// <param name="IsError">Whether it is why the restore failed.</param>
/// <param name="Code">Such as <c>NU1101</c>.</param>
/// <param name="Text">What was said, in one line.</param>
internal sealed partial record RestoreMessage(bool IsError, string Code, string Text)
{
    /// <summary>
    /// Reads what a restore printed. A message of several lines repeats its code in each; what is said twice is told once.
    /// </summary>
    public static IReadOnlyList<RestoreMessage> ReadAll(string output)
    {
        var messages = new List<RestoreMessage>();
        foreach (Match match in Pattern().Matches(output))
        {
            var text = match.Groups["text"].Value;
            var message = new RestoreMessage(match.Groups["level"].Value == "error", match.Groups["code"].Value, text.Trim());
            if (text.StartsWith("   ", StringComparison.Ordinal) || text.StartsWith("  -", StringComparison.Ordinal))
            {
                if (messages.LastOrDefault() is { } start && start.Code == message.Code)
                    messages[^1] = start with { Text = $"{start.Text} {message.Text.TrimStart('-', ' ')}" };
            }
            else if (!messages.Contains(message))
            {
                messages.Add(message);
            }
        }

        return [.. messages.Distinct()];
    }

    [GeneratedRegex(
        @"(?<level>error|warning)\s+(?<code>[A-Z]{2,}\d+)\s*: (?<text>.*?)( \[[^\]]*\.csproj\])?\r?$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Pattern();
}
