using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>The pictures of one page: each is found where the notebook says, and embedded while there is room.</summary>
/// <param name="folder">The notebook's folder.</param>
internal sealed class PagePictures(string folder)
{
    private long _room = PageLimits.PageBytes;

    /// <summary>The <c>data:</c> address of the picture that <paramref name="source"/> names.</summary>
    /// <param name="source">What stands in the notebook.</param>
    /// <param name="attachments">The files attached to the cell; null for none.</param>
    /// <exception cref="UndrawableException">It is not here, or not to be embedded; the message says why.</exception>
    public string Find(string source, JsonObject? attachments)
    {
        var url = Locate(source, attachments);
        if (url.Length > _room)
            throw new UndrawableException($"the pictures of this page have {PageLimits.PageBytes / 1024 / 1024} MB already");
        _room -= url.Length;
        return url;
    }

    private string Locate(string source, JsonObject? attachments)
    {
        if (source.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return PictureData.OfUrl(source);
        if (source.StartsWith("attachment:", StringComparison.OrdinalIgnoreCase))
            return Attached(Uri.UnescapeDataString(source["attachment:".Length..]), attachments);
        if (source.StartsWith("//", StringComparison.Ordinal) || source.Contains("://", StringComparison.Ordinal))
            throw new UndrawableException("it is elsewhere, and a page loads nothing");
        return PictureData.Of(PictureFile.Read(Path.Combine(folder, Uri.UnescapeDataString(source.Split('?', '#')[0]))));
    }

    private static string Attached(string name, JsonObject? attachments)
    {
        if (attachments?[name] is not JsonObject file || file.Count == 0)
            throw new UndrawableException("it is not attached to the cell");
        var (type, content) = file.First();
        return PictureData.OfBase64(type, CellText.Of(content));
    }
}
