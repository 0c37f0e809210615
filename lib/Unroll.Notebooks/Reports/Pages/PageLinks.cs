namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Leads links between notebooks to their pages, where those are written too.</summary>
/// <param name="pages">The pages by the full paths of their notebooks.</param>
/// <param name="notebook">The notebook whose links are asked for.</param>
/// <param name="page">The page that they stand on.</param>
internal sealed class PageLinks(IReadOnlyDictionary<string, string> pages, string notebook, string page)
{
    /// <summary>
    /// Where a link on the page leads instead: to another notebook's page, or to the file that it means as seen from the
    /// page, which lies in another folder than the notebook. Null where it stays.
    /// </summary>
    public string? Find(string address)
    {
        var end = address.IndexOfAny(['#', '?']);
        var path = end < 0 ? address : address[..end];
        if (path.Length == 0 || path.Contains(':', StringComparison.Ordinal) || path[0] is '/' or '\\')
            return null;
        var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(notebook)!, Uri.UnescapeDataString(path)));
        if (!pages.TryGetValue(target, out var found) && !File.Exists(target))
            return null;
        return Relative(page, found ?? target) + (end < 0 ? "" : address[end..]);
    }

    /// <summary>The way from one file to another, as an address.</summary>
    public static string Relative(string from, string to) => string.Join(
        '/', Path.GetRelativePath(Path.GetDirectoryName(from)!, to).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
}
