using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>Packages cannot be had. The message says which, why, and which sources were asked.</summary>
internal sealed partial class RestoreException(string message) : Exception(message)
{
    /// <summary>Puts what NuGet said into words: sources by their names, no folder of this machine.</summary>
    public static RestoreException Of(
        PackageQuery query,
        IReadOnlyList<RestoreMessage> messages,
        IReadOnlyList<(string Name, string Address)> sources,
        string output)
    {
        var errors = messages.Where(message => message.IsError).ToList();
        if (Downgrades(query, errors) is { Count: > 0 } downgrades)
        {
            return new RestoreException(
                $"{string.Join("; ", query.Packages)} cannot be restored: it needs {string.Join(" and ", downgrades)}. A session holds one version "
                + "of a package: restart it, and put this #r first, or ask for all packages in one cell.");
        }

        var reasons = errors.Count > 0
            ? errors.Select(error => $"{Name(error.Text)} ({error.Code})")
            : [$"The SDK said: {Name(output.Trim())}"];
        var what = string.Join("; ", query.Packages);
        var advice = errors.Exists(error => error.Code is "NU1107" or "NU1608") && query.Held.Count > 0
            ? " A session holds one version of a package: restart it, and ask for all packages in one cell."
            : "";
        return new RestoreException($"{what} cannot be restored. {string.Join(" ", reasons)}{advice}");

        string Name(string text)
        {
            foreach (var (source, index) in query.Sources.Select((source, index) => (source, index)))
                text = text.Replace(source, $"the source of #i number {index + 1}", StringComparison.OrdinalIgnoreCase);
            foreach (var (name, address) in sources)
                text = text.Replace(address, name, StringComparison.OrdinalIgnoreCase);
            return MachinePaths.Hide(Address().Replace(text, "an address of that source")).ReplaceLineEndings(" ");
        }
    }

    /// <summary>What would have to be newer than what earlier cells have loaded.</summary>
    private static List<string> Downgrades(PackageQuery query, List<RestoreMessage> errors) =>
    [
        .. errors.Select(error => Downgrade().Match(error.Text))
            .Where(match => match.Success && query.Held.Any(package => package.Name.Equals(match.Groups["name"].Value, StringComparison.OrdinalIgnoreCase)))
            .Select(match => $"{match.Groups["name"].Value} {match.Groups["needed"].Value}, where the session has {match.Groups["held"].Value} already")
            .Distinct(StringComparer.Ordinal),
    ];

    [GeneratedRegex(
        @"Detected package downgrade: (?<name>\S+) from (?<needed>\S+) to (?<held>\S+?)\.(\s|$)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Downgrade();

    [GeneratedRegex(@"https?://[^\s'"",;]+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
