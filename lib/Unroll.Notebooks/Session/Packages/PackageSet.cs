using System.Text.Json.Serialization;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>Packages as they lie on this machine, all that belongs together.</summary>
/// <param name="Packages">Those asked for and those they need.</param>
/// <param name="Remarks">What a person should know, such as that another version was taken.</param>
/// <param name="RestoredAt">When the sources were asked.</param>
internal sealed record PackageSet(
    IReadOnlyList<RestoredPackage> Packages, IReadOnlyList<string> Remarks, DateTimeOffset RestoredAt)
{
    /// <summary>Whether every file is still there.</summary>
    public bool IsThere => Packages.All(package =>
        Directory.Exists(package.Folder) && package.Assemblies.Concat(package.Natives).All(File.Exists));

    /// <summary>The package called <paramref name="name"/>, or null.</summary>
    public RestoredPackage? Find(string name) =>
        Packages.FirstOrDefault(package => string.Equals(package.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One package.</summary>
/// <param name="Name">Its id as its author writes it.</param>
/// <param name="Version">The version that was taken.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Assemblies">The assemblies for this machine, whole paths.</param>
/// <param name="Natives">The native libraries for this machine, whole paths.</param>
/// <param name="Remarks">What a person should know who uses it here.</param>
internal sealed record RestoredPackage(
    string Name,
    string Version,
    string Folder,
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<string> Natives,
    IReadOnlyList<string> Remarks)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}, {Version}";
}

/// <summary>The file form of a set.</summary>
[JsonSerializable(typeof(PackageSet))]
internal sealed partial class PackageJson : JsonSerializerContext;
