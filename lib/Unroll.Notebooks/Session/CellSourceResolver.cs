using Microsoft.CodeAnalysis;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Finds what <c>#load</c> names. A cell is no file: its name must not grow the machine's path in stack traces.
/// </summary>
internal sealed class CellSourceResolver(string folder) : SourceFileResolver([], folder)
{
    /// <inheritdoc/>
    public override string? NormalizePath(string path, string? baseFilePath) =>
        Traceback.IsCell(path) ? path : base.NormalizePath(path, baseFilePath);
}
