using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Unroll.Notebooks.Pages;

/// <summary>
/// C# as HTML in colours: what the parser knows of each token, as a class. Only what it takes to read, no meaning: that
/// would need the compilation.
/// </summary>
internal static class CodeView
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>The code, with spans of the classes <c>k</c> (keyword), <c>s</c> (string), <c>n</c> (number), <c>t</c> (type),
    /// <c>m</c> (method), <c>c</c> (comment) and <c>d</c> (directive).</summary>
    public static string Write(string code)
    {
        var text = SourceText.From(code);
        var hidden = WithoutCommands(text);
        var html = new StringBuilder();
        var at = 0;
        foreach (var (span, style) in Spans(CSharpSyntaxTree.ParseText(hidden, Options).GetRoot()).Concat(Commands(text)).OrderBy(each => each.Span.Start))
        {
            if (span.Start < at)
                continue;
            Append(html, text, TextSpan.FromBounds(at, span.Start));
            html.Append("<span class=\"").Append(style).Append("\">");
            Append(html, text, span);
            html.Append("</span>");
            at = span.End;
        }

        Append(html, text, TextSpan.FromBounds(at, text.Length));
        return html.ToString();
    }

    private static void Append(StringBuilder html, SourceText text, TextSpan span) => html.Append(WebUtility.HtmlEncode(text.ToString(span)));

    /// <summary>Lines for the notebook are no C#: blanks of their length stand in for them.</summary>
    private static SourceText WithoutCommands(SourceText text) => text.WithChanges(
        Commands(text).Select(each => new TextChange(each.Span, new string(' ', each.Span.Length))));

    private static IEnumerable<(TextSpan Span, string Style)> Commands(SourceText text) =>
        text.Lines.Where(line => line.ToString().TrimStart().StartsWith("#!", StringComparison.Ordinal)).Select(line => (line.Span, "d"));

    private static IEnumerable<(TextSpan Span, string Style)> Spans(SyntaxNode root)
    {
        foreach (var token in root.DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia.Concat(token.TrailingTrivia))
            {
                if (trivia.IsDirective)
                    yield return (Trimmed(trivia), "d");
                else if (IsComment(trivia))
                    yield return (trivia.Span, "c");
            }

            if (Style(token) is { } style && token.Span.Length > 0)
                yield return (token.Span, style);
        }
    }

    /// <summary>A directive's trivia holds the end of its line.</summary>
    private static TextSpan Trimmed(SyntaxTrivia trivia) => new(trivia.SpanStart, trivia.ToString().TrimEnd().Length);

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static string? Style(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken => "s",
        SyntaxKind.IdentifierToken => Identifier(token),
        var kind when SyntaxFacts.IsKeywordKind(kind) => "k",
        _ => null,
    };

    private static string? Identifier(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or ConstructorDeclarationSyntax or TypeParameterSyntax => "t",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "m",
        IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { IsNint: true } or IdentifierNameSyntax { IsNuint: true } => "k",
        SimpleNameSyntax name => Name(name),
        _ => null,
    };

    /// <summary>A name in code: a type where only a type can stand, a method where it is called.</summary>
    private static string? Name(SimpleNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is QualifiedNameSyntax qualified && qualified.Right == whole)
            whole = qualified;
        return whole.Parent switch
        {
            InvocationExpressionSyntax call when call.Expression == whole => "m",
            MemberAccessExpressionSyntax access when access.Name == whole => access.Parent is InvocationExpressionSyntax call && call.Expression == access ? "m" : null,
            MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax } => "m",
            ObjectCreationExpressionSyntax created when created.Type == whole => "t",
            VariableDeclarationSyntax declared when declared.Type == whole => "t",
            ParameterSyntax parameter when parameter.Type == whole => "t",
            MethodDeclarationSyntax method when method.ReturnType == whole => "t",
            LocalFunctionStatementSyntax function when function.ReturnType == whole => "t",
            PropertyDeclarationSyntax property when property.Type == whole => "t",
            CastExpressionSyntax cast when cast.Type == whole => "t",
            TypeArgumentListSyntax or BaseTypeSyntax or ArrayTypeSyntax or NullableTypeSyntax or TypeOfExpressionSyntax
                or DeclarationPatternSyntax or RecursivePatternSyntax or DeclarationExpressionSyntax or ForEachStatementSyntax
                or TypeConstraintSyntax or AttributeSyntax or CatchDeclarationSyntax when IsTypeOf(whole) => "t",
            _ => name is GenericNameSyntax ? "t" : null,
        };
    }

    /// <summary>Whether the node is the type in its parent, not the expression that is looped over or matched.</summary>
    private static bool IsTypeOf(SyntaxNode node) => node.Parent is not ForEachStatementSyntax loop || loop.Type == node;
}
