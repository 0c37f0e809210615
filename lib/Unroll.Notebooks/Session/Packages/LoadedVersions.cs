using System.Reflection;
using System.Runtime.Loader;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>The assemblies that the session has loaded, which no newer version can replace.</summary>
internal static class LoadedVersions
{
    /// <summary>What is too old for one of <paramref name="packages"/>, and the way out; null where all fits.</summary>
    public static string? Conflict(IEnumerable<RestoredPackage> packages)
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(each => !each.IsDynamic && each.Location.Length > 0)
            .ToLookup(each => each.GetName().Name!, StringComparer.OrdinalIgnoreCase);
        foreach (var (package, path) in packages.SelectMany(package => package.Assemblies.Select(path => (package, path))))
        {
            var wanted = AssemblyName.GetAssemblyName(path);
            if (loaded[wanted.Name!].FirstOrDefault(each => each.GetName().Version < wanted.Version) is not { } old)
                continue;
            var wayOut = AssemblyLoadContext.GetLoadContext(old) == AssemblyLoadContext.Default
                ? "It is part of this host: ask for a version of the package that has the same or an older one."
                : "Restart the session, and put this #r before the cell that loaded it.";
            return $"{package} has version {wanted.Version} of the assembly {wanted.Name}, and the session has loaded {old.GetName().Version} already, "
                + $"which cannot be replaced. {wayOut}";
        }

        return null;
    }
}
