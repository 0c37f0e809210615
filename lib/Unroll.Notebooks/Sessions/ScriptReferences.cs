using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;

namespace Unroll.Notebooks.Sessions;

/// <summary>
/// What every cell can use without a <c>#r</c>: .NET itself and the helpers, nothing else of this host.
/// </summary>
internal static class ScriptReferences
{
    /// <summary>The references, made once a process: Roslyn keeps what it read of them.</summary>
    public static ImmutableArray<MetadataReference> All { get; } =
        [.. Framework(), Reference(typeof(Kernel).Assembly.Location)];

    private static IEnumerable<MetadataReference> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Directory.EnumerateFiles(folder, "*.dll").Where(IsManaged).Order(StringComparer.Ordinal).Select(Reference);
    }

    private static MetadataReference Reference(string path) => MetadataReference.CreateFromFile(path);

    private static bool IsManaged(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        return image.HasMetadata && image.GetMetadataReader().IsAssembly;
    }
}
