using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>A notebook file, read and checked by <see cref="NotebookReader"/>.</summary>
internal sealed class Notebook(string path, JsonObject root, IReadOnlyList<NotebookCell> cells)
{
    /// <summary>The full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>The whole document.</summary>
    public JsonObject Root { get; } = root;

    /// <summary>Whether the format has ids for cells: 4.5 does.</summary>
    public bool HasCellIds => Root["nbformat_minor"]!.GetValue<int>() >= 5;

    /// <summary>Every cell, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; } = cells;

    /// <summary>The bytes that were read, as a hash; empty where it came from no file.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>What was mended or assumed while reading, a line each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The code cells, in order, whatever their language.</summary>
    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.Kind == CellKind.Code);

    /// <summary>The file's text as Jupyter would write it.</summary>
    public string ToText()
    {
        foreach (var cell in Cells)
            cell.NormalizeSource();
        return JupyterJson.Write(Root);
    }

    /// <summary>Writes the notebook to <paramref name="target"/>, whole or not at all.</summary>
    public void Save(string target) => AtomicFile.Write(target, ToText());

    /// <summary>Writes the notebook over the file that it was read from, unless somebody has changed that since.</summary>
    public bool TryReplace(string target)
    {
        var text = ToText();
        if (!File.Exists(target) || !SHA256.HashData(File.ReadAllBytes(target)).AsSpan().SequenceEqual(Hash.Span))
            return false;
        AtomicFile.Write(target, text);
        return true;
    }
}
