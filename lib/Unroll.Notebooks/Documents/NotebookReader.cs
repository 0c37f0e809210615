using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>Reads notebooks of format 4.0 to 4.5 and .dib files, and refuses anything else in one line.</summary>
internal static class NotebookReader
{
    /// <summary>Reads the file at <paramref name="path"/>; <paramref name="shown"/> names it in errors.</summary>
    /// <exception cref="BadNotebookException">The file is not a notebook that this host can read.</exception>
    public static Notebook Read(string path, string shown)
    {
        byte[] bytes;
        try
        {
            // A pipe or a device has no length, and reading one may wait for ever.
            if (File.Exists(path) && new FileInfo(RealPath.Of(path)).Length == 0)
                throw new BadNotebookException($"{shown}: not a notebook: it is empty, or not a regular file");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadNotebookException($"{shown}: cannot be read: {error.Message}");
        }

        var full = Path.GetFullPath(path);
        var notebook = NotebookFile.IsDib(path) ? DibReader.Parse(bytes, full, shown) : Parse(bytes, full, shown);
        return new Notebook(full, notebook.Root, notebook.Cells) { Remarks = notebook.Remarks, Hash = SHA256.HashData(bytes) };
    }

    /// <summary>Reads a notebook from its bytes.</summary>
    /// <exception cref="BadNotebookException">The bytes are not a notebook that this host can read.</exception>
    public static Notebook Parse(ReadOnlySpan<byte> bytes, string path, string shown)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.Trim(" \t\r\n"u8).IsEmpty)
            throw new BadNotebookException($"{shown}: not a notebook: the file is empty");
        try
        {
            return JsonText.Parse(bytes) is JsonObject root
                ? FromJson(root, path, shown)
                : throw new BadNotebookException($"{shown}: not a notebook: the JSON is not an object");
        }
        catch (JsonException error)
        {
            throw new BadNotebookException(JsonText.Explain(error, bytes, shown));
        }
    }

    /// <summary>Reads a notebook from its JSON, and mends in it what has a plain meaning.</summary>
    /// <exception cref="BadNotebookException">The JSON is not a notebook that this host can read.</exception>
    public static Notebook FromJson(JsonObject root, string path, string shown)
    {
        var minor = FormatCheck.Minor(root, shown);
        if (root["cells"] is not JsonArray items)
            throw new BadNotebookException($"{shown}: not a notebook: it has no list \"cells\"");
        if (root["metadata"] is not (null or JsonObject))
            throw new BadNotebookException($"{shown}: not a notebook: its \"metadata\" is not an object");
        var metadata = root["metadata"] as JsonObject ?? [];
        var reader = new CellReader(shown, minor, metadata);
        var cells = reader.ReadAll(items);
        return new Notebook(path, root, cells) { Remarks = reader.Remarks };
    }
}
