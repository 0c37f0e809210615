using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Runner;

/// <summary>Finds the notebooks of a folder and of those in it, but not of hidden ones.</summary>
internal static class FolderWalk
{
    /// <summary>The whole paths, in the order of their names. A link to a folder that was visited is not followed again.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="leftOut">Names of folders in it that are not looked into.</param>
    public static IReadOnlyList<string> Notebooks(string folder, params IReadOnlyList<string> leftOut)
    {
        var files = new List<string>();
        var visited = leftOut.Select(name => RealPath.Of(Path.Combine(folder, name))).ToHashSet(StringComparer.Ordinal);
        Visit(new DirectoryInfo(folder), visited, files);
        return [.. files.OrderBy(file => Path.GetRelativePath(folder, file), StringComparer.Ordinal)];
    }

    private static void Visit(DirectoryInfo folder, HashSet<string> visited, List<string> files)
    {
        if (!visited.Add(RealPath.Of(folder.FullName)))
            return;
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.Name.StartsWith('.'))
                continue;
            if (entry is DirectoryInfo inner)
            {
                // A folder that may not be read holds nothing for us.
                try
                {
                    Visit(inner, visited, files);
                }
                catch (Exception error) when (error is UnauthorizedAccessException or IOException)
                {
                }
            }
            else if (entry.Name.EndsWith(NotebookFile.Ipynb, StringComparison.Ordinal))
            {
                files.Add(entry.FullName);
            }
        }
    }
}
