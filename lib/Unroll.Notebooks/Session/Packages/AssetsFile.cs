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

        string[] names = [.. target.Select(each => each.Key.Split('/')[0])];
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
                [.. Files(assets!["runtime"], folder).Where(file => !IsInFramework(file) && !StandIn.Replaces(Path.GetFileNameWithoutExtension(file), names))],
                [.. Files(assets["native"], folder)],
                [.. RemarksOn(name, library, assets)]));
        }

        // Once, beside the first of them, which a session gets once.
        var first = packages.FindIndex(package => StandIn.IsOfFamily(package.Name));
        if (first >= 0 && StandIn.Remark(packages.Select(package => package.Name)) is { } remark)
            packages[first] = packages[first] with { Remarks = [remark, .. packages[first].Remarks] };
        return new PackageSet(packages, [.. Remarks(warnings)], DateTimeOffset.UtcNow);
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
        if (library["files"] is JsonArray files
            && files.Any(file => file!.GetValue<string>().StartsWith(Extension, StringComparison.OrdinalIgnoreCase))
            && StandIn.RemarkOnExtension(name, (assets["dependencies"] as JsonObject ?? []).Select(each => each.Key)) is { } remark)
        {
            yield return remark;
        }

        if (assets["frameworkReferences"] is JsonArray { Count: > 0 } frameworks)
        {
            yield return $"{name} needs {string.Join(", ", frameworks.Select(each => each!.GetValue<string>()))}, which this "
                + "host does not load: types that use it fail.";
        }
    }

    /// <summary>What the packages that are not loaded here would like to have is nobody's concern.</summary>
    private static IEnumerable<string> Remarks(IReadOnlyList<RestoreMessage> warnings) =>
        warnings.Where(warning => !StandIn.IsOfFamily(warning.Text.Split(' ')[0])).Select(warning => Remark(warning.Text));

    /// <summary>NuGet names the project first, which here is ours: <c>packages depends on …</c>.</summary>
    private static string Remark(string text) => text.StartsWith("packages depends on ", StringComparison.Ordinal)
        ? $"Asked for was {text["packages depends on ".Length..].Replace(" but ", ", but ", StringComparison.Ordinal)}"
        : text;
}
