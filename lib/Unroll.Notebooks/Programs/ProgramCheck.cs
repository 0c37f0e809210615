using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Notebooks.Session;

namespace Unroll.Notebooks.Programs;

/// <summary>Compiles the program that a notebook became, so that what it cannot be is said now, by cell, and not when it runs.</summary>
internal static class ProgramCheck
{
    /// <summary>Errors that are ones whatever the packages are, which are not here: of names that clash or are used too early.</summary>
    private static readonly string[] Certain =
        ["CS0100", "CS0101", "CS0111", "CS0128", "CS0136", "CS0841", "CS1527", "CS1529", "CS1671", "CS1931", "CS8801", "CS8803", "CS9298"];

    /// <summary>What .NET's console programs have without a using of their own (ImplicitUsings).</summary>
    public static readonly IReadOnlyList<string> Implicit =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    /// <param name="text">The program.</param>
    /// <param name="libraries">What it refers to, as far as it is here.</param>
    /// <param name="hasMore">Whether it refers to something that is not here.</param>
    /// <param name="cells">Which line comes from which cell.</param>
    public static IEnumerable<string> Faults(string text, IEnumerable<MetadataReference> libraries, bool hasMore, ProgramText cells)
    {
        var plain = string.Join('\n', text.Split('\n').Select(line => line.StartsWith("#:", StringComparison.Ordinal) ? "" : line));
        var usings = string.Concat(Implicit.Select(name => $"global using {name};\n"));
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var compilation = CSharpCompilation.Create(
            "program", [CSharpSyntaxTree.ParseText(plain, options), CSharpSyntaxTree.ParseText(usings, options)],
            [.. ScriptReferences.All.Where(reference => reference != ScriptReferences.Helpers), .. libraries],
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, allowUnsafe: true, metadataReferenceResolver: new CellMetadataResolver(Environment.CurrentDirectory)));
        foreach (var error in compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error))
        {
            var isSyntax = error.Location.SourceTree?.GetDiagnostics().Contains(error) == true;
            if (hasMore && !isSyntax && !Certain.Contains(error.Id, StringComparer.Ordinal))
                continue;
            var line = error.Location.GetLineSpan().StartLinePosition.Line;
            var place = cells.CellOf(line) is { } cell ? $"cell {cell}" : $"line {line + 1}";
            yield return $"{place} does not compile in a program: {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
        }
    }
}
