using System.Collections.Concurrent;
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

    /// <summary>Binding a project takes seconds, and several tests ask about the same one.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Use>>> Bound = new(StringComparer.Ordinal);

    /// <summary>A line for each reference that points up or across: the file, the line, the symbol and its room.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="rooms">
    /// The rooms by their folders (<c>Documents</c>, <c>Jupyter/Zmtp</c>), each with those it may see; files beside the folders
    /// are in the room <c>.</c>. A folder that is not a room of its own belongs to the room that it is in.
    /// </param>
    /// <param name="references">The assemblies that the project refers to, besides those of .NET.</param>
    public static IReadOnlyList<string> Violations(
        string project, IReadOnlyDictionary<string, string[]> rooms, IEnumerable<string> references)
    {
        string[] assemblies = [.. references];
        var uses = Bound.GetOrAdd(string.Join('|', [project, .. assemblies]), _ => new(() => Uses(project, assemblies))).Value;
        return [.. Violations(uses, project, rooms).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The folders of a project that no room is named after.</summary>
    public static IReadOnlyList<string> Unknown(string project, IReadOnlyDictionary<string, string[]> rooms) =>
    [
        .. Files(project).Select(file => Room(file, project, rooms)).Distinct(StringComparer.Ordinal)
            .Where(room => !rooms.ContainsKey(room)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Named as the project, so that it sees the internals that the project sees.</summary>
    private static CSharpCompilation Compile(string project, IEnumerable<string> references)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.StartsWith(runtime, StringComparison.Ordinal));
        return CSharpCompilation.Create(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(project)),
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, options),
                .. Files(project).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
            ],
            framework.Concat(references).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    private static IEnumerable<string> Files(string project) => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    /// <summary>The innermost room that a file is in; its first folder where that is none.</summary>
    private static string Room(string file, string project, IReadOnlyDictionary<string, string[]> rooms)
    {
        var folders = Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[..^1];
        if (folders.Length == 0)
            return ".";
        for (var depth = folders.Length; depth > 0; depth--)
        {
            if (string.Join('/', folders[..depth]) is var room && rooms.ContainsKey(room))
                return room;
        }

        return folders[0];
    }

    private static IEnumerable<string> Violations(IEnumerable<Use> uses, string project, IReadOnlyDictionary<string, string[]> rooms)
    {
        foreach (var (file, line, name, places) in uses)
        {
            var room = Room(file, project, rooms);
            var seen = rooms.GetValueOrDefault(room, []);
            if (places.Any(place => Room(place, project, rooms) is var other && (other == room || seen.Contains(other, StringComparer.Ordinal))))
                continue;
            yield return $"{Path.GetRelativePath(project, file)}({line}): {name} is in {Path.GetRelativePath(project, places[0])}, "
                + $"and {room} may not see {Room(places[0], project, rooms)}";
        }
    }

    private static IReadOnlyList<Use> Uses(string project, IEnumerable<string> references)
    {
        var compilation = Compile(project, references);
        return [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).SelectMany(tree => Uses(compilation.GetSemanticModel(tree)))];
    }

    /// <summary>The names in a file that are declared in other files.</summary>
    private static IEnumerable<Use> Uses(SemanticModel model)
    {
        var file = model.SyntaxTree.FilePath;
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes().Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
        {
            var info = model.GetSymbolInfo(node);
            var places = Declarations(info.Symbol ?? info.CandidateSymbols.FirstOrDefault());
            if (places.Count > 0 && !places.Contains(file, StringComparer.Ordinal))
                yield return new Use(file, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, node.ToString(), places);
        }
    }

    /// <summary>
    /// The files that declare a symbol; of an extension method, that of the method and not of its receiver. A type of several
    /// files is seen where one of its parts is, and a namespace likewise: a member counts where it is declared.
    /// </summary>
    private static IReadOnlyList<string> Declarations(ISymbol? symbol) => symbol switch
    {
        null or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol => [],

        // One that assemblies have too, such as System, is nobody's room.
        INamespaceSymbol space when space.Locations.Any(place => place.IsInMetadata) => [],
        IMethodSymbol { ReducedFrom: { } extension } => Declarations(extension),
        _ =>
        [
            .. symbol.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath)
                .Where(path => path.Length > 0).Order(StringComparer.Ordinal),
        ],
    };

    /// <summary>A name in a file, and the files that declare what it names.</summary>
    private sealed record Use(string File, int Line, string Name, IReadOnlyList<string> Places);
}
