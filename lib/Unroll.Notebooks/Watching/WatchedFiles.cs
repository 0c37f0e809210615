using System.Text.RegularExpressions;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Watching;

/// <summary>
/// The files that a notebook depends on, as they are now: itself, what its cells name with #load, #r and #!import, and what
/// lies in its folder. They are looked at again and again, which works on every file system, those of containers included.
/// </summary>
internal sealed partial class WatchedFiles
{
    // A folder with more is not a notebook's own.
    private const int Most = 5_000;

    private static readonly string[] NotLookedInto = ["bin", "obj", "artifacts", "node_modules"];

    private readonly Dictionary<string, (DateTime Time, long Length)> _named;
    private readonly Dictionary<string, (DateTime Time, long Length)> _around;

    private WatchedFiles(IEnumerable<string> named, IEnumerable<string> around)
    {
        _named = Stamps(named);
        _around = Stamps(around);
    }

    /// <summary>Looks at a notebook's files.</summary>
    /// <param name="notebook">Its full path.</param>
    /// <param name="output">The folder that runs write into, which is not looked into.</param>
    public static WatchedFiles Of(string notebook, string output)
    {
        var folder = Path.GetDirectoryName(notebook)!;
        string[] named = [notebook, .. Named(notebook).Select(path => Path.GetFullPath(path, folder))];
        var around = Around(new DirectoryInfo(folder), output).Take(Most + 1).ToList();
        return new WatchedFiles(named, around.Count > Most ? [] : around);
    }

    /// <summary>
    /// The same files, but with those of the folder as another look found them: what a notebook writes there while it runs is not
    /// a reason to run it again.
    /// </summary>
    public WatchedFiles With(WatchedFiles after) => new(_named, after._around);

    /// <summary>Whether nothing has changed.</summary>
    public bool Same(WatchedFiles other) => AreSame(_named, other._named) && AreSame(_around, other._around);

    /// <summary>Whether neither the notebook nor what it names has changed.</summary>
    public bool SameNamed(WatchedFiles other) => AreSame(_named, other._named);

    private WatchedFiles(Dictionary<string, (DateTime, long)> named, Dictionary<string, (DateTime, long)> around) => (_named, _around) = (named, around);

    private static bool AreSame(Dictionary<string, (DateTime Time, long Length)> one, Dictionary<string, (DateTime Time, long Length)> other) =>
        one.Count == other.Count && one.All(file => other.TryGetValue(file.Key, out var stamp) && stamp == file.Value);

    private static Dictionary<string, (DateTime Time, long Length)> Stamps(IEnumerable<string> files)
    {
        var stamps = new Dictionary<string, (DateTime, long)>(StringComparer.Ordinal);
        foreach (var file in files.Select(path => new FileInfo(path)))
            stamps[file.FullName] = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        return stamps;
    }

    /// <summary>Whatever looks like one of those lines counts; a file too many does no harm.</summary>
    private static IEnumerable<string> Named(string notebook)
    {
        try
        {
            return [.. NamedLine().Matches(File.ReadAllText(notebook)).Select(match => match.Groups["path"].Value).Where(IsPath)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsPath(string text) =>
        !text.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase) && text.IndexOfAny(Path.GetInvalidPathChars()) < 0;

    private static IEnumerable<string> Around(DirectoryInfo folder, string output)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        if (folder.FullName == output)
            yield break;
        foreach (var file in folder.EnumerateFiles("*", options))
        {
            if (!NotebookFile.IsIpynb(file.Name) && !NotebookFile.IsDib(file.Name))
                yield return file.FullName;
        }

        foreach (var below in folder.EnumerateDirectories("*", options).Where(below => !NotLookedInto.Contains(below.Name, StringComparer.Ordinal)))
        {
            foreach (var file in Around(below, output))
                yield return file;
        }
    }

    // In a .ipynb file a quote in the text is written \".
    [GeneratedRegex("""#(load|r|!import)\s+\\?"?(?<path>[^"\\\r\n]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedLine();
}
