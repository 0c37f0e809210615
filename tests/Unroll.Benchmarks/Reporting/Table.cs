using System.Text;

namespace Unroll.Benchmarks.Reporting;

/// <summary>A Markdown table that reads well as text, too.</summary>
internal sealed class Table(params string[] head)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        if (cells.Length != head.Length)
            throw new ArgumentException($"A row of {cells.Length} cells in a table of {head.Length} columns.");
        _rows.Add(cells);
    }

    public override string ToString()
    {
        var widths = head.Select((title, column) => _rows.Append(head).Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        Append(head);
        Append([.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ':')]);
        foreach (var row in _rows)
            Append(row);
        return text.ToString();

        void Append(string[] cells)
        {
            for (var column = 0; column < cells.Length; column++)
                text.Append("| ").Append(column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column])).Append(' ');
            text.Append("|\n");
        }
    }
}
