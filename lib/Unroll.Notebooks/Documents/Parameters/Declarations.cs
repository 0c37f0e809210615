using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unroll.Notebooks.Documents.Parameters;

/// <summary>The variables that a cell declares at its top level.</summary>
internal static class Declarations
{
    /// <summary>
    /// Their names, and their types where the words of the cell tell them; none for a cell that is not to be parsed here
    /// (<see cref="ScriptSyntax"/>).
    /// </summary>
    public static Dictionary<string, string?> Of(string source)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (ScriptSyntax.TryParse(HostLines.Blank(source)) is not { } tree)
            return variables;
        foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<VariableDeclarationSyntax>())
        {
            if (declaration.Parent?.Parent is not (CompilationUnitSyntax or GlobalStatementSyntax))
                continue;
            foreach (var variable in declaration.Variables)
                variables[variable.Identifier.ValueText] = declaration.Type.IsVar ? Guess(variable) : declaration.Type.ToString();
        }

        return variables;
    }

    /// <summary>The type of <c>var rate = 0.1</c>.</summary>
    private static string? Guess(VariableDeclaratorSyntax variable)
    {
        var value = variable.Initializer?.Value;
        if (value is PrefixUnaryExpressionSyntax signed)
            value = signed.Operand;
        return (value as LiteralExpressionSyntax)?.Token.Value switch
        {
            int => "int",
            long => "long",
            float => "float",
            double => "double",
            decimal => "decimal",
            string => "string",
            bool => "bool",
            char => "char",
            _ => null,
        };
    }
}
