using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>Gets packages: from a list of what was restored before, or by asking the machine's sources.</summary>
/// <param name="folder">Where the lists are kept.</param>
/// <param name="bundled">What the tool brings.</param>
internal sealed class PackageStore(string folder, BundledPackages bundled)
{
    /// <summary>After this time a floating version may resolve to another one.</summary>
    private static readonly TimeSpan FloatingLife = TimeSpan.FromDays(1);

    private const string WorkPrefix = "work";

    /// <summary>The store of this user.</summary>
    public static PackageStore OfUser()
    {
        var data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new PackageStore(Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "unroll", "packages"), BundledPackages.OfTool());
    }

    /// <summary>Where copies of native libraries are kept that this system could not load as they are.</summary>
    public string Mended => Path.Combine(folder, "mended");

    /// <summary>What was restored for an equal request before, if it is still there; otherwise null.</summary>
    public PackageSet? Find(PackageQuery query)
    {
        try
        {
            var set = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(query)), PackageJson.Default.PackageSet);
            var isStale = query.Packages.Any(package => package.IsFloating)
                && set?.RestoredAt < DateTimeOffset.UtcNow - FloatingLife;
            return set is { IsThere: true } && !isStale ? set : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Asks the sources, and remembers the answer.</summary>
    /// <exception cref="RestoreException">The sources do not have it all.</exception>
    public async Task<PackageSet> RestoreAsync(PackageQuery query, CancellationToken cancellation)
    {
        Leftovers.Remove(folder, WorkPrefix);
        var work = Path.Combine(folder, Leftovers.Name(WorkPrefix));
        Directory.CreateDirectory(work);
        try
        {
            var set = await BundledAsync(work, query, cancellation).ConfigureAwait(false)
                ?? await FromSourcesAsync(work, query, areOnlySources: false, cancellation).ConfigureAwait(false);
            AtomicFile.Write(PathOf(query), JsonSerializer.Serialize(set, PackageJson.Default.PackageSet));
            return set;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>What the tool brings, where that is all that is wanted, without asking the machine's sources; otherwise null.</summary>
    private async Task<PackageSet?> BundledAsync(string work, PackageQuery query, CancellationToken cancellation)
    {
        if (query.Sources.Count > 0 || bundled.Sources.Count == 0 || !bundled.HasAll(query.Packages))
            return null;
        try
        {
            var place = Directory.CreateDirectory(Path.Combine(work, "bundled")).FullName;
            return await FromSourcesAsync(place, query, areOnlySources: true, cancellation).ConfigureAwait(false);
        }
        catch (RestoreException)
        {
            // One of them needs a package that the tool does not bring.
            return null;
        }
    }

    /// <summary>With newer versions of what many packages share; where the sources have none, as it is.</summary>
    private async Task<PackageSet> FromSourcesAsync(string work, PackageQuery query, bool areOnlySources, CancellationToken cancellation)
    {
        var set = await new RestoreProject(work, query, bundled.Sources, areOnlySources).RunAsync(cancellation).ConfigureAwait(false);
        var parts = SharedParts.Missing(query, set);
        if (parts.Count == 0)
            return set;
        try
        {
            var place = Directory.CreateDirectory(Path.Combine(work, "parts")).FullName;
            var newer = query with { Packages = [.. query.Packages, .. parts] };
            return await new RestoreProject(place, newer, bundled.Sources, areOnlySources).RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (RestoreException)
        {
            return set;
        }
    }

    private string PathOf(PackageQuery query)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [query.Key, .. bundled.Names])));
        return Path.Combine(folder, $"{Convert.ToHexStringLower(hash)[..32]}.json");
    }
}

/// <summary>What a session wants at one time: packages that must fit together, and where to look for them.</summary>
/// <param name="Packages">Those a cell asks for.</param>
/// <param name="Held">Those the session has already; their versions cannot change.</param>
/// <param name="Sources">Sources beside the machine's own.</param>
/// <param name="ConfigFolder">The folder whose NuGet configuration holds, and the folders' above it.</param>
internal sealed record PackageQuery(
    IReadOnlyList<PackageRequest> Packages,
    IReadOnlyList<PackageRequest> Held,
    IReadOnlyList<string> Sources,
    string ConfigFolder)
{
    /// <summary>Changes when an answer holds something else than before.</summary>
    private const string Format = "5";

    /// <summary>Equal for requests that have the same answer.</summary>
    public string Key => string.Join('\n',
    [
        Format,
        Environment.Version.ToString(),
        Platform.Rid,
        .. Packages.Select(package => $"package {package.Name.ToUpperInvariant()} {package.Version}").Order(StringComparer.Ordinal),
        .. Held.Select(package => $"held {package.Name.ToUpperInvariant()} {package.Version}").Order(StringComparer.Ordinal),
        .. Sources.Select(source => $"source {source}"),
        .. ConfigFiles(),
    ]);

    /// <summary>A notebook that brings its own sources does not share its answers with others.</summary>
    private IEnumerable<string> ConfigFiles()
    {
        for (var folder = new DirectoryInfo(ConfigFolder); folder is not null; folder = folder.Parent)
        {
            string[] names = ["nuget.config", "NuGet.config", "NuGet.Config"];
            if (Array.Find(names, name => File.Exists(Path.Combine(folder.FullName, name))) is { } name)
                yield return $"config {File.ReadAllText(Path.Combine(folder.FullName, name))}";
        }
    }
}
