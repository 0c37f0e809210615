using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.Session;

namespace Unroll.Notebooks.Programs;

/// <summary>A cell's code as parts of a program: usings, statements, and types, which come last.</summary>
internal sealed class ProgramCell
{
    private readonly List<string> _usings = [];
    private readonly List<string> _types = [];
    private readonly List<string> _extensions = [];
    private readonly List<string> _libraries = [];
    private readonly List<string> _faults = [];
    private readonly List<TextChange> _changes = [];
    private readonly SemanticModel _model;
    private readonly SourceText _text;

    /// <param name="model">What the cell means.</param>
    /// <param name="renaming">Its names in the program.</param>
    public ProgramCell(SemanticModel model, ProgramRenaming renaming)
    {
        (_model, _text) = (model, model.SyntaxTree.GetText());
        var root = (CompilationUnitSyntax)model.SyntaxTree.GetRoot();
        AddSyntaxErrors();
        AddHostUses(root);
        if (_faults.Count > 0)
            return;

        renaming.Declare(model);
        _changes.AddRange(renaming.Changes(model));
        TakeDirectives(root);
        TakeUsings(root);
        foreach (var member in root.Members)
            Take(member);
        Statements = Text(root.FullSpan).Trim('\n', '\r', ' ');
    }

    public IReadOnlyList<string> Usings => _usings;

    public IReadOnlyList<string> Types => _types;

    public IReadOnlyList<string> Extensions => _extensions;

    /// <summary>The paths of libraries.</summary>
    public IReadOnlyList<string> Libraries => _libraries;

    /// <summary>Why the cell cannot be said in a program; none where it can.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public string Statements { get; private set; } = "";

    public bool Displays { get; private set; }

    private void AddSyntaxErrors()
    {
        foreach (var error in _model.SyntaxTree.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error))
            _faults.Add($"it is not C#: line {error.Location.GetLineSpan().StartLinePosition.Line + 1}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    /// <summary>A program has nothing of the host's but a way to show a value.</summary>
    private void AddHostUses(CompilationUnitSyntax root)
    {
        foreach (var name in root.DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>().Where(name => !name.IsVar))
        {
            var info = _model.GetSymbolInfo(name);
            if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not { } symbol || !IsOfHost(symbol))
                continue;
            if (symbol is IMethodSymbol { Name: "Update", Parameters.Length: 1 })
                continue;
            if (IsDisplay(symbol) && name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && ShowsOneValue(call, name))
            {
                Displays = true;
                if (call.Expression == name || call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Kernel" } })
                    _changes.Add(new TextChange(call.Expression.Span, $"{ProgramDisplay.Class}.{ProgramDisplay.Method}"));
            }
            else if (!(symbol is ITypeSymbol { Name: "Kernel" } && name.Parent is MemberAccessExpressionSyntax))
            {
                var line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                _faults.Add($"line {line} uses {name.Identifier.ValueText} of the notebook's host, which a program does not have");
            }
        }
    }

    private static bool IsOfHost(ISymbol symbol) =>
        symbol is not INamespaceSymbol && symbol.ContainingAssembly?.Name == typeof(Kernel).Assembly.GetName().Name;

    private static bool IsDisplay(ISymbol symbol) => symbol is IMethodSymbol && symbol.Name is "display" or "Display";

    private static bool ShowsOneValue(InvocationExpressionSyntax call, SimpleNameSyntax name) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Kernel" } } => call.ArgumentList.Arguments.Count == 1,
        MemberAccessExpressionSyntax access => access.Name == name && call.ArgumentList.Arguments.Count == 0,
        _ => call.Expression == name && call.ArgumentList.Arguments.Count == 1,
    };

    private void TakeDirectives(CompilationUnitSyntax root)
    {
        foreach (var trivia in root.DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            switch (trivia.GetStructure())
            {
                case ReferenceDirectiveTriviaSyntax reference:
                    _libraries.Add(reference.File.ValueText);
                    _changes.Add(new TextChange(reference.FullSpan, ""));
                    break;
                case LoadDirectiveTriviaSyntax load:
                    _faults.Add($"it loads {load.File.ValueText}, and a program is one file");
                    break;
            }
        }
    }

    private void TakeUsings(CompilationUnitSyntax root)
    {
        foreach (var line in root.Usings)
        {
            _usings.Add(Text(line.Span));
            _changes.Add(new TextChange(Line(line.Span), ""));
        }
    }

    private void Take(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case GlobalStatementSyntax { Statement: ReturnStatementSyntax }:
                _faults.Add("it returns, which would end the program and not the cell");
                break;
            case GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement }:
                Show(statement.Expression);
                break;
            case GlobalStatementSyntax:
                break;
            case FieldDeclarationSyntax field:
                DropModifiers(field.Modifiers, SyntaxKind.ConstKeyword);
                foreach (var variable in field.Declaration.Variables.Where(variable => variable.Initializer is null))
                    _changes.Add(new TextChange(new TextSpan(variable.Span.End, 0), " = default"));
                break;
            case MethodDeclarationSyntax method when method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true:
                DropModifiers(method.Modifiers, SyntaxKind.StaticKeyword);
                _changes.Add(new TextChange(new TextSpan(method.Modifiers.Span.Start, 0), "public "));
                Move(method, _extensions);
                break;
            case MethodDeclarationSyntax method:
                DropModifiers(method.Modifiers, SyntaxKind.StaticKeyword, SyntaxKind.AsyncKeyword, SyntaxKind.UnsafeKeyword);
                break;
            case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                Move(member, _types);
                break;
            default:
                _faults.Add($"a program's statements cannot have a member like {FirstLine(member)}");
                break;
        }
    }

    private void Show(ExpressionSyntax expression)
    {
        var type = _model.GetTypeInfo(expression).Type;
        if (type?.SpecialType == SpecialType.System_Void || (type?.Name == nameof(DisplayedValue) && IsOfHost(type)))
        {
            _changes.Add(new TextChange(new TextSpan(expression.Span.End, 0), ";"));
            return;
        }

        // Without the library at hand nobody knows whether a method gives anything.
        var isUnknown = type is null or IErrorTypeSymbol && expression is InvocationExpressionSyntax;
        Displays = true;
        _changes.Add(new TextChange(new TextSpan(expression.SpanStart, 0), $"{ProgramDisplay.Class}.{ProgramDisplay.Method}({(isUnknown ? "() => " : "")}"));
        _changes.Add(new TextChange(new TextSpan(expression.Span.End, 0), ");"));
    }

    private void DropModifiers(SyntaxTokenList modifiers, params SyntaxKind[] keep)
    {
        foreach (var modifier in modifiers.Where(modifier => !keep.Contains(modifier.Kind())))
            _changes.Add(new TextChange(modifier.FullSpan, modifier.LeadingTrivia.ToFullString()));
    }

    private void Move(MemberDeclarationSyntax member, List<string> to)
    {
        to.Add(Text(member.FullSpan).Trim('\n', '\r', ' '));
        _changes.RemoveAll(change => member.FullSpan.Contains(change.Span));
        _changes.Add(new TextChange(member.FullSpan, ""));
    }

    /// <summary>A part of the cell with the changes that lie in it.</summary>
    private string Text(TextSpan span)
    {
        var changes = _changes.Where(change => span.Contains(change.Span)).OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End)
            .Select(change => new TextChange(new TextSpan(change.Span.Start - span.Start, change.Span.Length), change.NewText!));
        return _text.GetSubText(span).WithChanges(changes).ToString();
    }

    /// <summary>A span and the end of its line, where nothing else follows.</summary>
    private TextSpan Line(TextSpan span)
    {
        var line = _text.Lines.GetLineFromPosition(span.End);
        var rest = _text.ToString(TextSpan.FromBounds(span.End, line.End));
        return string.IsNullOrWhiteSpace(rest) ? TextSpan.FromBounds(span.Start, line.EndIncludingLineBreak) : span;
    }

    private static string FirstLine(SyntaxNode node) => node.ToString().Split('\n')[0].Trim();
}
