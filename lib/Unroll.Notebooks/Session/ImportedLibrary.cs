using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Session;

/// <summary>A C# file with namespaces, which no script can hold: it becomes an assembly that later cells refer to.</summary>
/// <param name="Assembly">It, loaded.</param>
/// <param name="Reference">It, for the compiler.</param>
internal sealed record ImportedLibrary(Assembly Assembly, MetadataReference Reference)
{
    private static readonly CSharpParseOptions Options = ScriptSyntax.Options.WithKind(SourceCodeKind.Regular);

    private static readonly ConcurrentDictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    static ImportedLibrary() => AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Loaded.GetValueOrDefault(wanted.Name);

    /// <summary>Whether <paramref name="code"/> declares a namespace.</summary>
    public static bool IsNeededFor(string code) =>
        ((CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, Options).GetRoot()).Members.OfType<BaseNamespaceDeclarationSyntax>().Any();

    /// <summary>Compiles and loads a file.</summary>
    /// <param name="file">What errors call it.</param>
    /// <param name="code">Its text.</param>
    /// <param name="references">What it may refer to.</param>
    /// <param name="usings">The namespaces that are open in it, as in cells.</param>
    /// <exception cref="CompilationErrorException">It does not compile.</exception>
    public static ImportedLibrary Compile(string file, string code, IEnumerable<MetadataReference> references, IEnumerable<string> usings)
    {
        var text = SourceText.From(code, System.Text.Encoding.UTF8);
        var opened = string.Concat(usings.Select(name => $"global using {name};"));
        var compilation = CSharpCompilation.Create(
            $"{Path.GetFileNameWithoutExtension(file)}-{Guid.NewGuid():n}",
            [CSharpSyntaxTree.ParseText(text, Options, file), CSharpSyntaxTree.ParseText(opened, Options)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success)
            throw new CompilationErrorException($"{file} does not compile.", result.Diagnostics);
        var assembly = Assembly.Load(image.ToArray(), symbols.ToArray());

        // One that another imported file refers to is found by its name: it lies in no folder.
        Loaded[assembly.FullName!] = assembly;
        return new ImportedLibrary(assembly, MetadataReference.CreateFromImage(image.ToArray()));
    }
}
