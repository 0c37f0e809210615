namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Leads links between notebooks to their pages, where those are written too.</summary>
/// <param name="pages">The pages by the full paths of their notebooks.</param>
/// <param name="notebook">The notebook whose links are asked for.</param>
/// <param name="page">The page that they stand on.</param>
internal sealed class PageLinks(IReadOnlyDictionary<string, string> pages, string notebook, string page)
{
    private const string Ending = ".ipynb";

    /// <summary>Where a link on the page leads instead; null where it stays.</summary>
    public string? Find(string address)
    {
        var end = address.IndexOfAny(['#', '?']);
        var path = end < 0 ? address : address[..end];
        if (!path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || path.Contains(':', StringComparison.Ordinal) || path.StartsWith('/'))
            return null;
        var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(notebook)!, Uri.UnescapeDataString(path)));
        return pages.TryGetValue(target, out var found) ? Relative(page, found) + (end < 0 ? "" : address[end..]) : null;
    }

    /// <summary>The way from one file to another, as an address.</summary>
    public static string Relative(string from, string to) => string.Join(
        '/', Path.GetRelativePath(Path.GetDirectoryName(from)!, to).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
}
