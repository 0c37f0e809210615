using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Unroll.Notebooks.Session;

/// <summary>
/// What to write instead, where the compiler's words mislead: some C# reads as something else at the top level of a script.
/// </summary>
internal static partial class ErrorHints
{
    /// <summary>The hint for the line in which <paramref name="error"/> stands, or null.</summary>
    public static string? Of(Diagnostic error)
    {
        if (!error.Location.IsInSource)
            return null;
        var lines = error.Location.SourceTree.GetText().Lines;
        var number = error.Location.GetLineSpan().StartLinePosition.Line;
        var line = number < lines.Count ? lines[number].ToString() : "";
        if (With().Match(line) is { Success: true } with)
        {
            var name = with.Groups["name"].Value;
            return $"an expression with \"with\" cannot stand alone here: put it in brackets, ({name} with {{ … }}), or give it a name, var copy = {name} with {{ … }};";
        }

        if (Using().Match(line) is { Success: true } found)
        {
            var declared = found.Groups["declaration"].Value;
            return $"variables of a cell outlive it, so none can be declared with \"using\": write {found.Groups["await"].Value}using ({declared} = …) {{ … }}, or leave \"using\" out";
        }

        return null;
    }

    [GeneratedRegex(@"^\s*(?<name>@?[\p{L}_][\p{L}\p{N}_.]*)\s+with\s*(\{|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex With();

    [GeneratedRegex(
        @"^\s*(?<await>await\s+)?using\s+(?<declaration>@?[\p{L}_][\p{L}\p{N}_.<>]*\s+@?[\p{L}_][\p{L}\p{N}_]*)\s*=",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Using();
}
