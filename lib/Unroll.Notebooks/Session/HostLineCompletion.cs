using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// What could stand in a line for the host, such as <c>#!time</c>, <c>#r "nuget: …"</c> and <c>#load "…"</c>: commands with their
/// options, packages that this machine has, files. A source of packages is not asked: that takes a second, and a network.
/// </summary>
internal static class HostLineCompletion
{
    private const int Most = 200;

    private static readonly string[] WithFiles = ["#r", "#load", "#!import", "#i"];

    /// <summary>The items, and where what they replace begins; null where the line is C#.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">Where the person is.</param>
    public static (IEnumerable<CodeItem> Items, int Start)? Find(string code, int position)
    {
        var lineStart = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        var line = code[lineStart..position];
        if (!line.StartsWith('#'))
            return null;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
            return (Words(line), lineStart);

        var word = line[..space];
        if (word == "#r" && line.IndexOf("nuget:", StringComparison.OrdinalIgnoreCase) is var scheme and >= 0)
            return Packages(line, lineStart, scheme + "nuget:".Length);
        if (WithFiles.Contains(word, StringComparer.Ordinal))
        {
            var start = Math.Max(line.LastIndexOf('"') + 1, space + 1);
            return (Files(line[start..], isLibrary: word == "#r"), lineStart + line.LastIndexOfAny(['/', '"', ' ']) + 1);
        }

        var typed = line.LastIndexOf(' ') + 1;
        return (Options(word, line[typed..]), lineStart + typed);
    }

    private static IEnumerable<CodeItem> Words(string typed) => CommandList.All
        .Where(each => each.Directive.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        .Select(each => new CodeItem(each.Directive, "keyword", each.Help));

    private static IEnumerable<CodeItem> Options(string word, string typed)
    {
        if (!word.StartsWith(HostLines.Prefix, StringComparison.Ordinal))
            return [];
        var options = word switch
        {
            "#!value" => CommandList.ValueOptions,
            "#!mermaid" => CommandList.DiagramOptions,
            _ => CommandList.Find(word[HostLines.Prefix.Length..])?.Options ?? [],
        };
        return options.Where(option => option.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(option => new CodeItem(option.Name, "keyword", option.Help));
    }

    private static (IEnumerable<CodeItem> Items, int Start) Packages(string line, int lineStart, int name)
    {
        while (name < line.Length && line[name] == ' ')
            name++;
        var comma = line.IndexOf(',', name);
        if (comma < 0)
            return (Folders(PackageFolder.OfUser, line[name..]).Select(id => new CodeItem(id, "module", "")), lineStart + name);
        var version = comma + 1;
        while (version < line.Length && line[version] == ' ')
            version++;
        var versions = Folders(Path.Combine(PackageFolder.OfUser, line[name..comma].Trim().ToLowerInvariant()), line[version..]);
        return (versions.Select(each => new CodeItem(each, "constant", "")), lineStart + version);
    }

    private static IEnumerable<string> Folders(string folder, string typed) => !Directory.Exists(folder) ? []
        : Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path))
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase).Take(Most);

    private static IEnumerable<CodeItem> Files(string typed, bool isLibrary)
    {
        var slash = typed.LastIndexOf('/') + 1;
        var folder = Path.GetFullPath(typed[..slash], Directory.GetCurrentDirectory());
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        if (typed.IndexOfAny(Path.GetInvalidPathChars()) >= 0 || !Directory.Exists(folder))
            return [];
        return new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options)
            .Where(entry => entry.Name.StartsWith(typed[slash..], StringComparison.OrdinalIgnoreCase))
            .Where(entry => entry is DirectoryInfo || !isLibrary || entry.Extension.Equals(".dll", StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(entry => entry is DirectoryInfo ? new CodeItem($"{entry.Name}/", "folder", "") : new CodeItem(entry.Name, "file", ""));
    }
}
