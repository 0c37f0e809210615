using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Sessions;

/// <summary>Whether code can run as it is, needs more lines, or is wrong whatever follows.</summary>
/// <param name="Status">In Jupyter's words: <c>complete</c>, <c>incomplete</c>, <c>invalid</c> or <c>unknown</c>.</param>
/// <param name="Indent">With what the next line should begin, where one must follow.</param>
internal sealed record Completeness(string Status, string? Indent = null)
{
    private const int IndentWidth = 4;

    /// <summary>Nobody could say; front ends send such code.</summary>
    public static Completeness Unknown { get; } = new("unknown");

    /// <summary>Judges <paramref name="code"/>.</summary>
    public static Completeness Check(string code)
    {
        if (ScriptSyntax.TryParse(WithoutDirectives(code)) is not { } tree)
            return Unknown;
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new Completeness("incomplete", new string(' ', IndentWidth * Depth(tree)));
        var isWrong = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new Completeness(isWrong ? "invalid" : "complete");
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
