namespace Unroll.Notebooks.Programs;

/// <summary>The lines of a program, each with the number of the cell that it comes from.</summary>
internal sealed class ProgramText
{
    private readonly List<(int Cell, string Line)> _lines = [];
    private int _headLength;

    public void AddComment(int cell, string text) => Add(cell, text.Split('\n').Select(line => $"// {line}".TrimEnd()));

    public void AddCode(int cell, string code) => Add(cell, code.ReplaceLineEndings("\n").Split('\n'));

    /// <summary>The whole text.</summary>
    /// <param name="head">The lines before the cells.</param>
    /// <param name="tail">What follows them, with an empty line before each.</param>
    public string With(IReadOnlyList<string> head, IReadOnlyList<string> tail)
    {
        _headLength = head.Count;
        return string.Join('\n', [.. head, .. _lines.Select(line => line.Line), .. tail.SelectMany(part => new[] { "", part }), ""]);
    }

    /// <summary>The cell that a line of the text comes from; null for one of no cell.</summary>
    /// <param name="line">Its number, from 0.</param>
    public int? CellOf(int line) => line >= _headLength && line < _headLength + _lines.Count ? _lines[line - _headLength].Cell : null;

    private void Add(int cell, IEnumerable<string> lines)
    {
        _lines.Add((cell, ""));
        _lines.AddRange(lines.Select(line => (cell, line)));
    }
}
