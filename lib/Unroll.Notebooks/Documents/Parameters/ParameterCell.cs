using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents.Parameters;

/// <summary>
/// The cell that gives parameters their values, where papermill puts it: in place of the one of an earlier run, else
/// after the cell tagged <c>parameters</c>. Where no cell is tagged, as in every .dib file, it stands after the cell that
/// declares the variables, else first.
/// </summary>
internal static class ParameterCell
{
    private const string Tag = "parameters";
    private const string InjectedTag = "injected-parameters";

    /// <summary>The notebook with the cell, and what a person should know about it.</summary>
    /// <exception cref="BadNotebookException">A value does not fit its variable, or would have no effect.</exception>
    public static (Notebook Notebook, IReadOnlyList<string> Notices) Inject(
        Notebook notebook, string shown, IReadOnlyList<RunParameter> parameters)
    {
        try
        {
            return Inject(notebook, parameters, shown);
        }
        catch (FormatException error)
        {
            throw new BadNotebookException($"{shown}: {error.Message}");
        }
    }

    private static (Notebook Notebook, IReadOnlyList<string> Notices) Inject(
        Notebook notebook, IReadOnlyList<RunParameter> parameters, string shown)
    {
        var code = notebook.CodeCells.Where(cell => cell.Language == CellLanguage.CSharp).ToList();
        var earlier = code.Find(cell => cell.HasTag(InjectedTag));
        var declarations = code.Where(cell => cell != earlier).ToDictionary(cell => cell, cell => Declarations.Of(cell.Source));
        var tagged = code.Find(cell => cell.HasTag(Tag));
        var defaults = tagged ?? Declaring(declarations, parameters);
        var place = (earlier ?? defaults)?.Number ?? 0;
        CheckEffect(declarations, parameters, after: earlier?.Number ?? place);

        var declared = defaults is null ? [] : declarations[defaults];
        var lines = parameters.Select(each => ParameterCode.Statement(each, declared.GetValueOrDefault(each.Name)));
        var source = string.Join('\n', ["// Parameters", .. lines]);
        var cells = (JsonArray)notebook.Root["cells"]!;
        if (earlier is not null)
            cells.RemoveAt(--place);
        var cell = CellJson.Code(FreeId(notebook, earlier), source, CellLanguage.CSharp, InjectedTag);
        if (!notebook.HasCellIds)
            cell.Remove("id");
        cells.Insert(place, cell);
        return (NotebookReader.FromJson(notebook.Root, notebook.Path, shown), Notices(tagged, defaults, declared, parameters));
    }

    /// <summary>The one cell that declares parameters; null where none does.</summary>
    private static NotebookCell? Declaring(
        Dictionary<NotebookCell, Dictionary<string, string?>> declarations, IReadOnlyList<RunParameter> parameters)
    {
        var firsts = parameters
            .Select(each => (each.Name, Cell: declarations.Keys.FirstOrDefault(cell => declarations[cell].ContainsKey(each.Name))))
            .Where(each => each.Cell is not null)
            .ToList();
        if (firsts.DistinctBy(each => each.Cell).Count() > 1)
        {
            var places = string.Join(" and ", firsts.Select(each => $"{each.Name} in cell {each.Cell!.Number}"));
            throw new FormatException($"--parameters: the notebook declares {places}: declare them in one cell");
        }

        return firsts.FirstOrDefault().Cell;
    }

    /// <summary>A later cell that declares the variable again would hide the value silently.</summary>
    private static void CheckEffect(
        Dictionary<NotebookCell, Dictionary<string, string?>> declarations, IReadOnlyList<RunParameter> parameters, int after)
    {
        foreach (var parameter in parameters)
        {
            if (declarations.Keys.FirstOrDefault(cell => cell.Number > after && declarations[cell].ContainsKey(parameter.Name)) is { } later)
            {
                throw new FormatException(
                    $"--parameters {parameter.Name} would have no effect: cell {later.Number} declares it anew; "
                    + $"declare it once, in the cell tagged {Tag}");
            }
        }
    }

    private static IReadOnlyList<string> Notices(
        NotebookCell? tagged, NotebookCell? defaults, Dictionary<string, string?> declared, IReadOnlyList<RunParameter> parameters)
    {
        if (defaults is null)
            return [$"no cell is tagged {Tag}, so the parameters stand first"];
        var which = tagged is null ? "" : $", tagged {Tag},";
        var unknown = parameters.Where(each => !declared.ContainsKey(each.Name))
            .Select(each => $"cell {defaults.Number}{which} does not declare {each.Name}");
        return tagged is null
            ? [$"no cell is tagged {Tag}, so the parameters stand after cell {defaults.Number}, which declares them", .. unknown]
            : [.. unknown];
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
