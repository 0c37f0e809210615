using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Makes the loops of a cell check in each round, and its functions at their start, whether the cell was interrupted. The
/// runtime can stop a thread from outside, but where the thread calls or allocates that often ends the process (.NET
/// 10.0.12 on Linux), and with it the variables. Lambdas without braces do not check, because they may be data; finalizers
/// and static constructors neither, because an error there outlives the cell.
/// </summary>
internal static class InterruptionChecks
{
    private const string Check = "global::Microsoft.DotNet.Interactive.KernelInvocationContext.ThrowIfInterrupted();";

    /// <summary>The code with the checks; lines stay, columns do not.</summary>
    public static string AddTo(string code)
    {
        var tree = ScriptSyntax.Parse(code);
        var nodes = tree.GetRoot().DescendantNodes(node => !OutlivesCell(node)).ToList();
        var changes = nodes.Select(Body).OfType<StatementSyntax>().SelectMany(Changes)
            .Concat(nodes.SelectMany(ArrowChanges))
            .OrderBy(change => change.Span.Start)
            .ToList();
        return changes.Count == 0 ? code : tree.GetText().WithChanges(changes).ToString();
    }

    private static bool OutlivesCell(SyntaxNode node) => node is DestructorDeclarationSyntax
        || (node is ConstructorDeclarationSyntax constructor && constructor.Modifiers.Any(SyntaxKind.StaticKeyword));

    /// <summary>What a loop repeats or a function does; null where the node is neither.</summary>
    private static StatementSyntax? Body(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        ForStatementSyntax loop => loop.Statement,
        CommonForEachStatementSyntax loop => loop.Statement,
        LocalFunctionStatementSyntax function => function.Body,
        BaseMethodDeclarationSyntax function when !OutlivesCell(function) => function.Body,
        AnonymousFunctionExpressionSyntax function => function.Block,
        _ => null,
    };

    private static IEnumerable<TextChange> Changes(StatementSyntax body) => body is BlockSyntax block
        ? [Insertion(block.OpenBraceToken.Span.End, Check)]
        : [Insertion(body.Span.Start, "{" + Check), Insertion(body.Span.End, "}")];

    /// <summary>An expression-bodied function gets the braces that the check needs.</summary>
    private static IEnumerable<TextChange> ArrowChanges(SyntaxNode node)
    {
        var (type, modifiers, arrow, end) = node switch
        {
            LocalFunctionStatementSyntax { ExpressionBody: { } body } function => (function.ReturnType, function.Modifiers, body, function.SemicolonToken),
            MethodDeclarationSyntax { ExpressionBody: { } body } function => (function.ReturnType, function.Modifiers, body, function.SemicolonToken),
            _ => default,
        };
        if (arrow is null || end.IsMissing)
            return [];
        var says = arrow.Expression is ThrowExpressionSyntax || !HasValue(type, modifiers) ? "" : "return ";
        return
        [
            new TextChange(arrow.ArrowToken.Span, "{" + Check + says),
            Insertion(end.Span.End, "}"),
        ];
    }

    private static bool HasValue(TypeSyntax type, SyntaxTokenList modifiers)
    {
        if (!modifiers.Any(SyntaxKind.AsyncKeyword))
            return type is not PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        var name = type is QualifiedNameSyntax qualified ? qualified.Right : type;
        return name is GenericNameSyntax;
    }

    private static TextChange Insertion(int place, string text) => new(new TextSpan(place, 0), text);
}
