using System.Collections.Immutable;
using System.IO.MemoryMappedFiles;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;

namespace Unroll.Notebooks.Session;

/// <summary>
/// What every cell can use without a <c>#r</c>: .NET itself and the helpers, nothing else of this host. The files are
/// mapped, not read: of the 20 MB of .NET's metadata a session touches little, and what it touches is in the system's
/// file cache, for the runtime uses the same files.
/// </summary>
internal static class ScriptReferences
{
    /// <summary>The assembly of the helpers, which is this host's.</summary>
    public static PortableExecutableReference Helpers { get; } = Reference(typeof(Kernel).Assembly.Location, hidesHost: true)!;

    /// <summary>The references, made once a process: Roslyn keeps what it read of them.</summary>
    public static ImmutableArray<MetadataReference> All { get; } =
        [.. Framework().Select(Reference).OfType<MetadataReference>(), Helpers];

    private static IEnumerable<string> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal);
    }

    /// <summary>A reference to the assembly in a file; null where it holds none, as a native library does.</summary>
    private static PortableExecutableReference? Reference(string path) => Reference(path, hidesHost: false);

    private static unsafe PortableExecutableReference? Reference(string path, bool hidesHost)
    {
        // Neither is disposed: the compiler reads from the mapping as long as the process lives.
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, hidesHost ? MemoryMappedFileAccess.CopyOnWrite : MemoryMappedFileAccess.Read);
        byte* image = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref image);
        using var headers = new PEReader(image, checked((int)view.Capacity));
        if (!headers.HasMetadata || !headers.GetMetadataReader().IsAssembly)
            return null;
        var metadata = headers.GetMetadata();
        if (hidesHost)
            HideReferences(headers.GetMetadataReader(), metadata.Pointer);
        var module = ModuleMetadata.CreateFromMetadata((nint)metadata.Pointer, metadata.Length);
        return AssemblyMetadata.Create(module).GetReference(filePath: path);
    }

    /// <summary>
    /// Gives what this host refers to, besides .NET, names that nobody asks for. The compiler looks for each assembly that is
    /// missing once a session, and remembers where it found none: what a notebook brings itself would be missing for good
    /// where the host uses it too. Only code of the host's methods needs those references, which nobody compiles.
    /// </summary>
    private static unsafe void HideReferences(MetadataReader reader, byte* metadata)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var strings = metadata + reader.GetHeapMetadataOffset(HeapIndex.String);
        foreach (var handle in reader.AssemblyReferences)
        {
            var name = reader.GetAssemblyReference(handle).Name;
            if (!File.Exists(Path.Combine(framework, reader.GetString(name) + ".dll")))
                strings[reader.GetHeapOffset(name)] = (byte)'-';
        }
    }
}
