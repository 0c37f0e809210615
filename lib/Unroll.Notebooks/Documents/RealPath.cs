namespace Unroll.Notebooks.Documents;

/// <summary>Where files really are, whatever links lead to them.</summary>
internal static class RealPath
{
    /// <summary>The whole path of a file or folder with every link in it followed; as it is where a link is broken.</summary>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (Path.GetDirectoryName(full) is not { } folder)
                return full;
            var place = Path.Combine(Of(folder), Path.GetFileName(full));
            FileSystemInfo entry = Directory.Exists(place) ? new DirectoryInfo(place) : new FileInfo(place);
            return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : place;
        }
        catch (IOException)
        {
            // A link that leads to itself.
            return full;
        }
    }
}
