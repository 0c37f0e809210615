using System.Globalization;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Reports;

/// <summary>Puts results into words, the same for a terminal, a log and a test report.</summary>
internal static class NotebookText
{
    private const int EdgeLines = 5;

    /// <summary><c>cell 7 of 20 (In [3], id 3f2a)</c>.</summary>
    public static string Name(NotebookResult notebook, CellResult cell)
    {
        var marks = new List<string>();
        if (cell.ExecutionCount is { } count)
            marks.Add($"In [{count}]");
        if (cell.Cell.Id is { } id)
            marks.Add($"id {id}");
        var name = $"cell {cell.Cell.Number} of {notebook.Notebook.Cells.Count}";
        return marks.Count == 0 ? name : $"{name} ({string.Join(", ", marks)})";
    }

    /// <summary>The full report of a cell that failed or differs.</summary>
    public static IEnumerable<string> Failure(NotebookResult notebook, CellResult cell)
    {
        var place = cell.Failure is { Line: { } line } failure
            ? $", line {line}{(failure.Column is { } column ? $", column {column}" : "")}"
            : "";
        yield return $"{notebook.Shown}: {Name(notebook, cell)}{place}";
        if (cell.Failure is { } error)
        {
            yield return $"  {error.Name}: {error.Value}";
            foreach (var source in Source(cell.Cell, error.Line))
                yield return $"  {source}";
            foreach (var frame in error.Traceback.Skip(1))
                yield return $"  {frame}";
        }

        foreach (var difference in cell.Differences)
            yield return $"  {difference}";
    }

    /// <summary>
    /// The source between rules, the failing line marked; of a long cell the ends and what is around the line.
    /// </summary>
    private static IEnumerable<string> Source(NotebookCell cell, int? failing)
    {
        var lines = cell.Source.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        var width = lines.Length.ToString(CultureInfo.InvariantCulture).Length;
        yield return new string('-', 60);
        var hidden = false;
        for (var number = 1; number <= lines.Length; number++)
        {
            var isEdge = number <= EdgeLines || number > lines.Length - EdgeLines;
            var isNear = failing is { } line && Math.Abs(number - line) <= 2;
            var mark = number == failing ? '>' : ' ';
            if (isEdge || isNear)
                yield return $"{mark} {number.ToString(CultureInfo.InvariantCulture).PadLeft(width)}  {lines[number - 1]}";
            else if (!hidden)
                yield return "  ...";
            hidden = !isEdge && !isNear;
        }

        yield return new string('-', 60);
    }
}
