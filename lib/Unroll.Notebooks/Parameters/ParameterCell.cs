using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Parameters;

/// <summary>
/// The cell that gives parameters their values, where papermill puts it: in place of the one of an earlier run, else
/// behind the cell tagged <c>parameters</c>, else first.
/// </summary>
internal static class ParameterCell
{
    private const string Tag = "parameters";
    private const string InjectedTag = "injected-parameters";

    /// <summary>The notebook with the cell, and what a person should know about it.</summary>
    public static (Notebook Notebook, IReadOnlyList<string> Notices) Inject(
        Notebook notebook, string shown, IReadOnlyList<RunParameter> parameters)
    {
        var defaults = notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Code && cell.HasTag(Tag));
        var earlier = notebook.Cells.FirstOrDefault(cell => cell.Kind == CellKind.Code && cell.HasTag(InjectedTag));
        var declared = Declarations(defaults?.Source ?? "");
        var lines = parameters.Select(each => ParameterCode.Statement(each, declared.GetValueOrDefault(each.Name)));
        var source = string.Join('\n', ["// Parameters", .. lines]);

        var cells = (JsonArray)notebook.Root["cells"]!;
        var place = (earlier ?? defaults)?.Number ?? 0;
        if (earlier is not null)
            cells.RemoveAt(--place);
        var cell = CellJson.Code(FreeId(notebook, earlier), source, CellLanguage.CSharp, InjectedTag);
        if (!notebook.HasCellIds)
            cell.Remove("id");
        cells.Insert(place, cell);
        return (NotebookReader.FromJson(notebook.Root, notebook.Path, shown), Notices(defaults, declared, parameters));
    }

    private static List<string> Notices(
        NotebookCell? defaults, Dictionary<string, string?> declared, IReadOnlyList<RunParameter> parameters)
    {
        if (defaults is null)
            return [$"no cell is tagged {Tag}, so the parameters stand first"];
        return [.. parameters.Where(each => !declared.ContainsKey(each.Name))
            .Select(each => $"cell {defaults.Number}, tagged {Tag}, declares no {each.Name}")];
    }

    /// <summary>The variables of a cell, and their types where the words of the cell tell them.</summary>
    private static Dictionary<string, string?> Declarations(string source)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);
        var root = CSharpSyntaxTree.ParseText(source, options).GetRoot();
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var declaration in root.DescendantNodes().OfType<VariableDeclarationSyntax>())
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
            _ => null,
        };
    }

    private static string FreeId(Notebook notebook, NotebookCell? earlier)
    {
        if (earlier?.Id is { } kept)
            return kept;
        var used = notebook.Cells.Select(cell => cell.Id).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, used.Count + 1)
            .Select(number => number == 1 ? InjectedTag : $"{InjectedTag}-{number}")
            .First(id => !used.Contains(id));
    }
}
