using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Rooms;

/// <summary>
/// Holds the folders of a project to their order: a folder is a room, and code may name what is declared in its own room and
/// in those that the room may see. Every reference that points elsewhere is found by the compiler's own binding.
/// </summary>
internal static class RoomCheck
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>A line for each reference that points up or across: the file, the line, the symbol and its room.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="rooms">
    /// The rooms, each with those it may see; files beside the folders are in the room <c>.</c>. A folder that is not a room of
    /// its own belongs to the room that it is in.
    /// </param>
    /// <param name="references">The assemblies that the project refers to, besides those of .NET.</param>
    public static IReadOnlyList<string> Violations(
        string project, IReadOnlyDictionary<string, string[]> rooms, IEnumerable<string> references)
    {
        var compilation = Compile(project, references);
        return [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0)
            .SelectMany(tree => Violations(compilation.GetSemanticModel(tree), project, rooms))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The folders of a project that no room is named after.</summary>
    public static IReadOnlyList<string> Unknown(string project, IReadOnlyDictionary<string, string[]> rooms) =>
        [.. Files(project).Select(file => Room(file, project)).Distinct(StringComparer.Ordinal).Where(room => !rooms.ContainsKey(room)).Order(StringComparer.Ordinal)];

    private static CSharpCompilation Compile(string project, IEnumerable<string> references)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal));
        return CSharpCompilation.Create(
            "Rooms",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, options), .. Files(project).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))],
            framework.Concat(references).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    private static IEnumerable<string> Files(string project) => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static string Room(string file, string project) =>
        Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : ".";

    private static IEnumerable<string> Violations(SemanticModel model, string project, IReadOnlyDictionary<string, string[]> rooms)
    {
        var file = model.SyntaxTree.FilePath;
        var room = Room(file, project);
        foreach (var name in model.SyntaxTree.GetRoot().DescendantNodes(descendIntoTrivia: false).OfType<SimpleNameSyntax>())
        {
            foreach (var place in Declarations(model.GetSymbolInfo(name).Symbol))
            {
                var other = Room(place, project);
                if (other == room || (rooms.TryGetValue(room, out var seen) && seen.Contains(other, StringComparer.Ordinal)))
                    continue;
                var line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                yield return $"{Path.GetRelativePath(project, file)}({line}): {name.Identifier.ValueText} is in {Path.GetRelativePath(project, place)}, and {room} may not see {other}";
            }
        }
    }

    /// <summary>
    /// The files that declare a symbol. A type of several files, and a namespace, are where all of their parts are; what
    /// counts is the part that the reference needs, so a member is asked for, not its type.
    /// </summary>
    private static IEnumerable<string> Declarations(ISymbol? symbol) => symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol
        ? []
        : symbol.OriginalDefinition.DeclaringSyntaxReferences.Take(1).Select(reference => reference.SyntaxTree.FilePath).Where(path => path.Length > 0);
}
