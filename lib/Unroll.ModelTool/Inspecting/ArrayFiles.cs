using System.IO.Compression;
using Unroll.Keras.Arrays;

namespace Unroll.ModelTool.Inspecting;

/// <summary>Tells what is in files of arrays by their headers; the numbers are not read.</summary>
internal static class ArrayFiles
{
    public static DescribedFile Safetensors(string path)
    {
        using var stream = File.OpenRead(path);
        var header = SafetensorsHeader.Read(stream, Path.GetFileName(path));
        var entries = header.Entries;
        return new DescribedFile(Path.GetFileName(path), $"safetensors, {Counted(entries.Count, entries.Select(entry => entry.Shape))}")
            .List("Metadata", header.Metadata.Select(pair => $"{pair.Key}: {pair.Value}"))
            .List("Tensors", entries.Select(entry => new DescribedTensor(entry.Name, $"{entry.Shape}", entry.Type.Name)));
    }

    public static DescribedFile Npy(string path)
    {
        using var stream = File.OpenRead(path);
        var header = NpyHeader.Read(stream, Path.GetFileName(path));
        return new DescribedFile(Path.GetFileName(path), $"NumPy's .npy, {Counted(1, [header.Shape])}", $"{header.Shape}  {Kind(header)}");
    }

    /// <summary>An array that holds no numbers is named, and the others listed.</summary>
    public static DescribedFile Npz(string path)
    {
        const string Extension = ".npy";
        var file = Path.GetFileName(path);
        var headers = new List<(string Name, NpyHeader Header)>();
        var unknown = new List<string>();
        using var archive = Open(path, file);
        foreach (var entry in archive.Entries)
        {
            try
            {
                using var stream = entry.Open();
                var name = entry.FullName.EndsWith(Extension, StringComparison.Ordinal) ? entry.FullName[..^Extension.Length] : entry.FullName;
                headers.Add((name, NpyHeader.Read(stream, entry.FullName)));
            }
            catch (Exception error) when (error is NotSupportedException or InvalidDataException)
            {
                unknown.Add(error.Message);
            }
        }

        return new DescribedFile(file, $"NumPy's .npz, {Counted(headers.Count, headers.Select(one => one.Header.Shape))}")
            .List("Arrays", headers.Select(one => new DescribedTensor(one.Name, $"{one.Header.Shape}", Kind(one.Header))))
            .List("Not here", unknown);
    }

    private static string Kind(NpyHeader header) =>
        $"{header.Type.Name}{(header.IsBigEndian ? ", most significant byte first" : "")}{(header.IsFortranOrder ? ", column after column" : "")}";

    private static ZipArchive Open(string path, string file)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{file} is not a zip archive of arrays, or is damaged. {error.Message}", error);
        }
    }

    private static string Counted(int arrays, IEnumerable<Shape> shapes) =>
        $"{DescribedFile.Count(DescribedFile.Sizes(shapes), "number")} in {DescribedFile.Count(arrays, "array")}";
}
