using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Notebooks.Sessions;

/// <summary>The lines of a cell that speak to the notebook host and not to the compiler.</summary>
internal static class Directives
{
    /// <summary>
    /// The code for the compiler: <c>#!csharp</c> becomes an empty line, so that line numbers stay. Commands that this
    /// host does not have are refused by name.
    /// </summary>
    /// <exception cref="DirectiveException">The cell uses a command that is not supported.</exception>
    public static string Check(string code, int cell)
    {
        if (!code.Contains('#', StringComparison.Ordinal))
            return code;

        var options = new CSharpParseOptions(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);
        var root = CSharpSyntaxTree.ParseText(code, options, CSharpSession.CellName(cell)).GetRoot();
        foreach (var trivia in root.DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            var line = trivia.ToFullString().Trim();
            var number = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            if (line.StartsWith("#!", StringComparison.Ordinal))
            {
                var command = line.Split((char[]?)null, 2)[0];
                if (!string.Equals(command, "#!csharp", StringComparison.OrdinalIgnoreCase)
                    && !string.Equals(command, "#!c#", StringComparison.OrdinalIgnoreCase))
                {
                    throw new DirectiveException($"The command {command} is not supported by this host yet.", number);
                }

                code = Blank(code, trivia.Span.Start, line.Length);
            }
            else if (line.StartsWith("#i ", StringComparison.Ordinal) || line.StartsWith("#i\t", StringComparison.Ordinal))
            {
                throw new DirectiveException("The command #i (a package source) is not supported by this host yet.", number);
            }
            else if (trivia.GetStructure() is ReferenceDirectiveTriviaSyntax reference
                && reference.File.ValueText.TrimStart().StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            {
                throw new DirectiveException(
                    $"#r \"{reference.File.ValueText}\" is not supported by this host yet: build the package's dll into "
                    + "a folder and reference it by its path.",
                    number);
            }
        }

        return code;
    }

    private static string Blank(string code, int start, int length) =>
        string.Concat(code.AsSpan(0, start), new string(' ', length), code.AsSpan(start + length));
}

/// <summary>A cell uses a command that this host does not have.</summary>
internal sealed class DirectiveException(string message, int line) : NotSupportedException(message)
{
    /// <summary>The line of the cell, from 1.</summary>
    public int Line { get; } = line;
}
