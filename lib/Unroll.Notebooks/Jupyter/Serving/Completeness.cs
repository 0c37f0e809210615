using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Notebooks.Jupyter.Messaging;

namespace Unroll.Notebooks.Jupyter.Serving;

/// <summary>Says whether code can run as it is, needs more lines, or is wrong whatever follows.</summary>
internal static class Completeness
{
    private const int IndentWidth = 4;
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>Judges <paramref name="code"/>.</summary>
    public static IsCompleteReply Check(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(WithoutDirectives(code), Options);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new IsCompleteReply("incomplete") { Indent = new string(' ', IndentWidth * Depth(tree)) };
        var isWrong = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new IsCompleteReply(isWrong ? "invalid" : "complete");
    }

    /// <summary>Lines for the notebook, such as <c>#!time</c>, are not C#; they are complete where they end.</summary>
    private static string WithoutDirectives(string code) => string.Join('\n', code.Split('\n').Select(line =>
        line.TrimStart().StartsWith("#!", StringComparison.Ordinal) || line.TrimStart().StartsWith("#i ", StringComparison.Ordinal) ? "" : line));

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
