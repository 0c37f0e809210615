namespace Unroll.Notebooks.Session.Packages;

/// <summary>
/// The packages in a folder that an installed tool has beside it: the libraries of the lessons, and what they need. They are a
/// source like those of the machine, and the only one asked where they are all that is wanted: such cells need no network.
/// </summary>
/// <param name="folder">The folder, which a build does not have.</param>
internal sealed class BundledPackages(string folder)
{
    /// <summary>Their names and versions, by which answers of one tool are told from those of another.</summary>
    public IReadOnlyList<string> Names { get; } = NamesIn(folder);

    /// <summary>The folder as a source; none where there is none.</summary>
    public IReadOnlyList<string> Sources => Names.Count > 0 ? [folder] : [];

    /// <summary>Those of this program.</summary>
    public static BundledPackages OfTool() => new(Path.Combine(AppContext.BaseDirectory, "packages"));

    /// <summary>Whether it has each of <paramref name="packages"/> in a version that will do.</summary>
    public bool HasAll(IReadOnlyList<PackageRequest> packages) => packages.All(Has);

    private bool Has(PackageRequest package) => Names.Any(name =>
        name.StartsWith(package.Name + ".", StringComparison.OrdinalIgnoreCase) && package.Accepts(name[(package.Name.Length + 1)..]));

    private static IReadOnlyList<string> NamesIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];
}
