using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>Finds whether code can run as it is, needs more lines, or is wrong whatever follows.</summary>
internal static class CompletenessCheck
{
    private const int IndentWidth = 4;

    /// <summary>Judges <paramref name="code"/>.</summary>
    public static Completeness Of(string code)
    {
        if (HostLines.Languages(code, CellLanguage.CSharp).Any(language => language != CellLanguage.CSharp))
            return Completeness.Unknown;
        if (ScriptSyntax.TryParse(HostLines.Blank(code)) is not { } tree)
            return Completeness.Unknown;
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new Completeness("incomplete", new string(' ', IndentWidth * Depth(tree)));
        var isWrong = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new Completeness(isWrong ? "invalid" : "complete");
    }

    /// <summary>How many brackets are open at the end.</summary>
    private static int Depth(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing))
        {
            depth += token.Kind() switch
            {
                SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
                SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
                _ => 0,
            };
        }

        return Math.Max(depth, 0);
    }
}
