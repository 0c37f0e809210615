using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Notebooks.Session;

/// <summary>What stands at a place of the code: its signatures, and what its documentation says.</summary>
internal static class CodeInspection
{
    private const int FewOverloads = 5;

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMemberOptions(SymbolDisplayFormat.FullyQualifiedFormat.MemberOptions
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeModifiers)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeModifiers)
        .WithKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword);

    private static readonly SymbolDisplayFormat TypeFormat = Format.WithKindOptions(SymbolDisplayKindOptions.None);

    /// <summary>The text for <paramref name="position"/>; null where no name stands there.</summary>
    public static string? Describe(SemanticModel model, int position, bool isDetailed)
    {
        var symbols = At(model, position);
        if (symbols.Count == 0)
            return null;
        var text = new StringBuilder();
        var shown = isDetailed ? symbols.Count : FewOverloads;
        text.Append(SignatureOf(symbols[0])).Append('\n');

        // Before the other overloads: a tooltip shows a few lines.
        if (symbols.Select(Documentation.Of).FirstOrDefault(doc => doc is not null) is { } documentation)
            text.Append(documentation).Append('\n').Append(symbols.Count > 1 ? "\n" : "");
        foreach (var symbol in symbols.Take(shown).Skip(1))
            text.Append(SignatureOf(symbol)).Append('\n');
        if (symbols.Count > shown)
            text.Append("… and ").Append(symbols.Count - shown).Append(" more overloads\n");
        return text.ToString().TrimEnd();
    }

    /// <summary>A variable of an earlier cell is a field to the compiler, of a class that nobody wrote.</summary>
    private static string SignatureOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol { ContainingType.IsScriptClass: true } field => $"{field.Type.ToDisplayString(TypeFormat)} {field.Name}",
        ILocalSymbol local => $"{local.Type.ToDisplayString(TypeFormat)} {local.Name}",
        IMethodSymbol { ContainingType.IsScriptClass: true } method => method.ToDisplayString(
            Format.WithMemberOptions(Format.MemberOptions & ~SymbolDisplayMemberOptions.IncludeContainingType)),
        _ => symbol.ToDisplayString(Format),
    };

    private static IReadOnlyList<ISymbol> At(SemanticModel model, int position)
    {
        var root = model.SyntaxTree.GetRoot();
        foreach (var place in new[] { position, position - 1 }.Where(place => place >= 0))
        {
            var token = root.FindToken(place);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(place) && token.Parent is { } named
                && Symbols(model, named) is { Count: > 0 } found)
            {
                return found;
            }
        }

        // Between the brackets of a call it is the method that is asked for.
        var call = root.FindToken(Math.Max(position - 1, 0)).Parent?.FirstAncestorOrSelf<ArgumentListSyntax>()?.Parent;
        return call switch
        {
            InvocationExpressionSyntax invocation => Symbols(model, invocation.Expression),
            BaseObjectCreationExpressionSyntax creation => Symbols(model, creation),
            _ => [],
        };
    }

    private static IReadOnlyList<ISymbol> Symbols(SemanticModel model, SyntaxNode node)
    {
        var group = model.GetMemberGroup(node);
        var info = model.GetSymbolInfo(node);
        if (info.Symbol is { } symbol)
            return [symbol, .. group.Where(each => !SymbolEqualityComparer.Default.Equals(each, symbol))];
        if (!group.IsEmpty || !info.CandidateSymbols.IsEmpty)
            return [.. group.IsEmpty ? info.CandidateSymbols : group];
        return model.GetDeclaredSymbol(node) is { } declared ? [declared] : [];
    }
}
