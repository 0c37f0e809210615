using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Finds what <c>#r</c> names. Packages have been taken out of cells by then; in a file that a cell loads their line is
/// still there, and has no effect.
/// </summary>
internal sealed class CellMetadataResolver(string folder) : MetadataReferenceResolver, IEquatable<CellMetadataResolver>
{
    private readonly string _folder = folder;
    private readonly ScriptMetadataResolver _files = ScriptMetadataResolver.Default.WithBaseDirectory(folder);

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => _files.ResolveMissingAssemblies;

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        reference.TrimStart().StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)
            ? [ScriptReferences.Helpers]
            : _files.ResolveReference(reference, baseFilePath, properties);

    /// <summary>
    /// Finds what a reference of the notebook's refers to. What this host refers to is not looked for: the helpers that
    /// cells see use types of .NET alone, and the compiler's own assemblies would be read whole, 35 MB a session.
    /// </summary>
    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        definition == ScriptReferences.Helpers ? null : _files.ResolveMissingAssembly(definition, referenceIdentity);

    /// <inheritdoc/>
    public bool Equals(CellMetadataResolver? other) => other is not null && other._folder == _folder;

    /// <inheritdoc/>
    public override bool Equals(object? other) => Equals(other as CellMetadataResolver);

    /// <inheritdoc/>
    public override int GetHashCode() => _folder.GetHashCode(StringComparison.Ordinal);
}
