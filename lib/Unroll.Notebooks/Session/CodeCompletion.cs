using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>What could stand at a place of the code: members after a dot, else all names and keywords.</summary>
internal static class CodeCompletion
{
    private static readonly string[] Keywords = [.. SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText).Order(StringComparer.Ordinal)];

    /// <summary>The items, and where what they replace begins.</summary>
    public static (IEnumerable<CodeItem> Items, int Start) Find(SemanticModel model, int position)
    {
        var text = model.SyntaxTree.GetText();
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1]))
            start--;
        var typed = text.ToString(new Microsoft.CodeAnalysis.Text.TextSpan(start, position - start));
        if (IsText(model.SyntaxTree, start))
            return ([], position);

        var left = Left(model.SyntaxTree, start);
        var symbols = left is null ? model.LookupSymbols(start) : Members(model, start, left);
        var items = symbols
            .Where(symbol => symbol.CanBeReferencedByName && symbol.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .GroupBy(symbol => symbol.Name, StringComparer.Ordinal)
            .Select(group => new CodeItem(group.Key, Kind(group.First()), Signature([.. group])));
        if (left is null)
        {
            items = CallCompletion.Find(model, start).Where(item => item.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Concat(items).Concat(Keywords
                .Where(word => typed.Length > 0 && word.StartsWith(typed, StringComparison.Ordinal))
                .Select(word => new CodeItem(word, "keyword", "")));
        }

        return (items.DistinctBy(item => item.Text, StringComparer.Ordinal).OrderBy(item => item.Text, StringComparer.OrdinalIgnoreCase), start);
    }

    /// <summary>Nothing is completed inside strings and comments.</summary>
    private static bool IsText(SyntaxTree tree, int position)
    {
        var root = tree.GetRoot();
        var trivia = root.FindTrivia(Math.Max(position - 1, 0));
        if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            return true;
        var token = root.FindToken(Math.Max(position - 1, 0));
        return token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            && token.SpanStart < position && position < token.Span.End + (token.ContainsDiagnostics ? 1 : 0);
    }

    /// <summary>What stands left of the dot before <paramref name="start"/>; null where there is no dot.</summary>
    private static ExpressionSyntax? Left(SyntaxTree tree, int start)
    {
        if (start == 0)
            return null;
        var token = tree.GetRoot().FindToken(start - 1);
        if (!token.IsKind(SyntaxKind.DotToken) && !token.IsKind(SyntaxKind.MinusGreaterThanToken) && !token.IsKind(SyntaxKind.ColonColonToken))
            return null;
        return token.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, int start, ExpressionSyntax left)
    {
        // A name before a line break and a dot is read as a type's; it is asked for as a value too.
        var value = left is NameSyntax ? SyntaxFactory.ParseExpression(left.ToString()) : null;
        var symbol = value is null
            ? model.GetSymbolInfo(left).Symbol
            : model.GetSpeculativeSymbolInfo(left.SpanStart, value, SpeculativeBindingOption.BindAsExpression).Symbol;
        if (symbol is INamespaceOrTypeSymbol container)
            return model.LookupSymbols(start, container).Where(member => member.IsStatic || member is INamespaceOrTypeSymbol);
        var type = value is null
            ? model.GetTypeInfo(left).Type
            : model.GetSpeculativeTypeInfo(left.SpanStart, value, SpeculativeBindingOption.BindAsExpression).Type;
        return type is null or IErrorTypeSymbol
            ? []
            : model.LookupSymbols(start, type, includeReducedExtensionMethods: true)
                .Where(member => !member.IsStatic && member is not INamespaceOrTypeSymbol);
    }

    private static string Kind(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IFieldSymbol { IsConst: true } => "constant",
        IFieldSymbol { ContainingType.IsScriptClass: true } => "instance",
        IFieldSymbol => "field",
        IEventSymbol => "event",
        INamespaceSymbol => "module",
        ITypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        ITypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        ITypeSymbol => "class",
        _ => "instance",
    };

    private static string Signature(IReadOnlyList<ISymbol> overloads)
    {
        var more = overloads.Count > 1 ? $" (+{overloads.Count - 1})" : "";
        return overloads[0] switch
        {
            IMethodSymbol method => $"({string.Join(", ", method.Parameters.Select(Short))}){more}",
            IPropertySymbol property => Short(property.Type),
            IFieldSymbol field => Short(field.Type),
            ILocalSymbol local => Short(local.Type),
            _ => "",
        };
    }

    /// <summary>A type or parameter as a person would write it here.</summary>
    public static string Short(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
