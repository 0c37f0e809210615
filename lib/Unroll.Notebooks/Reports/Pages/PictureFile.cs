using System.Globalization;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Reads the picture files that a notebook names, where they are files and pictures and not too large.</summary>
internal static class PictureFile
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];

    /// <summary>The bytes of the picture at <paramref name="path"/>.</summary>
    /// <exception cref="UndrawableException">There is no such picture, or it is not one to embed.</exception>
    public static byte[] Read(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new UndrawableException("its name holds a zero character");
        if (!Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new UndrawableException($"its name does not end in {string.Join(", ", Extensions)}");
        try
        {
            var file = Target(path);
            if (!file.Exists)
                throw new UndrawableException(Directory.Exists(file.FullName) ? "it is a folder" : "there is no such file");

            // Pipes and devices have no length, and opening one may wait for ever.
            if (file.Length == 0)
                throw new UndrawableException("it is empty, or not a regular file");
            return Read(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UndrawableException($"the file cannot be read: {error.Message}");
        }
    }

    private static byte[] Read(FileInfo file)
    {
        if (file.Length > PageLimits.PictureBytes)
            throw new UndrawableException($"it has {Megabytes(file.Length)} MB, and at most {Megabytes(PageLimits.PictureBytes)} MB are embedded");
        using var stream = file.OpenRead();

        // A file may grow, and some claim a length that they do not have: what was measured is read, not more.
        var bytes = new byte[file.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>What a link leads to: the length of a link is that of its text.</summary>
    private static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
    }

    private static string Megabytes(long bytes) => (bytes / 1024.0 / 1024).ToString("0.#", CultureInfo.InvariantCulture);
}
