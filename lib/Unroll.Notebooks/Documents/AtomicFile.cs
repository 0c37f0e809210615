using System.Text;

namespace Unroll.Notebooks.Documents;

/// <summary>Writes a file whole or not at all: into a sibling first, then renamed over the old one.</summary>
internal static class AtomicFile
{
    /// <summary>Drafts are hidden, and ours by their name.</summary>
    private const string Purpose = ".unroll";

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var target = ResolveLink(Path.GetFullPath(path));
        var folder = Path.GetDirectoryName(target)!;
        Leftovers.Remove(folder, Purpose);
        var draft = Path.Combine(folder, Leftovers.Name(Purpose));
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            KeepMode(target, draft);
            File.Move(draft, target, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>A link stays a link: what it points to is replaced.</summary>
    private static string ResolveLink(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;

    private static void KeepMode(string target, string draft)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
    }
}
