namespace Unroll.ModelTool.Files;

/// <summary>Tells whether two names are one file's.</summary>
internal static class SamePath
{
    private static readonly StringComparison OfSystem =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether both lead to the same file, links followed.</summary>
    public static bool Are(string one, string other) => string.Equals(Whole(one), Whole(other), OfSystem);

    private static string Whole(string path)
    {
        var whole = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(whole);
        var parent = folder is not null && Directory.Exists(folder) ? Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder : folder;
        var place = parent is null ? whole : Path.Combine(parent, Path.GetFileName(whole));
        return File.Exists(place) ? File.ResolveLinkTarget(place, returnFinalTarget: true)?.FullName ?? place : place;
    }
}
