using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session;

namespace Unroll.Notebooks.Programs;

/// <summary>
/// Asks the compiler what the names in a notebook's cells mean, each cell seeing those before; nothing runs. Packages are not
/// here, and a cell that needs one has errors: those after it do not see it.
/// </summary>
/// <param name="folder">The notebook's, where a path of a library begins.</param>
internal sealed class ProgramChain(string folder)
{
    private readonly List<MetadataReference> _libraries = [];
    private CSharpCompilation? _last;

    /// <summary>The meaning of the next piece of code.</summary>
    public SemanticModel Add(string code)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, metadataReferenceResolver: new CellMetadataResolver(folder),
            sourceReferenceResolver: new CellSourceResolver(folder), usings: _last is null ? ScriptChain.Imports : []);
        var tree = ScriptSyntax.Parse(code);
        var compilation = CSharpCompilation.CreateScriptCompilation(
            Guid.NewGuid().ToString("n"), tree, _last is null ? ScriptReferences.All : [], options, _last, typeof(object));
        _libraries.AddRange(compilation.DirectiveReferences);
        if (!compilation.GetDiagnostics().Any(each => each.Severity == DiagnosticSeverity.Error))
            _last = compilation;
        return compilation.GetSemanticModel(tree);
    }

    /// <summary>The libraries that cells name by their paths and that are there.</summary>
    public IReadOnlyList<MetadataReference> Libraries => _libraries;
}
