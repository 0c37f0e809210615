using System.CommandLine;

namespace Unroll.Notebooks.Commands;

/// <summary>
/// Words that begin like options and are none: a command that takes any number of files would take them for files.
/// </summary>
internal static class UnknownOptions
{
    /// <summary>So many letters may differ from what was meant.</summary>
    private const int MostChanges = 2;

    /// <summary>A line for each, with the option that may have been meant.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var known = Options(parsed.CommandResult.Command).ToList();
        var asFiles = parsed.CommandResult.Children.OfType<System.CommandLine.Parsing.ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value);
        return
        [
            .. asFiles.Concat(parsed.UnmatchedTokens)
                .Where(word => word.StartsWith('-') && !File.Exists(word) && !Directory.Exists(word))
                .Distinct(StringComparer.Ordinal)
                .Select(word => Describe(word, known)),
        ];
    }

    private static IEnumerable<string> Options(Command command) => command.Options
        .SelectMany(option => option.Aliases.Prepend(option.Name))
        .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string Describe(string word, List<string> known)
    {
        var name = word.Split('=')[0];
        var meant = known.Find(option => name.Length > 2 && option.StartsWith(name, StringComparison.Ordinal))
            ?? known.Where(option => Changes(name, option) <= MostChanges).MinBy(option => Changes(name, option));
        return $"There is no option {name}.{(meant is null ? "" : $" Did you mean {meant}?")}";
    }

    /// <summary>Levenshtein's distance: how many letters to insert, remove or replace.</summary>
    private static int Changes(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (before, _) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = before + (one[i - 1] == other[j - 1] ? 0 : 1);
                before = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
