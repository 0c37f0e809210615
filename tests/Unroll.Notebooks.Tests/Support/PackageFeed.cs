using System.IO.Compression;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Notebooks.Tests.Support;

/// <summary>A folder of packages, each written here: a zip with a description and files.</summary>
internal sealed class PackageFeed(string folder)
{
    /// <summary>Adds a package of <paramref name="files"/>: the path in the package, and the bytes.</summary>
    public void Add(string name, string version, string dependencies, params (string Path, byte[] Bytes)[] files)
    {
        Directory.CreateDirectory(folder);
        using var package = ZipFile.Open(Path.Combine(folder, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        var description = $"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{name}</id><version>{version}</version><authors>test</authors><description>test</description>
                <dependencies><group targetFramework="net10.0">{dependencies}</group></dependencies>
              </metadata>
            </package>
            """;
        foreach (var (path, bytes) in ((string Path, byte[] Bytes)[])[($"{name}.nuspec", Encoding.UTF8.GetBytes(description)), .. files])
        {
            using var entry = package.CreateEntry(path).Open();
            entry.Write(bytes);
        }
    }

    /// <summary>An assembly of <paramref name="code"/>.</summary>
    public static byte[] Compile(string name, string code, params byte[][] references)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), .. references.Select(image => MetadataReference.CreateFromImage(image))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics);
        return stream.ToArray();
    }
}
