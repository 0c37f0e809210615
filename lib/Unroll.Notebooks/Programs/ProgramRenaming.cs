using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Unroll.Notebooks.Programs;

/// <summary>
/// Finds what must be called otherwise in a program: what an earlier cell has declared already, and the variable of a loop or
/// block that has the name of one outside, which C# allows in a notebook and not in a program.
/// </summary>
internal sealed class ProgramRenaming(ProgramNames names)
{
    // What the names that cells have declared so far are in the program: of those declared twice, the last.
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);

    /// <summary>Declares what a cell declares at its top.</summary>
    public void Declare(SemanticModel model)
    {
        foreach (var name in TopNames(model).Distinct(StringComparer.Ordinal))
        {
            _current[name] = names.Declare(name);
        }
    }

    /// <summary>The changes of names in a cell.</summary>
    public IEnumerable<TextChange> Changes(SemanticModel model)
    {
        var locals = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        foreach (var token in model.SyntaxTree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
        {
            if (token.Parent is { } node && NewName(model, node, token, locals) is { } name && name != token.ValueText)
                yield return Change(model, node, token, name);
        }
    }

    private static IEnumerable<string> TopNames(SemanticModel model)
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            var symbol = node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or
                MethodDeclarationSyntax ? model.GetDeclaredSymbol(node) : null;
            if (symbol is not null && IsTop(symbol))
                yield return symbol.Name;
        }
    }

    private static bool IsTop(ISymbol symbol) => symbol.ContainingSymbol is INamedTypeSymbol { TypeKind: TypeKind.Submission };

    /// <summary>What a name in the code is the name of.</summary>
    private static ISymbol? Meaning(SemanticModel model, SyntaxNode node, SyntaxToken token) => node switch
    {
        IdentifierNameSyntax { IsVar: true } => null,
        SimpleNameSyntax name => model.GetSymbolInfo(name) is var info ? info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null) : null,
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => model.GetDeclaredSymbol(node)?.ContainingType,
        _ => model.GetDeclaredSymbol(node) is { } declared && declared.Name == token.ValueText ? declared : null,
    };

    private string? NewName(SemanticModel model, SyntaxNode node, SyntaxToken token, Dictionary<ISymbol, string> locals)
    {
        var symbol = Meaning(model, node, token);
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
            symbol = symbol.ContainingType;

        // A cell comes before the libraries; and where a cell is not seen, what nobody knows is its.
        if (symbol is null || symbol.DeclaringSyntaxReferences.IsEmpty)
            return node is SimpleNameSyntax name && StandsAlone(name) ? _current.GetValueOrDefault(token.ValueText) : null;
        if (IsTop(symbol))
            return _current.GetValueOrDefault(symbol.Name);
        if (symbol is not (ILocalSymbol or IRangeVariableSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction }) || IsInFunction(symbol))
            return null;
        if (!locals.TryGetValue(symbol, out var given))
            locals[symbol] = given = names.DeclareInBlock(symbol.Name);
        return given;
    }

    /// <summary>Whether a name is looked up by itself, and not in what stands before it or around it.</summary>
    private static bool StandsAlone(SimpleNameSyntax name) => name is not IdentifierNameSyntax { IsVar: true } && name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name != name,
        QualifiedNameSyntax qualified => qualified.Right != name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or AliasQualifiedNameSyntax or UsingDirectiveSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
        _ => true,
    };

    /// <summary>Functions may have variables of the same names as those around them.</summary>
    private static bool IsInFunction(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declared &&
        declared.Ancestors().Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax
            or BaseTypeDeclarationSyntax or AccessorDeclarationSyntax);

    /// <summary>Where the compiler takes another name from the variable's, that name stays.</summary>
    private static TextChange Change(SemanticModel model, SyntaxNode node, SyntaxToken token, string name)
    {
        var plain = token.ValueText;
        return node.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } call }
                when model.GetConstantValue(call).HasValue => new TextChange(call.Span, $"\"{plain}\""),
            AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } => new TextChange(token.Span, $"{plain} = {name}"),
            ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax tuple } when !IsTarget(tuple) => new TextChange(token.Span, $"{plain}: {name}"),
            _ => new TextChange(token.Span, name),
        };
    }

    private static bool IsTarget(TupleExpressionSyntax tuple) =>
        tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;
}
