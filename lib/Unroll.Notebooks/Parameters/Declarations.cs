using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Parameters;

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
        if (ScriptSyntax.TryParse(WithoutCommands(source)) is not { } tree)
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

    /// <summary>Lines for the host, such as <c>#!time</c>, would read as bad directives.</summary>
    private static string WithoutCommands(string source) => string.Join('\n', source.Split('\n').Select(line =>
        line.StartsWith("#!", StringComparison.Ordinal) ? "" : line));

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
