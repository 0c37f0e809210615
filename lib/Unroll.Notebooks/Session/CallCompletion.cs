using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>What a call takes: the names of its parameters between the brackets, and what can be set between the braces after new.</summary>
internal static class CallCompletion
{
    /// <summary>The items at a place where a name begins; none where it is not within a call.</summary>
    public static IEnumerable<CodeItem> Find(SemanticModel model, int start)
    {
        var token = start == 0 ? default : model.SyntaxTree.GetRoot().FindToken(start - 1);
        if (token.Kind() is not (SyntaxKind.OpenParenToken or SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken))
            return [];
        return token.Parent switch
        {
            ArgumentListSyntax list => Parameters(model, list),
            InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } => Settable(model, model.GetTypeInfo(creation).Type),
            InitializerExpressionSyntax { Parent: WithExpressionSyntax change } => Settable(model, model.GetTypeInfo(change.Expression).Type),
            _ => [],
        };
    }

    private static IEnumerable<CodeItem> Parameters(SemanticModel model, ArgumentListSyntax list)
    {
        IEnumerable<ISymbol> methods = list.Parent switch
        {
            InvocationExpressionSyntax call => model.GetMemberGroup(call.Expression),
            ObjectCreationExpressionSyntax creation => (model.GetSymbolInfo(creation.Type).Symbol as INamedTypeSymbol)?.InstanceConstructors ?? [],
            ImplicitObjectCreationExpressionSyntax creation => (model.GetTypeInfo(creation).Type as INamedTypeSymbol)?.InstanceConstructors ?? [],
            _ => [],
        };
        var given = list.Arguments.Select(argument => argument.NameColon?.Name.Identifier.ValueText).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return methods.OfType<IMethodSymbol>()
            .SelectMany(method => method.Parameters)
            .Where(parameter => parameter.Name.Length > 0 && !given.Contains(parameter.Name))
            .DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => new CodeItem($"{parameter.Name}:", "param", CodeCompletion.Short(parameter.Type)));
    }

    private static IEnumerable<CodeItem> Settable(SemanticModel model, ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, SetMethod: { } setter } && model.IsAccessible(0, setter))
                    yield return new CodeItem(property.Name, "property", CodeCompletion.Short(property.Type));
            }
        }
    }
}
