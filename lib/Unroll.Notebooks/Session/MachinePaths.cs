namespace Unroll.Notebooks.Session;

/// <summary>
/// Keeps folders of this machine out of committed outputs: an error names files as the notebook sees them.
/// </summary>
internal static class MachinePaths
{
    /// <summary>
    /// <paramref name="text"/> with the notebook's folder shortened to nothing and the home folder to <c>~</c>.
    /// </summary>
    public static string Hide(string text)
    {
        var folder = Directory.GetCurrentDirectory();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (folder.Length > 1)
            text = text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        if (home.Length > 1)
            text = text.Replace(home + Path.DirectorySeparatorChar, "~/", StringComparison.Ordinal);
        return text;
    }
}
