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
        var reasons = errors.Count > 0
            ? errors.Select(error => $"{Name(error.Text)} ({error.Code})")
            : [$"The SDK said: {Name(output.Trim())}"];
        var what = string.Join("; ", query.Packages);
        var advice = errors.Exists(error => error.Code is "NU1605" or "NU1107" or "NU1608") && query.Held.Count > 0
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

    [GeneratedRegex(@"https?://[^\s'"",;]+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
