using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Commands;

/// <summary>The lessons that an installed tool has beside it, laid out as in a clone: notebooks/ and artifacts/lib/.</summary>
internal static class LessonFiles
{
    private const string Notebooks = "notebooks";

    /// <summary>Where an installed tool has them.</summary>
    public static string OfTool => Path.Combine(AppContext.BaseDirectory, "lessons");

    /// <summary>Copies them. What lies in notebooks/ already is somebody's work, and stays; the libraries are replaced.</summary>
    /// <returns>How many notebooks were written, and how many were there.</returns>
    public static (int Written, int Kept) Copy(string source, string folder)
    {
        var (written, kept) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(source, file);
            var target = Path.Combine(folder, name);
            var isKept = File.Exists(target) && name.StartsWith(Notebooks + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            if (NotebookFile.IsIpynb(file))
                (written, kept) = isKept ? (written, kept + 1) : (written + 1, kept);
            if (isKept)
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        return (written, kept);
    }
}
