using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">The version or range, in NuGet's words; with a <c>*</c> it floats.</param>
internal sealed partial record PackageRequest(string Name, string Version)
{
    /// <summary>The newest version that is not a preview.</summary>
    private const string Newest = "*";

    /// <summary>Whether the sources decide about the version.</summary>
    public bool IsFloating => Version.Contains('*', StringComparison.Ordinal);

    /// <summary>Reads <c>Name</c> or <c>Name, Version</c>; null where it is neither.</summary>
    public static PackageRequest? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            return null;
        var version = match.Groups["version"];
        return new PackageRequest(match.Groups["name"].Value, version.Success ? version.Value.Trim() : Newest);
    }

    /// <summary>
    /// Whether <paramref name="version"/> is one asked for: in a range or of a floating version all that it holds, else the
    /// same; <c>1.2</c> and <c>1.2.0</c> are.
    /// </summary>
    public bool Accepts(string version)
    {
        if (!NuGetVersion.TryParse(version, out var held))
            return false;
        if (Version.AsSpan().ContainsAny('[', '(', '*'))
            return VersionRange.TryParse(Version, out var range) && range.Satisfies(held) && range.Float?.Satisfies(held) != false;
        return NuGetVersion.TryParse(Version, out var wanted) && wanted == held;
    }

    /// <inheritdoc/>
    public override string ToString() => Version == Newest ? Name : $"{Name}, {Version}";

    [GeneratedRegex(
        @"^\s*(?<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)\s*(,\s*(?<version>[0-9A-Za-z.*+\-\[\](), ]+?))?\s*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
