using System.Reflection;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>Reads what a restore decided: project.assets.json lists each package's files for this machine.</summary>
internal static class AssetsFile
{
    /// <summary>Stands in a package for "nothing here".</summary>
    private const string Nothing = "_._";

    private const string Extension = "interactive-extensions/dotnet/";

    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The packages of the file at <paramref name="path"/>; <paramref name="warnings"/> become remarks.</summary>
    public static PackageSet Read(string path, IReadOnlyList<RestoreMessage> warnings)
    {
        var root = JsonNode.Parse(File.ReadAllBytes(path))!;
        var target = (JsonObject)(root["targets"]![$"{Platform.Framework}/{Platform.Rid}"]
            ?? root["targets"]![Platform.Framework])!;
        string[] roots = [.. ((JsonObject)root["packageFolders"]!).Select(each => each.Key)];

        var packages = new List<RestoredPackage>();
        foreach (var (id, assets) in target)
        {
            var library = root["libraries"]![id]!;
            if (library["path"]?.GetValue<string>() is not { } place)
                continue;
            var folder = roots.Select(each => Path.Combine(each, place)).First(Directory.Exists);
            var (name, version) = (id.Split('/')[0], id.Split('/')[1]);
            packages.Add(new RestoredPackage(
                name, version, folder,
                [.. Files(assets!["runtime"], folder).Where(file => !IsInFramework(file))],
                [.. Files(assets["native"], folder)],
                [.. RemarksOn(name, library, assets)]));
        }

        return new PackageSet(packages, [.. warnings.Select(warning => Remark(warning.Text))], DateTimeOffset.UtcNow);
    }

    private static IEnumerable<string> Files(JsonNode? list, string folder) => list is not JsonObject files
        ? []
        : files.Select(file => file.Key).Where(file => !file.EndsWith(Nothing, StringComparison.Ordinal))
            .Select(file => Path.GetFullPath(Path.Combine(folder, file)));

    /// <summary>What .NET brings itself, as new or newer, is not loaded a second time.</summary>
    private static bool IsInFramework(string file)
    {
        var own = Path.Combine(FrameworkFolder, Path.GetFileName(file));
        return File.Exists(own)
            && AssemblyName.GetAssemblyName(own).Version >= AssemblyName.GetAssemblyName(file).Version;
    }

    private static IEnumerable<string> RemarksOn(string name, JsonNode library, JsonNode assets)
    {
        if (library["files"] is JsonArray files && files.Any(file =>
            file!.GetValue<string>().StartsWith(Extension, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"{name} brings an extension of .NET Interactive, which this host does not load; its types are there.";
        }

        if (assets["frameworkReferences"] is JsonArray { Count: > 0 } frameworks)
        {
            yield return $"{name} needs {string.Join(", ", frameworks.Select(each => each!.GetValue<string>()))}, which this "
                + "host does not load: types that use it fail.";
        }
    }

    /// <summary>NuGet names the project first, which here is ours: <c>packages depends on …</c>.</summary>
    private static string Remark(string text) => text.StartsWith("packages depends on ", StringComparison.Ordinal)
        ? $"Asked for was {text["packages depends on ".Length..].Replace(" but ", ", but ", StringComparison.Ordinal)}"
        : text;
}
