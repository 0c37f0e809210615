using NuGet.Versioning;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>
/// Packages that many others stand on, each asking for the version of its year. A process holds one version of an assembly,
/// so the first to come would decide what later ones get: a session takes a new one from the beginning, which serves both.
/// </summary>
internal static class SharedParts
{
    /// <summary>
    /// What Plotly.NET needs, and what XPlot, which asks for versions of 2019 and 2020, runs with. FSharp.Core is the one
    /// that the compiler of F# cells asks for, and it takes no other.
    /// </summary>
    private static readonly PackageRequest[] Newest = [new("FSharp.Core", "10.1.404"), new("Newtonsoft.Json", "13.0.4")];

    /// <summary>Those that <paramref name="set"/> has in an older version, and that nobody asked for by version.</summary>
    public static IReadOnlyList<PackageRequest> Missing(PackageQuery query, PackageSet set)
    {
        var given = query.Packages.Concat(query.Held).Select(package => package.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. Newest.Where(part => !given.Contains(part.Name) && set.Find(part.Name) is { } found
                && NuGetVersion.Parse(found.Version) < NuGetVersion.Parse(part.Version)),
        ];
    }
}
