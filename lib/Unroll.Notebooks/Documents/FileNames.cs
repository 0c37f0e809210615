namespace Unroll.Notebooks.Documents;

/// <summary>Names for files that must not take the place of others.</summary>
internal static class FileNames
{
    /// <summary><paramref name="path"/>, or with a number before its extension where that is taken.</summary>
    public static string Free(string path)
    {
        var stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        var free = path;
        for (var number = 2; File.Exists(free); number++)
            free = $"{stem}-{number}{Path.GetExtension(path)}";
        return free;
    }
}
