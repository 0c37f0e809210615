using Microsoft.CodeAnalysis;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Finds what <c>#load</c> names. A cell is not a file: the machine's path must not be added to its name in stack traces.
/// </summary>
internal sealed class CellSourceResolver(string folder) : SourceFileResolver([], folder)
{
    /// <inheritdoc/>
    public override string? NormalizePath(string path, string? baseFilePath) =>
        Traceback.IsCell(path) ? path : base.NormalizePath(path, baseFilePath);
}
