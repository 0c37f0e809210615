using System.Text;

namespace Unroll.Figures.Views;

/// <summary>Writes a file whole or not at all: what was there stays until all of the new text is on the disk.</summary>
internal static class PictureFile
{
    public static void Write(string path, string ending, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(Path.HasExtension(path) ? path : path + ending);
        var draft = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            File.WriteAllText(draft, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
