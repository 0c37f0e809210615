using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Notebooks.Session;

/// <summary>Tells a cell whose value is null from a cell that has no value: Roslyn returns null for both.</summary>
internal static class TrailingValue
{
    /// <summary>Whether the cell ends in an expression without a semicolon, or returns a value.</summary>
    public static bool IsPresent(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.Last();
        var last = ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault() as GlobalStatementSyntax;
        var expression = last?.Statement switch
        {
            ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement => statement.Expression,
            ReturnStatementSyntax statement => statement.Expression,
            _ => null,
        };
        return expression is not null
            && compilation.GetSemanticModel(tree).GetTypeInfo(expression).Type?.SpecialType != SpecialType.System_Void;
    }
}
